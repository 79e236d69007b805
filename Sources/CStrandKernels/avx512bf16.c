// AVX-512 with products of bfloat16 pairs: two multiply-adds a lane, sums in float.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma"))), apply_to = function)
#define REAL float
#define REAL_IS_DOUBLE 0
#define BF16 1
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define RECIPROCAL(x) ((vec)_mm512_rcp14_ps((__m512)(x)))
#define NEAREST_REST(t) ((vec)_mm512_reduce_ps((__m512)(t), 0))
#define SCALED(p, n) ((vec)_mm512_scalef_ps((__m512)(p), (__m512)(n)))
#define TABLE strand_kernels_avx512bf16
#define PATH_NAME "avx512bf16"
#include "kernels.inc.h"
#pragma clang attribute pop
#endif
