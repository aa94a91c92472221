/* Words in which children are not named: for who may see an action, and not whose child it is about. */
#ifndef CORE_MASK_H
#define CORE_MASK_H

#include "core/arena.h"

struct mask;

struct mask *mask_new(struct arena *arena);

/* What stands in the place of a child's names: the local reference (NULL or "": there is none), else the initials of the full name, "T.O.". Arena. */
const char *mask_label(struct arena *arena, const char *full_name, const char *ref);

/* A name that a child is called by, as a whole and in its parts: single names of three letters or more (of two in scripts without capitals). Strings are copied. */
void mask_child(struct mask *mask, const char *name, const char *label);
/* Somebody else's name, which stays as it is; a part of it that is not what a child is called first is left alone everywhere ("Mrs Okafor"). */
void mask_other(struct mask *mask, const char *name);

/* The text with whole words replaced, whatever their case and accents (names that are English words as well, core/ordinary.def: only where they begin with
 * a capital); NULL stays NULL. Arena. */
const char *mask_text(const struct mask *mask, struct arena *arena, const char *text);

#endif
