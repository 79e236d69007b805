// AVX-512: 32 registers of 16 floats; a tile of 6 x 64 takes 24.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
#define REAL float
#define REAL_IS_DOUBLE 0
#define FUSED 1
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define TABLE strand_kernels_avx512
#define PATH_NAME "avx512"
#include "kernels.inc.h"
#pragma clang attribute pop
#endif
