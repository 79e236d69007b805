// What the tile instructions do, as Intel's Software Developer's Manual (volume 2) gives it operation by operation.
#include "AMXEmulation.h"

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include "../../Sources/CStrandKernels/avx512.inc.h"

typedef struct tile {
    uint8_t rows;
    uint16_t row_bytes;
    uint8_t bytes[16][64];
} tile_register;

static _Thread_local tile_register registers[8];

/// LDTILECFG: takes over the sizes and zeroes all tiles. Sizes that would fault stop the test.
static void configure(const void *config) {
    const uint8_t *bytes = config;
    if (bytes[0] != 1) __builtin_trap();
    memset(registers, 0, sizeof(registers));
    for (int t = 0; t < 8; t++) {
        memcpy(&registers[t].row_bytes, bytes + 16 + 2 * t, 2);
        registers[t].rows = bytes[48 + t];
        if (registers[t].rows > 16 || registers[t].row_bytes > 64 || registers[t].row_bytes % 4) __builtin_trap();
        if (!registers[t].rows || !registers[t].row_bytes) __builtin_trap();
    }
}

/// TILELOADD: what lies beyond the tile's rows and bytes becomes zero.
static void tile_load(int t, const void *from, long stride) {
    if (!registers[t].rows) __builtin_trap();
    memset(registers[t].bytes, 0, sizeof(registers[t].bytes));
    for (int r = 0; r < registers[t].rows; r++)
        memcpy(registers[t].bytes[r], (const char *)from + r * stride, registers[t].row_bytes);
}

/// TILESTORED
static void tile_store(int t, void *to, long stride) {
    if (!registers[t].rows) __builtin_trap();
    for (int r = 0; r < registers[t].rows; r++)
        memcpy((char *)to + r * stride, registers[t].bytes[r], registers[t].row_bytes);
}

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
    if (registers[sum].row_bytes != b->row_bytes || registers[sum].rows != a->rows || a->row_bytes / 4 != b->rows)
        __builtin_trap();
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

static void release(void) { memset(registers, 0, sizeof(registers)); }

#define TILE_CONFIGURE(config) configure(config)
#define TILE_LOAD(tile, from, stride_bytes) tile_load(tile, from, stride_bytes)
#define TILE_STORE(tile, to, stride_bytes) tile_store(tile, to, stride_bytes)
#define TILE_MULTIPLY(sum, left, right) multiply(sum, left, right)
#define TILE_RELEASE() release()

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
