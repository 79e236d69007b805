// 8-bit products on AVX-512 VNNI: four bytes a lane of 512-bit vectors.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)
#define OPERANDS_UNSIGNED
#define WIDE
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define TABLE strand_kernels_int8vnni
#define PATH_NAME "int8vnni"
#include "kernels8.inc.h"
#pragma clang attribute pop
#endif
