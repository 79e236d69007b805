// The kernels, written once with vector extensions and compiled once for each instruction-set path.
//
// The including file defines
//   REAL        float or double
//   TILE_ROWS   rows of the register tile        TILE_VECTORS  vectors of 16 lanes across it
//   TABLE       name of the strand_kernels it exports         PATH_NAME  its name as a string
//   BF16        1 where products take their operands in bfloat16 (operands.inc.h); else 0 or undefined
// and may enter a `#pragma clang attribute push(__attribute__((target(...))))` region first.

#include "CStrandKernels.h"

#include <stddef.h>

// Vectors wider than the target's registers pass between functions here, all of which are inlined: no ABI is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

#define LANES STRAND_LANES
#define PANEL STRAND_PANEL

typedef REAL vec __attribute__((vector_size(LANES * sizeof(REAL)), aligned(sizeof(REAL))));
typedef const REAL *restrict in_ptr;
typedef REAL *restrict out_ptr;

#define INLINE static inline __attribute__((always_inline))

INLINE vec load(const REAL *p) { return *(const vec *)p; }
INLINE void store(REAL *p, vec v) { *(vec *)p = v; }
INLINE vec splat(REAL x) { return x - (vec){}; }  // x + 0 would be an addition: it changes -0
INLINE long min_long(long a, long b) { return a < b ? a : b; }

// MARK: Non-linearities

#include "nonlinearities.inc.h"

// MARK: Operands

#include "operands.inc.h"

// MARK: Matrix products

/// k handled between two visits to a tile of C: 128 x 64 floats are 32 KiB, which the first cache level holds.
enum { INNER_BLOCK = 2 * PANEL };

/// c (R x 16 V) = start + a (R x inner) . b (inner x 16 V), the tile kept in registers.
INLINE void tile(const int R, const int V, long inner, const operand *a, long a_row, long a_block, const operand *b,
                 long b_stride, const REAL *start, long start_row, REAL *c, long c_row) {
    vec sum[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++) sum[r][v] = load(start + r * start_row + v * LANES);
    // Rows whose panels are neighbours are read in one run.
    const long run = a_block == PANEL ? inner : PANEL;
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

/// Calls `BODY(R)` with the constant R = rows, 1 ... TILE_ROWS.
#if TILE_ROWS >= 6
#define FOR_ROWS(rows, BODY) \
    switch (rows) { \
    case 6: BODY(6); break; \
    case 5: BODY(5); break; \
    case 4: BODY(4); break; \
    case 3: BODY(3); break; \
    case 2: BODY(2); break; \
    default: BODY(1); \
    }
#else
#define FOR_ROWS(rows, BODY) \
    switch (rows) { \
    case 2: BODY(2); break; \
    default: BODY(1); \
    }
#endif

/// Calls `BODY(V)` with the constant V = vectors, 1 ... TILE_VECTORS.
#if TILE_VECTORS >= 4
#define FOR_VECTORS(vectors, BODY) \
    switch (vectors) { \
    case 4: BODY(4); break; \
    case 3: BODY(3); break; \
    case 2: BODY(2); break; \
    default: BODY(1); \
    }
#else
#define FOR_VECTORS(vectors, BODY) ((void)(vectors), BODY(1))
#endif

/// Rows of the next tile when `rows` are left: as even as can be (32 = 6 + 6 + 5 + 5 + 5 + 5). Of two tiles of floats the
/// first is the taller (8 = 6 + 2): it waits for weights from the outer cache, and every row gives it time.
INLINE long tile_rows(long rows) {
    const long tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
    if (tiles == 2 && OPERANDS == 1) return min_long(TILE_ROWS, rows - 2);
    return (rows + tiles - 1) / tiles;
}

/// c (rows x width) = start + a (rows x inner) . b (inner x width), width <= 64, for one panel. `start` may be `c`; its
/// rows are `start_row` apart: 0 where it is one row for all.
static void panel_product(long rows, long inner, operand_view a, paired_view b, long width, const REAL *start,
                          long start_row, REAL *c, long c_row) {
    const long a_row = a.row_stride;
    const long a_block = a.block_stride;
    // Weights that meet one tile of rows are read once: nothing is gained by blocks of them.
    const long inner_block = rows > TILE_ROWS ? INNER_BLOCK : inner;
    for (long k = 0; k < inner; k += inner_block, start = c, start_row = c_row) {
        const long depth = min_long(inner_block, inner - k);
        const operand *a_k = a.data + k / PANEL * a_block;
        const operand *b_k = b.data + k / OPERANDS * b.stride;
        for (long r = 0, count; r < rows; r += count) {
            count = tile_rows(rows - r);
            for (long j = 0; j < width; j += TILE_VECTORS * LANES) {
                const long vectors = min_long(TILE_VECTORS, (width - j) / LANES);
#define WITH_ROWS(R) FOR_VECTORS(vectors, WITH_BOTH_##R)
#define WITH_BOTH(R, V) \
    tile(R, V, depth, a_k + r * a_row, a_row, a_block, b_k + OPERANDS * j, b.stride, start + r * start_row + j, \
         start_row, c + r * c_row + j, c_row)
#define WITH_BOTH_1(V) WITH_BOTH(1, V)
#define WITH_BOTH_2(V) WITH_BOTH(2, V)
#define WITH_BOTH_3(V) WITH_BOTH(3, V)
#define WITH_BOTH_4(V) WITH_BOTH(4, V)
#define WITH_BOTH_5(V) WITH_BOTH(5, V)
#define WITH_BOTH_6(V) WITH_BOTH(6, V)
                FOR_ROWS(count, WITH_ROWS)
#undef WITH_ROWS
#undef WITH_BOTH
            }
        }
    }
}

static long affine_scratch(long rows, long inner) { return operand_scratch(rows, inner); }

static void affine(long rows, long inner, long columns, strand_view a, const void *w, const void *bias, strand_view c,
                   void *scratch) {
    const operand_view x = operands(rows, inner, a, scratch);
    const long depth = padded_inner(inner);
    for (long p = 0; p * PANEL < columns; p++) {
        const long width = min_long(PANEL, columns - p * PANEL);
        REAL *c_p = (REAL *)c.data + p * c.block_stride;
        const REAL *start = bias ? (const REAL *)bias + p * PANEL : c_p;
        panel_product(rows, depth, x, packed_panel((const operand *)w + p * PANEL * depth, width), width, start,
                      bias ? 0 : c.row_stride, c_p, c.row_stride);
    }
}

// MARK: Weight gradients

/// Rows summed between two visits to a tile of W': 128 x 64 floats of D are 32 KiB.
enum { ROW_BLOCK = INNER_BLOCK };

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
        const REAL *column = (const REAL *)a.data + k / PANEL * a.block_stride + k % PANEL;
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
    operand *a_transposed = scratch;
    REAL *d_pairs = (REAL *)scratch + ROW_BLOCK * inner;
    for (long n = 0; n < rows; n += ROW_BLOCK) {
        const long count = min_long(ROW_BLOCK, rows - n);
        gather_transposed(count, inner, a, a_row, n, a_transposed);
        for (long p = 0; p * PANEL < columns; p++) {
            const long width = min_long(PANEL, columns - p * PANEL);
            in_ptr d_p = (const REAL *)d.data + p * d.block_stride + n * d.row_stride;
            REAL *w_p = (REAL *)w_gradient + p * PANEL * inner;
            panel_product(inner, padded_inner(count), (operand_view){a_transposed, ROW_BLOCK, PANEL},
                          paired(count, width, d_p, d.row_stride, d_pairs), width, w_p, width, w_p, width);
            if (bias_gradient) add_column_sums(count, width, d_p, d.row_stride, (REAL *)bias_gradient + p * PANEL);
        }
    }
}

