// AMX: 8-bit products on tile registers; all else as in int8vnni.c.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,amx-tile,amx-int8"))), apply_to = function)
#define OPERANDS_UNSIGNED
#define WIDE
#define AMX 1
#define TABLE strand_kernels_int8amx
#define PATH_NAME "int8amx"
#include "kernels8.inc.h"
#pragma clang attribute pop
#endif
