// AVX-512 with products of bfloat16 pairs: two multiply-adds a lane, sums in float.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma"))), apply_to = function)
#define REAL float
#define REAL_IS_DOUBLE 0
#define FUSED 1
#define BF16 1
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define TABLE strand_kernels_avx512bf16
#define PATH_NAME "avx512bf16"
#include "kernels.inc.h"
#pragma clang attribute pop
#endif