static void transpose(long inner, long columns, const void *w, void *transposed) {
    const long depth = padded_inner(columns);
    for (long q = 0; q * PANEL < inner; q++) {
        const long q_width = min_long(PANEL, inner - q * PANEL);
        for (long p = 0; p * PANEL < columns; p++) {
            const long p_width = min_long(PANEL, columns - p * PANEL);
            in_ptr from = (const REAL *)w + p * PANEL * inner + q * PANEL * p_width;
            operand *to = (operand *)transposed + q * PANEL * depth + p * PANEL * q_width;
            for (long c = 0; c < p_width; c++)
                for (long k = 0; k < q_width; k++)
                    to[(c / OPERANDS * q_width + k) * OPERANDS + c % OPERANDS] = to_operand(from[k * p_width + c]);
        }
    }
}

static void prepare(long inner, long columns, const void *w, void *prepared) {
    const long depth = padded_inner(inner);
    for (long p = 0; p * PANEL < columns; p++) {
        const long width = min_long(PANEL, columns - p * PANEL);
        paired(inner, width, (const REAL *)w + p * PANEL * inner, width, (operand *)prepared + p * PANEL * depth);
    }
}

// MARK: LSTM

#include "lstm.inc.h"

// MARK: Losses, optimiser and the rest

#include "elementwise.inc.h"

const strand_kernels TABLE = {
    .name = PATH_NAME,
    .scalar_bytes = sizeof(REAL),
    .precision = BF16 ? "bf16" : "fp32",
    .prepare = BF16 ? prepare : NULL,
    .affine = affine,
    .affine_scratch = affine_scratch,
    .outer = outer,
    .outer_scratch = outer_scratch,
    .transpose = transpose,
    .lstm_forward = lstm_forward,
    .lstm_scratch = lstm_scratch,
    .lstm_backward = lstm_backward,
    .mask_rows = mask_rows,
    .softmax = softmax,
    .cross_entropy = cross_entropy,
    .squared_norm = squared_norm,
    .adamw = adamw,
};
