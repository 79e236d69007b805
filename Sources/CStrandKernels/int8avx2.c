// 8-bit products on AVX2: pairs of 16 bits, because its products of bytes saturate.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define OPERANDS_PAIRS
#define HALF
#define TILE_ROWS 6
#define TILE_VECTORS 1
#define TABLE strand_kernels_int8avx2
#define PATH_NAME "int8avx2"
#include "kernels8.inc.h"
#pragma clang attribute pop
#endif
