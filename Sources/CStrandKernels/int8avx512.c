// 8-bit products on AVX-512 without VNNI: pairs of 16 bits.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#define OPERANDS_PAIRS
#define WIDE
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define TABLE strand_kernels_int8avx512
#define PATH_NAME "int8avx512"
#include "kernels8.inc.h"
#pragma clang attribute pop
#endif
