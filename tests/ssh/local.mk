# A real sshd on loopback, and the reviewers' program behind it. `make check` does a little of each; `make torture` 20 people for a minute and a long walk.
ssh_data = \
	tests/ssh/attack.py \
	tests/ssh/hostile.txt \
	tests/ssh/lib.sh \
	tests/ssh/tool.py \
	tests/ssh/ttys.py

ssh_scripts = \
	tests/ssh/boundary.test \
	tests/ssh/cut.test \
	tests/ssh/people.test \
	tests/ssh/review.test \
	tests/ssh/walk.test

EXTRA_DIST += $(ssh_data) $(ssh_scripts)

if HAVE_VTERM
check_PROGRAMS += ssh_people ssh_walk
TESTS += $(ssh_scripts)

torture_ssh: ssh_people ssh_walk terminal_drive evenhand$(EXEEXT) evenhand-review$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) SSH_PEOPLE=20 SSH_SECONDS=60 $(SHELL) $(srcdir)/tests/ssh/people.test && \
	SSH_KEYS=$(TORTURE_KEYS) SSH_SEED=$(TORTURE_SEED) $(SHELL) $(srcdir)/tests/ssh/walk.test
torture: torture_ssh
endif

ssh_common = \
	tests/crash/chance.c \
	tests/crash/outside.c \
	tests/terminal/pty.c
ssh_people_SOURCES = tests/ssh/people.c $(ssh_common)
ssh_people_CPPFLAGS = $(crash_cppflags)
ssh_people_LDADD = $(crash_ldadd)
ssh_walk_SOURCES = tests/ssh/walk.c $(ssh_common)
ssh_walk_CPPFLAGS = $(crash_cppflags)
ssh_walk_LDADD = $(crash_ldadd)
