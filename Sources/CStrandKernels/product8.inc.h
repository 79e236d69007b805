// Part of kernels8.inc.h: the product of one panel, on vector registers. Loops as in product.inc.h; sums are whole numbers,
// so their order is free.

/// c (R x 16 V) = start + scale * (a (R x inner) . b (inner x 16 V)), the tile kept in registers.
INLINE void tile(const int R, const int V, long inner, const operand *a, long a_row, paired_view b, const REAL *start,
                 long start_row, REAL *c, long c_row) {
    AS_WRITTEN
    sums sum[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++) sum[r][v] = sums_at(b.starts + v * LANES);
    const operand *data = (const operand *)b.data;
    for (long k = 0; k < inner; k += OPERANDS, data += b.stride) {
        operand_vec w[TILE_VECTORS];
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++) w[v] = load_operands((const int8_t *)(data + v * OPERANDS * LANES));
#pragma clang loop unroll(full)
        for (int r = 0; r < R; r++) {
            const operand_splat x = splat_operand(a + r * a_row + k);
#pragma clang loop unroll(full)
            for (int v = 0; v < V; v++) sum[r][v] = multiply_add(sum[r][v], x, w[v]);
        }
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < V; v++) {
        const vec scale = load(b.scales + v * LANES);
#pragma clang loop unroll(full)
        for (int r = 0; r < R; r++)
            store(c + r * c_row + v * LANES, load(start + r * start_row + v * LANES) + scale * to_floats(sum[r][v]));
    }
}

/// Columns of a panel from the j-th on.
INLINE paired_view columns_from(paired_view b, long j) {
    return (paired_view){(const int8_t *)((const operand *)b.data + OPERANDS * j), b.stride, b.scales + j, b.starts + j};
}

static void panel_product(long rows, long inner, operand_view a, paired_view b, long width, const REAL *start,
                          long start_row, REAL *c, long c_row) {
    for (long r = 0, count; r < rows; r += count) {
        count = tile_rows(rows - r);
        for (long j = 0; j < width; j += TILE_VECTORS * LANES) {
            const long vectors = min_long(TILE_VECTORS, (width - j) / LANES);
#define WITH_ROWS(R) FOR_VECTORS(vectors, WITH_BOTH_##R)
#define WITH_BOTH(R, V) \
    tile(R, V, inner, a.data + r * a.row_stride, a.row_stride, columns_from(b, j), start + r * start_row + j, start_row, \
         c + r * c_row + j, c_row)
            FOR_ROWS(count, WITH_ROWS)
#undef WITH_ROWS
#undef WITH_BOTH
        }
    }
}
