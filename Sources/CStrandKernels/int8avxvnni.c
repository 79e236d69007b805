// 8-bit products on AVX-VNNI: four bytes a lane of 256-bit vectors.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,avxvnni"))), apply_to = function)
#define OPERANDS_UNSIGNED
#define HALF
#define TILE_ROWS 6
#define TILE_VECTORS 1
#define TABLE strand_kernels_int8avxvnni
#define PATH_NAME "int8avxvnni"
#include "kernels8.inc.h"
#pragma clang attribute pop
#endif
