// Part of kernels.inc.h: products of whole matrices, weight gradients, transposed and prepared weights.

static long affine_scratch(long rows, long inner) { return operand_scratch(rows, inner); }

/// `affine` of operands.
static void affine_operands(long rows, long inner, long columns, operand_view x, const void *w, const void *bias,
                            strand_view c) {
    const long depth = padded_inner(inner);
    const long panel = c.block_columns;
    for (long p = 0; p * panel < columns; p++) {
        const long width = min_long(panel, columns - p * panel);
        REAL *c_p = (REAL *)c.data + p * c.block_stride;
        const REAL *start = bias ? (const REAL *)bias + p * panel : c_p;
        panel_product(rows, depth, x, packed_panel(w, inner, p * panel, width), width, start,
                      bias ? 0 : c.row_stride, c_p, c.row_stride);
    }
}

static void affine(long rows, long inner, long columns, strand_view a, bool a_is_operands, const void *w,
                   const void *bias, strand_view c, void *scratch) {
    affine_operands(rows, inner, columns, a_is_operands ? view_of_operands(a) : operands(rows, inner, a, scratch), w, bias,
                    c);
}

// MARK: Weight gradients

/// Rows summed between two visits to a tile of W': 128 x 64 floats of D are 32 KiB.
enum { ROW_BLOCK = 2 * PANEL };

/// sums (width) += column sums of d (rows x width).
INLINE void add_column_sums(long rows, long width, in_ptr d, long d_row, out_ptr sums) {
    for (long j = 0; j < width; j += LANES) {
        vec sum = load(sums + j);
        for (long n = 0; n < rows; n++) sum += load(d + n * d_row + j);
        store(sums + j, sum);
    }
}

/// The rows of a square become its columns: four rounds that interleave the upper half with the lower.
INLINE void transpose_square(vec rows[LANES]) {
    vec next[LANES];
#pragma clang loop unroll(full)
    for (int round = 0; round < 4; round++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < LANES / 2; i++) {
            const vec upper = rows[i], lower = rows[i + LANES / 2];
            next[2 * i] = __builtin_shufflevector(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
            next[2 * i + 1] =
                __builtin_shufflevector(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        }
        __builtin_memcpy(rows, next, sizeof(next));
    }
}

/// The first `count` scalars at `from`, then zeros.
INLINE vec load_some(const REAL *from, long count) {
    if (count >= LANES) return load(from);
    REAL some[LANES] = {};
    __builtin_memcpy(some, from, (size_t)count * sizeof(REAL));
    return load(some);
}

/// A block of a^T (inner x rows) as operands, ROW_BLOCK apart, from the rows of `a` that meet rows n ..< n + rows of D;
/// zeros fill the last square.
static void gather_transposed(long rows, long inner, strand_view a, const int32_t *a_row, long n, operand *to) {
    for (long k = 0; k < inner; k += LANES) {
        const REAL *column = (const REAL *)a.data + k / a.block_columns * a.block_stride + k % a.block_columns;
        for (long r = 0; r < rows; r += LANES) {
            vec square[LANES];
            for (long i = 0; i < LANES; i++) {
                const long from = r + i >= rows ? -1 : a_row ? a_row[n + r + i] : n + r + i;
                square[i] = from < 0 ? (vec){} : load_some(column + from * a.row_stride, inner - k);
            }
            transpose_square(square);
            for (long i = 0; i < min_long(LANES, inner - k); i++) store_operands(to + (k + i) * ROW_BLOCK + r, square[i]);
        }
    }
}

/// The transposed block and a panel of D, both as operands.
static long outer_scratch(long inner) { return ROW_BLOCK * (inner + paired_scratch(PANEL)); }

static void outer(long rows, long inner, long columns, strand_view a, const int32_t *a_row, strand_view d,
                  void *w_gradient, void *bias_gradient, void *scratch) {
    const long panel = d.block_columns;
    operand *a_transposed = scratch;
    REAL *d_pairs = (REAL *)scratch + ROW_BLOCK * inner;
    for (long n = 0; n < rows; n += ROW_BLOCK) {
        const long count = min_long(ROW_BLOCK, rows - n);
        gather_transposed(count, inner, a, a_row, n, a_transposed);
        for (long p = 0; p * panel < columns; p++) {
            const long width = min_long(panel, columns - p * panel);
            in_ptr d_p = (const REAL *)d.data + p * d.block_stride + n * d.row_stride;
            REAL *w_p = (REAL *)w_gradient + p * panel * inner;
            panel_product(inner, padded_inner(count), (operand_view){a_transposed, ROW_BLOCK, PANEL, PANEL},
                          paired(count, width, d_p, d.row_stride, d_pairs), width, w_p, width, w_p, width);
            if (bias_gradient) add_column_sums(count, width, d_p, d.row_stride, (REAL *)bias_gradient + p * panel);
        }
    }
}

static void transpose(long inner, long columns, long panel, const void *w, void *transposed) {
    const long depth = padded_inner(columns);
    for (long q = 0; q * PANEL < inner; q++) {
        const long q_width = min_long(PANEL, inner - q * PANEL);
        for (long p = 0; p * panel < columns; p++) {
            const long p_width = min_long(panel, columns - p * panel);
            in_ptr from = (const REAL *)w + p * panel * inner + q * PANEL * p_width;
            operand *to = (operand *)transposed + q * PANEL * depth + p * panel * q_width;
            for (long c = 0; c < p_width; c++)
                for (long k = 0; k < q_width; k++)
                    to[(c / OPERANDS * q_width + k) * OPERANDS + c % OPERANDS] = to_operand(from[k * p_width + c]);
        }
    }
}

static long prepared_count(long inner, long columns) {
    return columns * padded_inner(inner) * (long)sizeof(operand) / (long)sizeof(REAL);
}

static void prepare(long inner, long columns, long panel, const void *w, void *prepared) {
    const long depth = padded_inner(inner);
    for (long p = 0; p * panel < columns; p++) {
        const long width = min_long(panel, columns - p * panel);
        paired(inner, width, (const REAL *)w + p * panel * inner, width, (operand *)prepared + p * panel * depth);
    }
}
