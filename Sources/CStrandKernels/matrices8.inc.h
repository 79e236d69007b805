// Part of kernels8.inc.h: products of whole matrices: of operands, and of the scalars that the first layer and the
// output layer see.

/// c = bias + x . w of operands.
static void affine_operands(long rows, long inner, long columns, operand_view x, const void *w, const void *bias,
                            strand_view c) {
    const long panel = c.block_columns;
    for (long p = 0; p * panel < columns; p++)
        panel_product(rows, padded_inner(inner), x, packed_panel(w, inner, p * panel, min_long(panel, columns - p * panel)),
                      min_long(panel, columns - p * panel), (const REAL *)bias + p * panel, 0,
                      (REAL *)c.data + p * c.block_stride, c.row_stride);
}

/// c (R x width) = bias + a (R x inner) . w for one panel of scalars.
INLINE void scalar_panel(const int R, long inner, in_ptr a, long a_row, in_ptr w, long width, in_ptr bias, out_ptr c,
                         long c_row) {
    AS_WRITTEN
    for (long j = 0; j < width; j += LANES) {
        vec sum[SCALAR_ROWS];
#pragma clang loop unroll(full)
        for (int r = 0; r < R; r++) sum[r] = load(bias + j);
        for (long k = 0; k < inner; k++) {
            const vec weights = load(w + k * width + j);
#pragma clang loop unroll(full)
            for (int r = 0; r < R; r++) sum[r] = sum[r] + a[r * a_row + k] * weights;
        }
#pragma clang loop unroll(full)
        for (int r = 0; r < R; r++) store(c + r * c_row + j, sum[r]);
    }
}

/// The one column of a row that is not zero, which must be a 1; -1 if the row is none of that kind.
INLINE long hot_column(long inner, in_ptr row) {
    long hot = -1;
    for (long k = 0; k < inner; k++) {
        if (row[k] == 0) continue;
        if (row[k] != 1 || hot >= 0) return -1;
        hot = k;
    }
    return hot;
}

/// Rows of scalars are whole, and their weights scalars too, not prepared. A one-hot row takes the sums of its one column: they are those of the loop over
/// all columns but for the sign of a zero, which nothing that follows can tell.
static void affine(long rows, long inner, long columns, strand_view a, bool a_is_operands, const void *w,
                   const void *bias, strand_view c, void *scratch) {
    (void)scratch;
    if (a_is_operands) {
        affine_operands(rows, inner, columns, view_of_operands(a), w, bias, c);
        return;
    }
    const long panel = c.block_columns;
    for (long r = 0; r < rows;) {
        in_ptr row = (const REAL *)a.data + r * a.row_stride;
        const long hot = hot_column(inner, row), count = hot < 0 && rows - r >= SCALAR_ROWS ? SCALAR_ROWS : 1;
        for (long p = 0; p * panel < columns; p++) {
            const long width = min_long(panel, columns - p * panel);
            const REAL *w_p = (const REAL *)w + p * panel * inner, *bias_p = (const REAL *)bias + p * panel;
            REAL *c_p = (REAL *)c.data + p * c.block_stride + r * c.row_stride;
            if (hot >= 0)
                for (long j = 0; j < width; j += LANES) store(c_p + j, load(bias_p + j) + load(w_p + hot * width + j));
            else if (count == SCALAR_ROWS)
                scalar_panel(SCALAR_ROWS, inner, row, a.row_stride, w_p, width, bias_p, c_p, c.row_stride);
            else
                scalar_panel(1, inner, row, a.row_stride, w_p, width, bias_p, c_p, c.row_stride);
        }
        r += count;
    }
}

static long affine_scratch(long rows, long inner) { return 0 * rows * inner; }

INLINE long operand_scratch(long rows, long inner) { return 0 * rows * inner; }
