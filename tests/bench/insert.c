/* Floor for an import: as many rows of the same size in one transaction, synchronous FULL, journal TRUNCATE.
 * insert DATABASE ROWS BYTES */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    long rows = strtol(argv[2], NULL, 10);
    long bytes = strtol(argv[3], NULL, 10);
    sqlite3 *db;
    if (sqlite3_open(argv[1], &db) != SQLITE_OK)
        return 1;
    sqlite3_exec(db, "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; CREATE TABLE event(id TEXT PRIMARY KEY, payload TEXT) STRICT", NULL, NULL, NULL);
    char *text = malloc((size_t)bytes + 1);
    if (text == NULL)
        return 1;
    memset(text, 'x', (size_t)bytes);
    text[bytes] = '\0';
    sqlite3_stmt *stmt;
    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (sqlite3_prepare_v2(db, "INSERT INTO event VALUES (hex(randomblob(16)), ?)", -1, &stmt, NULL) != SQLITE_OK)
        return 1;
    for (long i = 0; i < rows; i++) {
        sqlite3_bind_text(stmt, 1, text, (int)bytes, SQLITE_STATIC);
        sqlite3_step(stmt);
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    int rc = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    sqlite3_close(db);
    free(text);
    return rc == SQLITE_OK ? 0 : 1;
}
