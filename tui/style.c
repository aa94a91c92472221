#include "tui/surface.h"

const struct style_info style_table[] = {
#define STYLE(id, letter, mono, colour, contrast, help) [STYLE_##id] = {letter, mono, contrast, colour, help},
#include "tui/style.def"
#undef STYLE
};

_Static_assert(sizeof style_table / sizeof style_table[0] == STYLE_COUNT, "one row a style");
