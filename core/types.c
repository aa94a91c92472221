#include "core/types.h"

#include "core/text.h"

bool types_same(const char *s, size_t n, const char *word)
{
    size_t i = 0;
    for (;;) {
        while (i < n && (text_blank(s[i]) || s[i] == '-'))
            i++;
        while (text_blank(*word) || *word == '-')
            word++;
        if (i == n || *word == '\0')
            return i == n && *word == '\0';
        if (!text_same_word(s + i, 1, (char[]){*word, '\0'}))
            return false;
        i++;
        word++;
    }
}

const struct meeting_type *types_find(const struct types *types, const char *word, size_t n)
{
    if (n == 0)
        return NULL;
    for (size_t i = 0; types != NULL && i < types->n; i++) {
        const struct meeting_type *type = &types->v[i];
        if (types_same(word, n, type->name))
            return type;
        for (size_t j = 0; j < type->aliases.n; j++)
            if (types_same(word, n, type->aliases.v[j]))
                return type;
    }
    return NULL;
}
