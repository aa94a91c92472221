/* Sign-off: what stands ready beside a person's next letter (part, date, their words) outlives Esc, another person's turn and a killed program. */
#include "tui/v_sign.h"

#include <stdlib.h>
#include <string.h>

#define PREFIX "sign:"

void sign_place(struct buf *out, const struct attendee *person)
{
    char id[UUID_TEXT];
    uuid_text(person->id, id);
    buf_addf(out, PREFIX "%s", id);
}

/* "part\ndate\nwords"; "" when nothing stands ready. */
static void put_ready(const struct sign_state *st, struct buf *out)
{
    if (st->scope.n == 0 && st->words.n == 0 && st->on == DAY_NONE)
        return;
    buf_addf(out, "%s\n", buf_str(&st->scope));
    if (st->on != DAY_NONE)
        civil_put_day(out, st->on);
    buf_addf(out, "\n%s", buf_str(&st->words));
}

void sign_draft_save(struct view *view)
{
    struct sign_state *st = view->state;
    struct buf place = {0}, text = {0};
    if (st->at >= st->npeople || view->app->read_only)
        return;
    sign_place(&place, st->people[st->at]);
    put_ready(st, &text);
    /* What cannot be kept is still on the screen; the next letter will say what is wrong with the disk. */
    if (strcmp(buf_str(&text), buf_str(&st->kept)) != 0 && store_draft_save_at(view->app->store, st->meeting, buf_str(&place), buf_str(&text), 0, NULL) == EVH_OK) {
        buf_clear(&st->kept);
        buf_adds(&st->kept, buf_str(&text));
    }
    buf_free(&place);
    buf_free(&text);
}

void sign_draft_load(struct view *view)
{
    struct sign_state *st = view->state;
    struct arena *arena = arena_new();
    struct draft draft = {0};
    struct buf place = {0};
    buf_clear(&st->scope);
    buf_clear(&st->words);
    buf_clear(&st->kept);
    st->on = DAY_NONE;
    if (st->at < st->npeople) {
        sign_place(&place, st->people[st->at]);
        if (store_draft_load_at(view->app->store, arena, st->meeting, buf_str(&place), &draft, NULL) != EVH_OK)
            draft.text = NULL;
    }
    const char *date = draft.text == NULL ? NULL : strchr(draft.text, '\n');
    const char *words = date == NULL ? NULL : strchr(date + 1, '\n');
    if (words != NULL) {
        buf_add(&st->scope, draft.text, (size_t)(date - draft.text));
        if (!civil_read_day(date + 1, (size_t)(words - date - 1), &st->on))
            st->on = DAY_NONE;
        buf_adds(&st->words, words + 1);
        buf_adds(&st->kept, draft.text);
    }
    buf_free(&place);
    arena_free(arena);
}

int sign_draft_find(struct view *view)
{
    struct sign_state *st = view->state;
    struct arena *arena = arena_new();
    const char *place = NULL;
    struct uuid id;
    int question = -1;
    if (store_draft_place(view->app->store, arena, st->meeting, PREFIX, &place, NULL) != EVH_OK)
        place = NULL;
    const char *words = place == NULL ? "" : place + strlen(PREFIX);
    if (strlen(words) >= UUID_TEXT - 1 && uuid_read(words, UUID_TEXT - 1, &id)) {
        for (size_t i = 0; i < st->npeople; i++)
            if (uuid_same(st->people[i]->id, id)) {
                st->at = i;
                question = words[UUID_TEXT - 1] == ':' ? (int)strtol(words + UUID_TEXT, NULL, 10) : -1;
            }
    }
    arena_free(arena);
    return question;
}
