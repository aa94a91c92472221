/* Text as people write it: bytes, code points, grapheme clusters and columns are
 * four things. Segmented by utf8proc, measured by wcwidth (design.md, "text"). */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include "core/arena.h"
#include "core/buf.h"

/* What text_clean() did, so that an importer can say it in one warning. */
struct text_changes {
    size_t replaced; /* NUL, invalid UTF-8, control characters -> U+FFFD each */
    size_t dropped;  /* bidi overrides and isolates, tags, U+FEFF, private use,
                        U+2028/2029 (become a blank), marks past the 8th of a base */
};

/* Cleans hostile text at an entrance (keys, paste, import, arguments, configuration):
 * valid UTF-8, NFC, one line (tab, LF and CR become one blank each). U+200E, U+200F and U+061C stay. Appends to
 * `out`; `changes` may be NULL (counts are added to). design.md, "Hostile text". */
void text_clean(struct buf *out, const char *s, size_t n, struct text_changes *changes);

/* The same into an arena. */
char *text_clean_dup(struct arena *arena, const char *s, size_t n);

/* True when text_clean() would leave it as it is. */
bool text_is_clean(const char *s, size_t n);

/* Shows stored text: whatever could drive a terminal or reorder a line becomes a visible
 * "<U+001B>"; all else is appended as it is. To be used before every cell, every line
 * on stdout or stderr, every message. text_show_dup is the same into an arena. */
void text_show(struct buf *out, const char *s);
char *text_show_dup(struct arena *arena, const char *s);

/* True of printable ASCII and nothing else: a byte is a character and a column, and text_show() leaves it as it is. */
bool text_plain(const char *s, size_t n);

/* One grapheme cluster: where the one that begins at `at` ends / the one that ends at
 * `at` begins. At the ends of the text they return `n` and 0. */
size_t text_next(const char *s, size_t n, size_t at);
size_t text_prev(const char *s, size_t n, size_t at);

/* Word borders for Alt-B/Alt-F/Ctrl-W: next end of a word, begin of the word before. */
size_t text_word_end(const char *s, size_t n, size_t at);
size_t text_word_start(const char *s, size_t n, size_t at);

/* Reads one code point at *at, moves *at past it; -1 for an invalid byte (moves 1). */
int32_t text_code(const char *s, size_t n, size_t *at);
/* Appends one code point as UTF-8. */
void text_put(struct buf *out, int32_t code);

/* Columns of a code point (-1 from wcwidth counts as 1: it is drawn as U+FFFD) and of a text. */
int text_code_width(int32_t code);
size_t text_width(const char *s, size_t n);
/* Bytes of the longest prefix of whole clusters that fits into `columns`. */
size_t text_fit(const char *s, size_t n, size_t columns);

/* Where to break a line that may have `columns`: bytes that go on this line, and in *next
 * where the next line begins (blanks at the break are skipped; a word that is too long
 * is broken between clusters; always makes progress). */
size_t text_break(const char *s, size_t n, size_t columns, size_t *next);

/* Appends `s` wrapped at `columns`, every line after the first begun with `indent` blanks
 * (the first is at column `used` already). No final newline. */
void text_wrap(struct buf *out, const char *s, size_t columns, size_t indent, size_t used);

/* Folds for comparing names and searching without case: lower case, no accents,
 * ø ł đ æ ß as o l d ae ss, ’ as ' (notation.md, "Names"). */
void text_fold(struct buf *out, const char *s, size_t n);
char *text_fold_dup(struct arena *arena, const char *s, size_t n);

/* ASCII helpers that do not ask the locale. */
bool text_blank(char c);
bool text_same_word(const char *s, size_t n, const char *word); /* without case, ASCII */
bool text_starts(const char *s, const char *prefix);
/* Trims blanks at both ends: moves *s, shortens *n. */
void text_trim(const char **s, size_t *n);

#endif
