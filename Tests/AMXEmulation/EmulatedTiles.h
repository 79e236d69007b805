// What the tile instructions of AMX do, as Intel's Software Developer's Manual (volume 2) gives it operation by operation.
#include <stdint.h>
#include <string.h>

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

/// A product whose tiles do not fit each other would fault.
static void check_product(int sum, int left, int right) {
    const tile_register *a = &registers[left], *b = &registers[right];
    if (registers[sum].row_bytes != b->row_bytes || registers[sum].rows != a->rows || a->row_bytes / 4 != b->rows)
        __builtin_trap();
}

static void release(void) { memset(registers, 0, sizeof(registers)); }

#define TILE_CONFIGURE(config) configure(config)
#define TILE_LOAD(tile, from, stride_bytes) tile_load(tile, from, stride_bytes)
#define TILE_STORE(tile, to, stride_bytes) tile_store(tile, to, stride_bytes)
#define TILE_RELEASE() release()
