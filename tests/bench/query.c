/* Floor for `actions`: the query of the tracker run by a bare program that prints its rows.
 * query DATABASE SQL TODAY: binds TODAY to ?1 where the query has a parameter. */
#include <sqlite3.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    sqlite3 *db;
    sqlite3_stmt *stmt;
    if (sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        return 1;
    if (sqlite3_prepare_v2(db, argv[2], -1, &stmt, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(db));
        return 1;
    }
    for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); i++)
        sqlite3_bind_text(stmt, i, argv[3], -1, SQLITE_STATIC);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const unsigned char *text = sqlite3_column_text(stmt, i);
            fputs(text == NULL ? "" : (const char *)text, stdout);
            putchar(i + 1 < sqlite3_column_count(stmt) ? '\t' : '\n');
        }
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return 0;
}
