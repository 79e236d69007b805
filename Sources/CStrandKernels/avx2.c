// AVX2 with FMA: 16 registers of 8 floats; a tile of 6 x 16 takes 12.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define REAL float
#define REAL_IS_DOUBLE 0
#define FUSED 1
#define TILE_ROWS 6
#define TILE_VECTORS 1
#define TABLE strand_kernels_avx2
#define PATH_NAME "avx2"
#include "kernels.inc.h"
#pragma clang attribute pop
#endif
