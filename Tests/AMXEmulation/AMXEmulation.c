// The AMX kernels of bfloat16 on emulated tiles.
#include "AMXEmulation.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include "EmulatedTiles.h"

static float element(const tile_register *t, int row, int column) {
    uint16_t half;
    memcpy(&half, t->bytes[row] + 2 * column, 2);
    const uint32_t bits = (uint32_t)half << 16;
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

/// TDPBF16PS: even and odd products are summed apart, then together, then into the sum.
static void multiply(int sum, int left, int right) {
    const tile_register *a = &registers[left], *b = &registers[right];
    check_product(sum, left, right);
    for (int m = 0; m < a->rows; m++)
        for (int n = 0; n < b->row_bytes / 4; n++) {
            float even = 0, odd = 0, total;
            for (int k = 0; k < b->rows; k++) {
                even = __builtin_fmaf(element(a, m, 2 * k), element(b, k, 2 * n), even);
                odd = __builtin_fmaf(element(a, m, 2 * k + 1), element(b, k, 2 * n + 1), odd);
            }
            memcpy(&total, registers[sum].bytes[m] + 4 * n, 4);
            total += even + odd;
            memcpy(registers[sum].bytes[m] + 4 * n, &total, 4);
        }
}

#define TILE_MULTIPLY(sum, left, right) multiply(sum, left, right)

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma"))), apply_to = function)
#define REAL float
#define REAL_IS_DOUBLE 0
#define BF16 1
#define AMX 1
#define TABLE emulated_kernels
#define PATH_NAME "amx"
#include "../../Sources/CStrandKernels/kernels.inc.h"
#pragma clang attribute pop

const strand_kernels *strand_kernels_amx_emulation(void) {
    return strand_kernels_named("avx512bf16", 4) ? &emulated_kernels : 0;
}
#else
const strand_kernels *strand_kernels_amx_emulation(void) { return 0; }
#endif
