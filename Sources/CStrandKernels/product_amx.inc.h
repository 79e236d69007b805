// Part of kernels.inc.h: the product of one panel, on the tile registers of AMX (Intel SDM, volume 1, chapter 18).
//
// A tile holds 16 rows of 64 bytes. One instruction adds to 16 x 16 floats the product of 16 x 32 operands and 32 x 16
// operands in pairs, which is how they lie in memory: packed panels are read as they are. Tiles 0 ... 3 hold the panel's
// four columns of 16 floats, 4 the left side, 5 ... 7 the right side in turn.

#include "registers_amx.inc.h"

enum {
    /// Rows of a tile, and operands along the inner dimension.
    TILE_ROWS = 16,
    TILE_INNER = 32,
    /// k handled between two visits to the tiles of C: 256 x 64 operands are 32 KiB, which the first cache level holds.
    TILE_INNER_BLOCK = 256,
};

/// Tiles for `rows` rows of C and `depth` operands along the inner dimension.
INLINE void configure_tiles(long rows, long depth) {
    tile_config config = {.palette = 1};
    for (int t = 0; t < 8; t++) {
        config.rows[t] = (uint8_t)(t < 5 ? rows : depth / OPERANDS);
        config.row_bytes[t] = (uint16_t)(t == 4 ? depth * (long)sizeof(operand) : 64);
    }
    TILE_CONFIGURE(&config);
}

/// Tiles 0 ... vectors - 1 += a (configured rows x inner) . b (inner x 16 vectors); `depth` operands an instruction.
INLINE void multiply_tiles(long inner, long depth, const operand *a, long a_row, paired_view b, long vectors) {
    const long a_bytes = a_row * (long)sizeof(operand), b_bytes = b.stride * (long)sizeof(operand);
    for (long k = 0; k < inner; k += depth) {
        const operand *b_k = b.data + k / OPERANDS * b.stride;
        TILE_LOAD(4, a + k, a_bytes);
#define COLUMN(v, right) \
    if (v < vectors) { \
        TILE_LOAD(right, b_k + v * OPERANDS * LANES, b_bytes); \
        TILE_MULTIPLY(v, 4, right); \
    }
        COLUMN(0, 5)
        COLUMN(1, 6)
        COLUMN(2, 7)
        COLUMN(3, 5)
#undef COLUMN
    }
}

/// c (configured rows x 16 vectors) = start + a . b
INLINE void product_tiles(long inner, long depth, const operand *a, long a_row, paired_view b, long vectors,
                          const REAL *start, long start_row, REAL *c, long c_row) {
    const long start_bytes = start_row * (long)sizeof(REAL), c_bytes = c_row * (long)sizeof(REAL);
#define COLUMN(v) \
    if (v < vectors) TILE_LOAD(v, start + v * LANES, start_bytes);
    COLUMN(0) COLUMN(1) COLUMN(2) COLUMN(3)
#undef COLUMN
    multiply_tiles(inner, depth, a, a_row, b, vectors);
#define COLUMN(v) \
    if (v < vectors) TILE_STORE(v, c + v * LANES, c_bytes);
    COLUMN(0) COLUMN(1) COLUMN(2) COLUMN(3)
#undef COLUMN
}

/// Left sides are row-major here: all of them are made by `operands`, `gather_transposed` or the LSTM's steps.
static void panel_product(long rows, long inner, operand_view a, paired_view b, long width, const REAL *start,
                          long start_row, REAL *c, long c_row) {
    const long whole = inner / TILE_INNER * TILE_INNER, tail = inner - whole, vectors = width / LANES;
    const long tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
    long configured_rows = 0, configured_depth = 0;
    for (long k = 0; k < inner; start = c, start_row = c_row) {
        const long depth = k < whole ? TILE_INNER : tail;
        const long block = k < whole ? min_long(TILE_INNER_BLOCK, whole - k) : tail;
        const paired_view b_k = {b.data + k / OPERANDS * b.stride, b.stride};
        for (long tile = 0, r = 0, count; tile < tiles; tile++, r += count) {
            count = (rows - r + tiles - tile - 1) / (tiles - tile);
            if (count != configured_rows || depth != configured_depth) configure_tiles(count, depth);
            configured_rows = count;
            configured_depth = depth;
            product_tiles(block, depth, a.data + r * a.row_stride + k, a.row_stride, b_k, vectors,
                          start + r * start_row, start_row, c + r * c_row, c_row);
        }
        k += block;
    }
    if (configured_rows > 0) TILE_RELEASE();
}
