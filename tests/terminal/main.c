/* The terminal tests: a real program in a pseudo-terminal, with an emulator for a screen. */
#include <check.h>
#include <locale.h>
#include <stdlib.h>

Suite *suite_signals(void);
Suite *suite_terminal(void);

int main(void)
{
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        return EXIT_FAILURE;
    SRunner *runner = srunner_create(suite_terminal());
    srunner_add_suite(runner, suite_signals());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
