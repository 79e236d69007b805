// 8-bit products on AArch64 with dot products (ARMv8.2): four signed bytes a lane.
#if defined(__aarch64__)
#include <arm_neon.h>
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#define OPERANDS_SIGNED
#define TILE_ROWS 6
#define TILE_VECTORS 1
#define TABLE strand_kernels_int8dot
#define PATH_NAME "int8dot"
#include "kernels8.inc.h"
#pragma clang attribute pop
#endif
