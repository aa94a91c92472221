# Tests in a real pseudo-terminal, and terminal_drive, which other scripts use. Sources one file a line.
terminal_sources = \
	tests/terminal/main.c \
	tests/terminal/pty.c \
	tests/terminal/test_signals.c \
	tests/terminal/test_terminal.c

terminal_data = \
	tests/terminal/described.h \
	tests/terminal/keys.meeting \
	tests/terminal/pty.h \
	tests/terminal/steps.def

terminal_scripts = \
	tests/terminal/keys.test \
	tests/terminal/live.test \
	tests/terminal/planned.test \
	tests/terminal/readonly.test \
	tests/terminal/review.test \
	tests/terminal/tracker.test \
	tests/terminal/typed.test

if HAVE_VTERM
check_PROGRAMS += terminal_sample terminal_drive terminal_keys
if HAVE_CHECK
check_PROGRAMS += check_terminal
TESTS += check_terminal
endif
TESTS += $(terminal_scripts)
endif

terminal_sample_SOURCES = tests/terminal/sample.c tui/term.c tui/input.c
terminal_sample_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
terminal_sample_LDADD = $(all_libs) $(CURSES_LIBS)
terminal_drive_SOURCES = tests/terminal/drive.c tests/terminal/pty.c
terminal_drive_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
terminal_drive_LDADD = libtui.a libcore.a $(core_libs) $(VTERM_LIBS)
terminal_keys_SOURCES = tests/terminal/keys.c tests/terminal/described.c tests/terminal/pty.c
terminal_keys_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS) $(CURSES_CFLAGS)
terminal_keys_LDADD = libtui.a libcore.a $(core_libs) $(VTERM_LIBS) $(CURSES_LIBS)
check_terminal_SOURCES = $(terminal_sources)
check_terminal_CPPFLAGS = $(test_cppflags) $(VTERM_CFLAGS)
check_terminal_LDADD = libtui.a libcore.a $(core_libs) $(VTERM_LIBS) $(CHECK_LIBS)
EXTRA_DIST += $(terminal_data) $(terminal_scripts)
CLEANFILES += sample.draft
