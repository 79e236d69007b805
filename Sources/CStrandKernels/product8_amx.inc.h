// Part of kernels8.inc.h: the product of one panel, on the tile registers of AMX: product_amx.inc.h explains them. One
// instruction adds to 16 x 16 whole numbers the product of 16 x 64 and 64 x 16 bytes.

#include "registers_amx.inc.h"

enum {
    TILE_ROWS = 16,
    /// Bytes along the inner dimension.
    TILE_INNER = 64,
};

/// Tiles 0 ... 3 for `rows` rows of sums; 4, 6 for the left side and 5, 7 for the right one, where 4 and 5 take `depth`
/// bytes along the inner dimension, 6 and 7 `rest`, if any.
INLINE void configure_tiles(long rows, long depth, long rest) {
    tile_config config = {.palette = 1};
    for (int t = 0; t < 8; t++) {
        const long inner = t < 6 ? depth : rest > 0 ? rest : depth;
        config.rows[t] = (uint8_t)(t == 5 || t == 7 ? inner / OPERANDS : rows);
        config.row_bytes[t] = (uint16_t)(t == 4 || t == 6 ? inner : 64);
    }
    TILE_CONFIGURE(&config);
}

/// c (rows x width) = start + scale * (a (rows x inner) . b (inner x width)), at most 16 rows.
static void product_tiles(long rows, long inner, const operand *a, long a_row, paired_view b, long width,
                          const REAL *start, long start_row, REAL *c, long c_row) {
    AS_WRITTEN
    int32_t sum[TILE_ROWS * PANEL];
    const long vectors = width / LANES, depth = min_long(TILE_INNER, inner), whole = inner / depth * depth;
    configure_tiles(rows, depth, inner - whole);
#define COLUMN(v) \
    if (v < vectors) TILE_LOAD(v, b.starts + v * LANES, 0);
    COLUMN(0) COLUMN(1) COLUMN(2) COLUMN(3)
#undef COLUMN
#define COLUMN(v, left, right) \
    if (v < vectors) { \
        TILE_LOAD(right, b.data + k / OPERANDS * b.stride + v * OPERANDS * LANES, b.stride); \
        TILE_MULTIPLY_BYTES(v, left, right); \
    }
    for (long k = 0; k < whole; k += depth) {
        TILE_LOAD(4, a + k, a_row);
        COLUMN(0, 4, 5) COLUMN(1, 4, 5) COLUMN(2, 4, 5) COLUMN(3, 4, 5)
    }
    if (whole < inner) {
        const long k = whole;
        TILE_LOAD(6, a + k, a_row);
        COLUMN(0, 6, 7) COLUMN(1, 6, 7) COLUMN(2, 6, 7) COLUMN(3, 6, 7)
    }
#undef COLUMN
#define COLUMN(v) \
    if (v < vectors) TILE_STORE(v, sum + v * LANES, PANEL * 4);
    COLUMN(0) COLUMN(1) COLUMN(2) COLUMN(3)
#undef COLUMN
    for (long j = 0; j < width; j += LANES)
        for (long r = 0; r < rows; r++) {
            const vec product = load(b.scales + j) * to_floats(sums_at(sum + r * PANEL + j));
            store(c + r * c_row + j, load(start + r * start_row + j) + product);
        }
}

static void panel_product(long rows, long inner, operand_view a, paired_view b, long width, const REAL *start,
                          long start_row, REAL *c, long c_row) {
    const long tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
    for (long tile = 0, r = 0, count; tile < tiles; tile++, r += count) {
        count = (rows - r + tiles - tile - 1) / (tiles - tile);
        product_tiles(count, inner, a.data + r * a.row_stride, a.row_stride, b, width, start + r * start_row, start_row,
                      c + r * c_row, c_row);
    }
    if (rows > 0) TILE_RELEASE();
}
