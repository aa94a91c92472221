/* Floor for typing: an ncurses program that shows each key where the cursor is, and nothing else. Ctrl-D ends it. */
#include <curses.h>
#include <locale.h>
#include <wchar.h>

int main(void)
{
    setlocale(LC_CTYPE, "");
    if (initscr() == NULL)
        return 1;
    raw();
    noecho();
    keypad(stdscr, TRUE);
    mvaddstr(0, 0, "ready");
    move(LINES - 4, 1);
    refresh();
    for (;;) {
        wint_t key;
        if (get_wch(&key) == ERR || key == 4)
            break;
        if (key == '\r' || key == '\n') {
            move(LINES - 4, 1);
            clrtoeol();
        } else {
            wchar_t text[2] = {(wchar_t)key, 0};
            addwstr(text);
        }
        refresh();
    }
    endwin();
    return 0;
}
