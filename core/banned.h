/* Functions that cut, overrun or keep hidden state: using one is a compile error.
 * The headers that declare them come first, so that only uses in our own code meet the macros. */
#ifndef CORE_BANNED_H
#define CORE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#undef strcpy
#define strcpy(...) banned_strcpy_use_buf_or_arena
#undef strcat
#define strcat(...) banned_strcat_use_buf
#undef strncpy
#define strncpy(...) banned_strncpy_use_buf_or_memcpy
#undef strncat
#define strncat(...) banned_strncat_use_buf
#undef sprintf
#define sprintf(...) banned_sprintf_use_buf_addf
#undef vsprintf
#define vsprintf(...) banned_vsprintf_use_buf_addf
#undef strtok
#define strtok(...) banned_strtok_keeps_hidden_state
#undef atoi
#define atoi(...) banned_atoi_has_no_errors
#undef atol
#define atol(...) banned_atol_has_no_errors
#undef gets
#define gets(...) banned_gets

#endif
