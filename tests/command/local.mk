# Tests of this folder: one a line. Each is a POSIX shell script over lib.sh; 77 is "skipped".
command_tests = \
	tests/command/actions.test \
	tests/command/backup.test \
	tests/command/busy.test \
	tests/command/care.test \
	tests/command/check.test \
	tests/command/child.test \
	tests/command/demo.test \
	tests/command/export.test \
	tests/command/facts.test \
	tests/command/help.test \
	tests/command/hostile.test \
	tests/command/import.test \
	tests/command/meetings.test \
	tests/command/places.test \
	tests/command/roundtrip.test \
	tests/command/search.test \
	tests/command/sign.test \
	tests/command/spec.test \
	tests/command/usage.test
TESTS += $(command_tests)
EXTRA_DIST += $(command_tests) tests/command/lib.sh \
	tests/meetings/check_facts.py \
	tests/meetings/s1-first-tac.expect.json \
	tests/meetings/s1-first-tac.meeting \
	tests/meetings/s4-sen-support.expect.json \
	tests/meetings/s4-sen-support.meeting \
	tests/meetings/s7-safeguarding.expect.json \
	tests/meetings/s7-safeguarding.meeting
