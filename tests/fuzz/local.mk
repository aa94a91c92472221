# Fuzz targets. Without --enable-fuzzing they replay their corpora in `make check`; with it (clang) they are libFuzzer programs:
# `make fuzz FUZZ_SECONDS=30`. tests/fuzz/run.test does both.
fuzz_targets = fuzz_text fuzz_phrase fuzz_read fuzz_notation fuzz_payload fuzz_forms fuzz_key fuzz_keys
if FUZZING
fuzz_main =
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
else
fuzz_main = tests/fuzz/replay.c
fuzz_ldflags = $(AM_LDFLAGS)
TESTS += tests/fuzz/replay.test
endif
check_PROGRAMS += $(fuzz_targets)
fuzz_text_SOURCES = tests/fuzz/fuzz_text.c $(fuzz_main)
fuzz_text_LDFLAGS = $(fuzz_ldflags)
fuzz_text_LDADD = libcore.a $(core_libs)
fuzz_phrase_SOURCES = tests/fuzz/fuzz_phrase.c $(fuzz_main)
fuzz_phrase_LDFLAGS = $(fuzz_ldflags)
fuzz_phrase_LDADD = libcore.a $(core_libs)
fuzz_notation_SOURCES = tests/fuzz/fuzz_notation.c $(fuzz_main)
fuzz_notation_LDFLAGS = $(fuzz_ldflags)
fuzz_notation_LDADD = libcore.a $(core_libs)
fuzz_read_SOURCES = tests/fuzz/fuzz_read.c $(fuzz_main)
fuzz_read_LDFLAGS = $(fuzz_ldflags)
fuzz_read_LDADD = libcore.a $(core_libs)
fuzz_payload_SOURCES = tests/fuzz/fuzz_payload.c $(fuzz_main)
fuzz_payload_LDFLAGS = $(fuzz_ldflags)
fuzz_payload_LDADD = libcore.a $(core_libs)
fuzz_forms_SOURCES = tests/fuzz/fuzz_forms.c $(fuzz_main)
fuzz_forms_LDFLAGS = $(fuzz_ldflags)
fuzz_forms_LDADD = libcore.a $(core_libs)
fuzz_key_SOURCES = tests/fuzz/fuzz_key.c $(fuzz_main)
fuzz_key_LDFLAGS = $(fuzz_ldflags)
fuzz_key_LDADD = libdata.a libcore.a $(SQLITE_LIBS) $(core_libs)
fuzz_keys_SOURCES = tests/fuzz/fuzz_keys.c $(fuzz_main)
fuzz_keys_LDFLAGS = $(fuzz_ldflags)
fuzz_keys_LDADD = libtui.a libcore.a $(core_libs)

EXTRA_DIST += tests/fuzz/replay.c tests/fuzz/replay.test tests/fuzz/corpus

FUZZ_SECONDS = 60
FUZZ_RUNS = -1
fuzz: $(fuzz_targets)
	for t in $(fuzz_targets); do \
	  $(MKDIR_P) fuzz-out/$$t && \
	  ./$$t -max_total_time=$(FUZZ_SECONDS) -runs=$(FUZZ_RUNS) -max_len=512 -print_final_stats=1 \
	    fuzz-out/$$t $(srcdir)/tests/fuzz/corpus/$${t#fuzz_} || exit 1; \
	done
