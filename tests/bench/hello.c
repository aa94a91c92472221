/* Floor for the start: the least that an ncurses program can do to fill a screen and wait. */
#include <curses.h>
#include <locale.h>

int main(void)
{
    setlocale(LC_CTYPE, "");
    if (initscr() == NULL)
        return 1;
    raw();
    noecho();
    keypad(stdscr, TRUE);
    for (int y = 0; y < LINES - 1; y++)
        mvaddstr(y, 0, "hello, world: a line of text on every row of the screen");
    refresh();
    getch();
    endwin();
    return 0;
}
