/* Runs every suite of suites.def. CK_RUN_SUITE picks one, CK_FORK=no helps a debugger. */
#include <check.h>
#include <locale.h>
#include <stdlib.h>

#define SUITE(name) Suite *suite_##name(void);
#include "suites.def"
#undef SUITE

int main(void)
{
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        return EXIT_FAILURE;
    SRunner *runner = srunner_create(NULL);
#define SUITE(name) srunner_add_suite(runner, suite_##name());
#include "suites.def"
#undef SUITE
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
