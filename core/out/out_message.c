/* A letter as a message in a file (RFC 5322, 2045, 2047): a mail program opens it as a draft, puts in sender and address, and sends it or not. */
#include "core/out/out.h"
#include "core/text.h"

#include <string.h>

enum { LINE = 76, WORD_BYTES = 42 }; /* bytes of an encoded word before base64: 56 characters, and 12 for its brackets */

static void put_base64(struct buf *out, const char *s, size_t n)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)(unsigned char)s[i] << 16;
        v |= i + 1 < n ? (unsigned)(unsigned char)s[i + 1] << 8 : 0;
        v |= i + 2 < n ? (unsigned char)s[i + 2] : 0;
        buf_addc(out, letters[v >> 18]);
        buf_addc(out, letters[v >> 12 & 63]);
        buf_addc(out, i + 1 < n ? letters[v >> 6 & 63] : '=');
        buf_addc(out, i + 2 < n ? letters[v & 63] : '=');
    }
}

static bool quotable(const char *s)
{
    size_t n = 0;
    for (; s[n] != '\0'; n++)
        if (s[n] < 0x20 || s[n] > 0x7e)
            return false;
    return n < 60 && strstr(s, "=?") == NULL;
}

/* A name before an address: a quoted string, or encoded words, each on a line of its own and none within a character (RFC 2047, 2 and 5). */
static void put_phrase(struct buf *out, const char *s)
{
    size_t n = strlen(s);
    if (quotable(s)) {
        buf_addc(out, '"');
        for (; *s != '\0'; s++) {
            if (*s == '"' || *s == '\\')
                buf_addc(out, '\\');
            buf_addc(out, *s);
        }
        buf_addc(out, '"');
        return;
    }
    for (size_t at = 0; at < n;) {
        size_t end = at + WORD_BYTES < n ? at + WORD_BYTES : n;
        while (end < n && end > at + 1 && ((unsigned char)s[end] & 0xc0) == 0x80)
            end--;
        buf_adds(out, at == 0 ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
        put_base64(out, s + at, end - at);
        buf_adds(out, "?=");
        at = end;
    }
    buf_addc(out, ' '); /* what follows must not touch it (RFC 2047, 5) */
}

/* One line as quoted-printable (RFC 2045, 6.7). Also encoded: blanks at its end, and beginnings that mail programs take for something else. */
static void put_quoted(struct buf *out, const char *s, size_t n)
{
    size_t used = 0;
    bool begins = (n > 4 && memcmp(s, "From ", 5) == 0) || (n > 0 && s[0] == '.');
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        bool coded = c < 0x20 || c > 0x7e || c == '=' || (c == ' ' && i + 1 == n) || (i == 0 && begins);
        size_t wants = coded ? 3 : 1;
        if (used + wants > LINE - 1) {
            buf_adds(out, "=\r\n");
            used = 0;
        }
        if (coded)
            buf_addf(out, "=%02X", (unsigned)c);
        else
            buf_addc(out, s[i]);
        used += wants;
    }
    buf_adds(out, "\r\n");
}

static void put_date(struct buf *out, int64_t utc_ms)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t seconds = utc_ms / 1000, rest = seconds % 86400;
    int32_t day = (int32_t)(seconds / 86400);
    struct civil c = civil_from_day(day);
    buf_addf(out, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n", days[civil_weekday(day)], c.day, months[c.month - 1], c.year, (int)(rest / 3600),
             (int)(rest / 60 % 60), (int)(rest % 60));
}

void out_letter_message(struct buf *out, const struct letter *letter, struct uuid id)
{
    char text[UUID_TEXT];
    struct buf body = {0}, owner = {0};
    uuid_text(id, text);
    text_show(&owner, letter->owner);
    put_date(out, letter->now.utc_ms);
    /* Nobody's address is known: groups without members (RFC 6854 allows one as the sender). */
    buf_adds(out, "From: \"Whoever keeps the record\":;\r\nTo: ");
    put_phrase(out, buf_str(&owner));
    struct arena *arena = arena_new();
    buf_addf(out, ":;\r\nSubject: %s", letter_subject(arena, letter));
    arena_free(arena);
    buf_addf(out, "\r\nMessage-ID: <%s@evenhand.invalid>\r\nX-Unsent: 1\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                  "Content-Transfer-Encoding: quoted-printable\r\nContent-Language: en-GB\r\n\r\n", text);
    out_letter(&body, letter);
    const char *s = buf_str(&body);
    s = strstr(s, "\n\n") == NULL ? s : strstr(s, "\n\n") + 2; /* its head is the message's */
    for (; *s != '\0'; s += strcspn(s, "\n") + 1)
        put_quoted(out, s, strcspn(s, "\n"));
    buf_free(&body);
    buf_free(&owner);
}
