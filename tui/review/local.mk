# Sources of tui/review/: one file a line. The views are in libtui.a, so that the screen tests can show them; nothing of evenhand calls them.
review_views = \
	tui/review/mine.c \
	tui/review/say.c \
	tui/review/v_mine.c \
	tui/review/v_mine_action.c

# Only in evenhand-review, with tui/term.c and tui/input.c.
review_program = \
	tui/review/arrival.c \
	tui/review/guard.c \
	tui/review/main.c \
	tui/review/plain.c \
	tui/review/plain_read.c

review_headers = \
	tui/review/arrival.h \
	tui/review/guard.def \
	tui/review/guard.h \
	tui/review/mine.h \
	tui/review/option.def \
	tui/review/plain.h \
	tui/review/review.h
