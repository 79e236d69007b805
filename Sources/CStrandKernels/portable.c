// The path every machine can run: 128-bit vectors of whatever the compiler has for the target, no fused multiply-add on x86-64.
#define REAL float
#define REAL_IS_DOUBLE 0
#if defined(__aarch64__)
#define FUSED 1
#define TILE_ROWS 6
#define TILE_VECTORS 1
#else
#define TILE_ROWS 2
#define TILE_VECTORS 1
#endif
#define TABLE strand_kernels_portable
#define PATH_NAME "portable"
#include "kernels.inc.h"
