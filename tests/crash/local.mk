# The program killed at random moments, and several of it on one database. `make check` does a few; `make torture` does many, for as long as it takes:
#   make torture TORTURE_KILLS=2000 TORTURE_SEED=7 TORTURE_SECONDS=600
crash_common = \
	tests/crash/outside.c \
	tests/crash/typist.c \
	tests/terminal/pty.c

crash_data = \
	tests/crash/outside.h \
	tests/crash/typist.h

crash_scripts = \
	tests/crash/kill.test \
	tests/crash/two.test

TORTURE_KILLS = 500
TORTURE_LINES = 300
TORTURE_SECONDS = 300
TORTURE_SEED = `date +%s`

if HAVE_VTERM
check_PROGRAMS += crash_kill crash_two
TESTS += $(crash_scripts)

# Fuzzing only where the targets were built for it.
torture: crash_kill crash_two evenhand$(EXEEXT)
	seed=$(TORTURE_SEED); echo "seed $$seed" && \
	$(AM_TESTS_ENVIRONMENT) CRASH_SEED=$$seed; export CRASH_SEED; \
	CRASH_KILLS=$(TORTURE_KILLS) $(SHELL) $(srcdir)/tests/crash/kill.test && \
	CRASH_LINES=$(TORTURE_LINES) $(SHELL) $(srcdir)/tests/crash/two.test
if FUZZING
	$(MAKE) $(AM_MAKEFLAGS) fuzz FUZZ_SECONDS=$(TORTURE_SECONDS)
endif
else
torture:
	@echo "libvterm is missing: nothing can be typed, so nothing is killed"; exit 1
endif

crash_cppflags = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
crash_ldadd = libtui.a libcore.a $(core_libs) $(VTERM_LIBS)
crash_kill_SOURCES = tests/crash/kill.c $(crash_common)
crash_kill_CPPFLAGS = $(crash_cppflags)
crash_kill_LDADD = $(crash_ldadd)
crash_two_SOURCES = tests/crash/two.c $(crash_common)
crash_two_CPPFLAGS = $(crash_cppflags)
crash_two_LDADD = $(crash_ldadd)
EXTRA_DIST += $(crash_data) $(crash_scripts)
