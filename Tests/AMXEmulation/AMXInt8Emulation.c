// The AMX kernels of 8 bits on emulated tiles.
#include "AMXEmulation.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include "EmulatedTiles.h"

/// TDPBUSD: four unsigned bytes by four signed ones, added to 32 bits, which do not saturate.
static void multiply_bytes(int sum, int left, int right) {
    const tile_register *a = &registers[left], *b = &registers[right];
    check_product(sum, left, right);
    for (int m = 0; m < a->rows; m++)
        for (int n = 0; n < b->row_bytes / 4; n++) {
            int32_t total;
            memcpy(&total, registers[sum].bytes[m] + 4 * n, 4);
            for (int k = 0; k < 4 * b->rows; k++)
                if (__builtin_add_overflow(total, (int32_t)a->bytes[m][k] * (int8_t)b->bytes[k / 4][4 * n + k % 4], &total))
                    __builtin_trap();
            memcpy(registers[sum].bytes[m] + 4 * n, &total, 4);
        }
}

#define TILE_MULTIPLY_BYTES(sum, left, right) multiply_bytes(sum, left, right)

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)
#define OPERANDS_UNSIGNED
#define WIDE
#define AMX 1
#define TABLE emulated_int8_kernels
#define PATH_NAME "int8amx"
#include "../../Sources/CStrandKernels/kernels8.inc.h"
#pragma clang attribute pop

const strand_kernels *strand_kernels_int8amx_emulation(void) {
    return strand_kernels_named("int8vnni", 4) ? &emulated_int8_kernels : 0;
}
#else
const strand_kernels *strand_kernels_int8amx_emulation(void) { return 0; }
#endif
