// Part of kernels.inc.h: the product of one panel, on vector registers.

/// Blocks of the left side handled between two visits to a tile of C: 128 x 64 floats are 32 KiB, which the first cache
/// level holds.
enum { INNER_BLOCKS = 2 };

/// c (R x 16 V) = start + a (R x inner) . b (inner x 16 V), the tile kept in registers.
INLINE void tile(const int R, const int V, long inner, const operand *a, long a_row, long a_columns, long a_block,
                 const operand *b, long b_stride, const REAL *start, long start_row, REAL *c, long c_row) {
    vec sum[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++) sum[r][v] = load(start + r * start_row + v * LANES);
    // Rows whose blocks are neighbours are read in one run.
    const long run = a_block == a_columns ? inner : a_columns;
    for (long done = 0; done < inner; done += run, a += a_block) {
        const long count = min_long(run, inner - done);
        for (long k = 0; k < count; k += OPERANDS, b += b_stride) {
            operand_vec w[TILE_VECTORS];
#pragma clang loop unroll(full)
            for (int v = 0; v < V; v++) w[v] = load_operands(b + v * OPERANDS * LANES);
#pragma clang loop unroll(full)
            for (int r = 0; r < R; r++) {
                const operand_vec x = splat_operand(a + r * a_row + k);
#pragma clang loop unroll(full)
                for (int v = 0; v < V; v++) sum[r][v] = multiply_add(sum[r][v], x, w[v]);
            }
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++) store(c + r * c_row + v * LANES, sum[r][v]);
}

static void panel_product(long rows, long inner, operand_view a, paired_view b, long width, const REAL *start,
                          long start_row, REAL *c, long c_row) {
    const long a_row = a.row_stride, a_columns = a.block_columns, a_block = a.block_stride;
    // Weights that meet one tile of rows are read once: nothing is gained by blocks of them.
    const long inner_block = rows > TILE_ROWS ? INNER_BLOCKS * a_columns : inner;
    for (long k = 0; k < inner; k += inner_block, start = c, start_row = c_row) {
        const long depth = min_long(inner_block, inner - k);
        const operand *a_k = a.data + k / a_columns * a_block;
        const operand *b_k = b.data + k / OPERANDS * b.stride;
        for (long r = 0, count; r < rows; r += count) {
            count = tile_rows(rows - r);
            for (long j = 0; j < width; j += TILE_VECTORS * LANES) {
                const long vectors = min_long(TILE_VECTORS, (width - j) / LANES);
#define WITH_ROWS(R) FOR_VECTORS(vectors, WITH_BOTH_##R)
#define WITH_BOTH(R, V) \
    tile(R, V, depth, a_k + r * a_row, a_row, a_columns, a_block, b_k + OPERANDS * j, b.stride, start + r * start_row + j, \
         start_row, c + r * c_row + j, c_row)
                FOR_ROWS(count, WITH_ROWS)
#undef WITH_ROWS
#undef WITH_BOTH
            }
        }
    }
}
