// AMX: products of bfloat16 on tile registers; all else as in avx512bf16.c.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma,amx-tile,amx-bf16"))), apply_to = function)
#define REAL float
#define REAL_IS_DOUBLE 0
#define FUSED 1
#define BF16 1
#define AMX 1
#define TABLE strand_kernels_amx
#define PATH_NAME "amx"
#include "kernels.inc.h"
#pragma clang attribute pop
#endif
