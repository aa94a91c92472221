# The program killed at random moments, and several of it on one database; the store alone with power cuts, failing disks and no memory. `make check`
# does a few of each; `make torture` does many, for as long as it takes:
#   make torture TORTURE_KILLS=2000 TORTURE_SEED=7 TORTURE_SECONDS=600 TORTURE_CUTS=20000 TORTURE_STRIDE=1
crash_common = \
	tests/crash/chance.c \
	tests/crash/outside.c \
	tests/crash/typist.c \
	tests/terminal/pty.c

crash_data = \
	tests/crash/chance.h \
	tests/crash/outside.h \
	tests/crash/typist.h

crash_scripts = \
	tests/crash/kill.test \
	tests/crash/many.test \
	tests/crash/soak.test \
	tests/crash/storm.test \
	tests/crash/two.test

# What the store does with a disk: no terminal is needed.
disk_common = \
	tests/crash/chance.c \
	tests/crash/disk.c \
	tests/crash/image.c \
	tests/crash/play.c \
	tests/crash/state.c \
	tests/crash/vfs_calls.c \
	tests/crash/vfs_shim.c

disk_data = \
	tests/crash/disk.h \
	tests/crash/play.h \
	tests/crash/state.h \
	tests/crash/sweep.h \
	tests/crash/vfs_fault.h \
	tests/crash/vfs_record.h \
	tests/crash/vfs_shim.h

disk_scripts = \
	tests/crash/faults.test \
	tests/crash/memory.test \
	tests/crash/power.test

# The linker sends what our own code asks of the system through the shim.
disk_wrap = -Wl,--wrap=open,--wrap=close,--wrap=fsync,--wrap=mkdir,--wrap=rename,--wrap=link,--wrap=unlink,--wrap=fchmod,--wrap=write
disk_cppflags = $(AM_CPPFLAGS) $(SQLITE_CFLAGS)
disk_ldflags = $(AM_LDFLAGS) $(disk_wrap)
disk_ldadd = libdata.a libcore.a $(SQLITE_LIBS) $(core_libs)

check_PROGRAMS += crash_power crash_faults crash_memory
TESTS += $(disk_scripts)
crash_power_SOURCES = tests/crash/power.c tests/crash/vfs_record.c $(disk_common)
crash_power_CPPFLAGS = $(disk_cppflags)
crash_power_LDFLAGS = $(disk_ldflags)
crash_power_LDADD = $(disk_ldadd)
crash_faults_SOURCES = tests/crash/faults.c tests/crash/sweep.c tests/crash/vfs_fault.c $(disk_common)
crash_faults_CPPFLAGS = $(disk_cppflags)
crash_faults_LDFLAGS = $(disk_ldflags)
crash_faults_LDADD = $(disk_ldadd)
crash_memory_SOURCES = tests/crash/memory.c tests/crash/sweep.c $(disk_common)
crash_memory_CPPFLAGS = $(disk_cppflags)
crash_memory_LDFLAGS = $(disk_ldflags)
crash_memory_LDADD = $(disk_ldadd)
$(crash_power_OBJECTS) $(crash_faults_OBJECTS) $(crash_memory_OBJECTS): $(data_sql:.sql=.h)
EXTRA_DIST += $(disk_data) $(disk_scripts)

# 20,000 cuts take about five minutes. A stride of 1 takes every call that can fail and every request for memory: about three minutes and half an hour.
TORTURE_CUTS = 20000
TORTURE_STRIDE = 1
TORTURE_MEMORY_STRIDE = 7

.PHONY: torture_disk
torture_disk: crash_power crash_faults crash_memory
	seed=$(TORTURE_SEED); echo "seed $$seed" && \
	$(AM_TESTS_ENVIRONMENT) CRASH_SEED=$$seed; export CRASH_SEED; \
	CRASH_CUTS=$(TORTURE_CUTS) $(SHELL) $(srcdir)/tests/crash/power.test && \
	CRASH_STRIDE=$(TORTURE_STRIDE) $(SHELL) $(srcdir)/tests/crash/faults.test && \
	CRASH_STRIDE=$(TORTURE_MEMORY_STRIDE) $(SHELL) $(srcdir)/tests/crash/memory.test

TORTURE_KILLS = 500
TORTURE_LINES = 300
TORTURE_SECONDS = 300
TORTURE_EVENTS = 10000
TORTURE_KEYS = 100000
TORTURE_PACE = 30
TORTURE_JOBS = 10
TORTURE_SEED = `date +%s`

if HAVE_VTERM
check_PROGRAMS += crash_kill crash_many crash_soak crash_storm crash_two
TESTS += $(crash_scripts)

# Fuzzing only where the targets were built for it.
torture: torture_disk crash_kill crash_many crash_soak crash_storm crash_two terminal_drive terminal_keys evenhand$(EXEEXT)
	seed=$(TORTURE_SEED); echo "seed $$seed" && \
	$(AM_TESTS_ENVIRONMENT) CRASH_SEED=$$seed; export CRASH_SEED; \
	CRASH_KILLS=$(TORTURE_KILLS) CRASH_PACE=$(TORTURE_PACE) CRASH_JOBS=$(TORTURE_JOBS) $(SHELL) $(srcdir)/tests/crash/kill.test && \
	CRASH_LINES=$(TORTURE_LINES) $(SHELL) $(srcdir)/tests/crash/two.test && \
	CRASH_SECONDS=$(TORTURE_SECONDS) $(SHELL) $(srcdir)/tests/crash/many.test && \
	CRASH_EVENTS=$(TORTURE_EVENTS) $(SHELL) $(srcdir)/tests/crash/storm.test && \
	CRASH_KEYS=$(TORTURE_KEYS) $(SHELL) $(srcdir)/tests/crash/soak.test && \
	KEYS_ALL=1 $(SHELL) $(srcdir)/tests/terminal/keys.test
if FUZZING
	$(MAKE) $(AM_MAKEFLAGS) fuzz FUZZ_SECONDS=$(TORTURE_SECONDS)
endif
else
torture: torture_disk
	@echo "libvterm is missing: nothing can be typed, so nothing is killed"; exit 1
endif

crash_cppflags = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
crash_ldadd = libtui.a libcore.a $(core_libs) $(VTERM_LIBS)
crash_kill_SOURCES = tests/crash/kill.c $(crash_common)
crash_kill_CPPFLAGS = $(crash_cppflags)
crash_kill_LDADD = $(crash_ldadd)
crash_many_SOURCES = tests/crash/many.c $(crash_common)
crash_many_CPPFLAGS = $(crash_cppflags)
crash_many_LDADD = $(crash_ldadd)
crash_soak_SOURCES = tests/crash/soak.c $(crash_common)
crash_soak_CPPFLAGS = $(crash_cppflags)
crash_soak_LDADD = $(crash_ldadd)
crash_storm_SOURCES = tests/crash/storm.c $(crash_common)
crash_storm_CPPFLAGS = $(crash_cppflags)
crash_storm_LDADD = $(crash_ldadd)
crash_two_SOURCES = tests/crash/two.c $(crash_common)
crash_two_CPPFLAGS = $(crash_cppflags)
crash_two_LDADD = $(crash_ldadd)
EXTRA_DIST += $(crash_data) $(crash_scripts)
