# The house rules, as tests.
house_tests = \
	tests/house/complain.test \
	tests/house/layers.test \
	tests/house/sizes.test \
	tests/house/sql.test \
	tests/house/headers.test \
	tests/house/tables.test \
	tests/house/escape.test \
	tests/house/review.test
TESTS += $(house_tests)
EXTRA_DIST += $(house_tests) tests/house/lib.sh
