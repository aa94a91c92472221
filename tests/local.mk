# Every kind of test; see HACKING.md, "Tests".
include tests/unit/local.mk
include tests/store/local.mk
include tests/screen/local.mk

AM_TESTS_ENVIRONMENT = \
	srcdir='$(srcdir)'; export srcdir; \
	EVENHAND_PROGRAM='$(abs_builddir)/evenhand'; export EVENHAND_PROGRAM; \
	EVENHAND_TABLES='$(abs_srcdir)/data/share'; export EVENHAND_TABLES; \
	CK_DEFAULT_TIMEOUT=120; export CK_DEFAULT_TIMEOUT; \
	ASAN_OPTIONS=detect_leaks=1:abort_on_error=1; export ASAN_OPTIONS; \
	UBSAN_OPTIONS=print_stacktrace=1; export UBSAN_OPTIONS;
TEST_EXTENSIONS = .test
TEST_LOG_COMPILER = $(SHELL)

test_cppflags = $(AM_CPPFLAGS) $(CHECK_CFLAGS) $(SQLITE_CFLAGS) -DSRCDIR='"$(abs_srcdir)"' -DTABLES_DIR='"$(abs_srcdir)/data/share"'

if HAVE_CHECK
check_PROGRAMS += check_unit check_store check_screen
TESTS += check_unit check_store check_screen
endif

# Units see core alone: a rule that needs SQLite or a screen does not link.
check_unit_SOURCES = $(unit_sources)
check_unit_CPPFLAGS = $(test_cppflags)
check_unit_LDADD = libcore.a $(core_libs) $(CHECK_LIBS)
check_store_SOURCES = $(store_sources)
check_store_CPPFLAGS = $(test_cppflags)
check_store_LDADD = libdata.a libcore.a $(SQLITE_LIBS) $(core_libs) $(CHECK_LIBS)
check_screen_SOURCES = $(screen_sources)
check_screen_CPPFLAGS = $(test_cppflags)
check_screen_LDADD = $(all_libs) $(CHECK_LIBS)

EXTRA_DIST += $(unit_data) $(store_data) $(screen_data)

include tests/house/local.mk
include tests/command/local.mk
include tests/terminal/local.mk
include tests/crash/local.mk
include tests/ssh/local.mk
include tests/fuzz/local.mk
include tests/bench/local.mk

# Units and store under valgrind (not curses, which keeps its memory): any error or loss fails.
.PHONY: valgrind
valgrind: check_unit check_store
	for t in check_unit check_store; do \
	  $(AM_TESTS_ENVIRONMENT) CK_DEFAULT_TIMEOUT=600  \
	  valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite,possible --error-exitcode=9 \
	    --suppressions=$(srcdir)/tests/store/valgrind.supp ./$$t || exit 1; \
	done
