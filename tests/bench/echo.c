/* Floor for typing: an ncurses program that shows each key where the cursor is, and nothing else. Ctrl-D ends it.
 * echo [DATABASE]: Enter first puts one row into the database, durably. */
#include "tests/bench/bare.h"

#include <curses.h>
#include <locale.h>
#include <wchar.h>

int main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    unsigned jitter = 1;
    setlocale(LC_CTYPE, "");
    if ((argc > 1 && (stmt = bare_open(argv[1], &db, &jitter)) == NULL) || initscr() == NULL)
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
            if (stmt != NULL && bare_write(db, stmt) != SQLITE_OK)
                break;
            move(LINES - 4, 1);
            clrtoeol();
        } else {
            wchar_t text[2] = {(wchar_t)key, 0};
            addwstr(text);
        }
        refresh();
    }
    endwin();
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return 0;
}
