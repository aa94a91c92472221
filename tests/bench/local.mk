# `make bench`: figures beside their floors; see tests/bench/bench.sh.
bench_programs = bench_hello bench_echo bench_insert bench_query bench_archive bench_writer bench_driver
EXTRA_PROGRAMS += $(bench_programs)
CLEANFILES += $(bench_programs)
bench_cppflags = -D_GNU_SOURCE -I$(srcdir)
bench_hello_SOURCES = tests/bench/hello.c
bench_hello_CPPFLAGS = $(bench_cppflags) $(CURSES_CFLAGS)
bench_hello_LDADD = $(CURSES_LIBS)
bench_echo_SOURCES = tests/bench/echo.c
bench_echo_CPPFLAGS = $(bench_cppflags) $(CURSES_CFLAGS) $(SQLITE_CFLAGS) -D_XOPEN_SOURCE_EXTENDED
bench_echo_LDADD = $(CURSES_LIBS) $(SQLITE_LIBS)
bench_insert_SOURCES = tests/bench/insert.c
bench_insert_CPPFLAGS = $(bench_cppflags) $(SQLITE_CFLAGS)
bench_insert_LDADD = $(SQLITE_LIBS)
bench_query_SOURCES = tests/bench/query.c
bench_query_CPPFLAGS = $(bench_cppflags) $(SQLITE_CFLAGS)
bench_query_LDADD = $(SQLITE_LIBS)
bench_archive_SOURCES = tests/bench/archive.c
bench_archive_CPPFLAGS = $(bench_cppflags)
bench_archive_LDADD = libdata.a libcore.a $(SQLITE_LIBS) $(core_libs)
bench_writer_SOURCES = tests/bench/writer.c
bench_writer_CPPFLAGS = $(bench_cppflags) $(SQLITE_CFLAGS)
bench_writer_LDADD = libdata.a libcore.a $(SQLITE_LIBS) $(core_libs)
bench_driver_SOURCES = tests/bench/bench.c tests/bench/measure.c tests/bench/tracker.c tests/bench/typing.c tests/bench/writers.c tests/bench/bench.h tests/bench/bare.h
bench_driver_CPPFLAGS = $(bench_cppflags)
EXTRA_DIST += tests/bench/bench.sh

bench: evenhand $(bench_programs)
	srcdir='$(srcdir)' EVENHAND_TABLES='$(abs_srcdir)/data/share' $(SHELL) $(srcdir)/tests/bench/bench.sh

clean-local:
	rm -rf bench-data bench-import-* bench-enter-* bench-bare-*
