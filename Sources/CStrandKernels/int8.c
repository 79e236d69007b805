// 8-bit products on what every machine has: SSE2, NEON, or plain C.
#if defined(__x86_64__)
#include <immintrin.h>
#define OPERANDS_PAIRS
#define TILE_ROWS 2
#elif defined(__aarch64__)
#include <arm_neon.h>
#define OPERANDS_SHORT
#define TILE_ROWS 6
#else
#define OPERANDS_PAIRS
#define TILE_ROWS 2
#endif
#define TILE_VECTORS 1
#define TABLE strand_kernels_int8
#define PATH_NAME "int8"
#include "kernels8.inc.h"
