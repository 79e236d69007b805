/// The numeric kernels of Strand: packed matrix products, recurrent layers over a ragged batch, losses and the optimiser's
/// step.
///
/// Letters used on every shape:
///   T steps, B sequences, N rows = sum over steps of the sequences still alive, I inputs, H hidden units, K labels.
///   H is a multiple of 16 here (callers pad with units whose weights are zero; such units stay exactly zero).
///
/// A *scalar* is `float` or `double`; every `void *` below points to scalars of the table's own type.
/// The layouts (panels, packed weights, views) are drawn in README.md beside the kernels.
#ifndef CSTRANDKERNELS_H
#define CSTRANDKERNELS_H

#include "strand_cells.h"
#include "strand_quantisation.h"

#include <stdbool.h>
#include <stdint.h>

/// A matrix cut into blocks of b = `block_columns` (a multiple of 16, at most 64) columns: element (r, k) is
/// `data[(k / b) * block_stride + r * row_stride + k % b]`.
/// Row-major storage has `block_stride` b; panel-major storage has `row_stride` 64.
typedef struct strand_view {
    void *data;
    long row_stride;
    long block_columns;
    long block_stride;
} strand_view;

/// The rows of a ragged batch in the order one direction walks them.
/// Step s owns rows `first[s] ..< first[s] + rows[s]`; row r of every step belongs to sequence r of the sorted batch,
/// and min(rows[s], rows[s - 1]) sequences carry their state from step s - 1 into step s; the others start with zeros.
typedef struct strand_steps {
    long count;
    const int32_t *first;
    const int32_t *rows;
} strand_steps;

/// One direction of one recurrent layer. Its weights `w_ih` (from I inputs) and `w_hh` (from H units) are packed in panels
/// as `strand_cell_layout` says, a unit's gates side by side, and prepared; biases are packed likewise, of scalars.
typedef struct strand_recurrent {
    strand_cell cell;
    strand_steps steps;
    long rows;                   ///< N
    long inputs;                 ///< I
    long hidden;                 ///< H
    const void *w_ih;
    const void *w_hh;
    const void *bias;            ///< packed as w_ih
    const void *recurrent_bias;  ///< packed as w_hh; NULL if the cell has none
    const void *peepholes;       ///< H/16 panels of (i, f, o) x 16; NULL if the cell has none
    strand_view x;               ///< N x I
    bool x_is_operands;          ///< x holds what `y_is_operands` wrote
    void *y;                     ///< N x H, this direction's columns of the layer's output
    long y_stride;
    bool y_is_operands;          ///< y receives operands of products, each of `operand_bytes`: for the next product only
    void *gates;                 ///< panels x N x 64, kept for the backward pass, which overwrites them with their gradients.
                                 ///< NULL: inference
    void *cells;                 ///< H/16 x N x 16: states. NULL: inference, or a cell without a state
    void *scratch;               ///< `recurrent_scratch` scalars
} strand_recurrent;

/// The arguments of `adamw` at one step (Loshchilov & Hutter 2019, algorithm 2). `correction1` is 1 - beta1^step, likewise 2.
typedef struct strand_adamw {
    double rate, beta1, beta2, epsilon, decay, correction1, correction2;
    double gradient_scale;   ///< multiplies the gradient first (clipping)
    double average_decay;    ///< of the exponential moving average of the weights
} strand_adamw;

/// One sequence for connectionist temporal classification.
typedef struct strand_ctc {
    long steps;              ///< T, at least 1
    const int32_t *rows;     ///< of each step in `logits` and `gradient`
    long labels;             ///< K, the blank among them
    const void *logits;
    long stride;             ///< scalars from row to row
    long length;             ///< L, symbols of the text; may be 0
    const int32_t *text;     ///< labels of the symbols, none of them the blank
    long blank;
    double scale;            ///< multiplies the gradient
    void *gradient;          ///< as `logits`; NULL: loss only
} strand_ctc;

/// One instruction-set path. All functions are free of state and may run on any thread.
typedef struct strand_kernels {
    const char *name;        ///< "portable", "avx2", "avx512", "avx512bf16", "amx", "int8", "int8avx2", ...
    long scalar_bytes;       ///< 4 or 8
    long operand_bytes;      ///< of an operand of products: 2 in bfloat16, else `scalar_bytes`
    const char *precision;   ///< of the operands: "fp32" (the scalar itself), "bf16" or "int8"; sums are scalars, but for
                             ///< whole numbers of 32 bits in int8
    bool keeps_scalars;      ///< products of scalars, where `x_is_operands` or `a_is_operands` is false, read weights that
                             ///< are not prepared. Such a table is for inference: what it lacks is NULL

    /// Converts `w` (inner x columns, packed in panels of `panel` columns) to the form that products read, which takes
    /// `prepared_count` scalars. NULL if they read `w` itself.
    void (*prepare)(long inner, long columns, long panel, const void *w, void *prepared);
    long (*prepared_count)(long inner, long columns);

    /// C (rows x columns) = bias + A (rows x inner) . W, or += if `bias` is NULL. W is packed: panels of
    /// inner x b, as many columns as a block of C has (the last one inner x the rest, a multiple of 16), and prepared. Every
    /// element sums over `inner` in ascending order from the same start, so its value depends on no other row.
    /// `a_is_operands`: A holds what `y_is_operands` wrote. `scratch` holds `affine_scratch(rows, inner)` scalars.
    void (*affine)(long rows, long inner, long columns, strand_view a, bool a_is_operands, const void *w, const void *bias,
                   strand_view c, void *scratch);
    long (*affine_scratch)(long rows, long inner);

    /// W' (packed in panels as wide as a block of D) += A^T (inner x rows) . D (rows x columns), bias' += column sums of D (unless NULL).
    /// Row n of D meets row `a_row[n]` of A; -1 stands for a row of zeros; NULL for n itself. `scratch` holds
    /// `outer_scratch(inner)` scalars.
    void (*outer)(long rows, long inner, long columns, strand_view a, const int32_t *a_row, strand_view d,
                  void *w_gradient, void *bias_gradient, void *scratch);
    long (*outer_scratch)(long inner);

    /// Packs the transpose: `w` (inner x columns, in panels of `panel` columns) into `transposed` (columns x inner, in panels
    /// of 64, prepared). `inner` and `columns` are multiples of 16.
    void (*transpose)(long inner, long columns, long panel, const void *w, void *transposed);

    /// h over all steps.
    void (*recurrent_forward)(const strand_recurrent *layer);
    long (*recurrent_scratch)(long max_rows, long inputs, long hidden);

    /// From dY (N x H) to the gradients of the gates' sums, in place of `gates`; dY becomes dH. `w_hh_transposed` is
    /// `transpose` of w_hh. The peepholes' gradient is added to `peephole_gradient` (packed as they are).
    void (*recurrent_backward)(const strand_recurrent *layer, void *dy, long dy_stride, const void *w_hh_transposed,
                               void *peephole_gradient);

    /// out[row of sequence r] = in[row] * mask[r]: one dropout mask a sequence. `in` may be `out`.
    void (*mask_rows)(strand_steps steps, long columns, const void *in, void *out, long stride, const void *mask);

    /// Row-wise softmax of `logits` / temperature (rows x labels) in place.
    void (*softmax)(long rows, long labels, double temperature, void *logits, long stride);

    /// Softmax cross-entropy against sets of admissible labels: bit k of `admissible[n]` is set where label k would be
    /// right (one bit: the usual case; no bit: the row does not count). A share e = `shares[n]` of the target is soft:
    /// spread over all labels by the probabilities q in row n of `soft` (rows x labels; NULL: evenly). The loss of a row is
    /// (1 - e) * -log(sum of the admissible probabilities) + e * sum of q * -log p.
    /// Returns the sum over rows; `gradient`, unless NULL, receives its derivative times `scale`.
    double (*cross_entropy)(long rows, long labels, const void *logits, long stride, const uint32_t *admissible,
                            const double *shares, const void *soft, double scale, void *gradient);

    /// -log of the probability of all paths that spell the text (Graves et al. 2006, eq. 8); infinite, with a gradient of
    /// zeros, if there is no path (fewer steps than symbols and repeats). `scratch` holds `ctc_scratch` scalars.
    double (*ctc)(const strand_ctc *sequence, void *scratch);
    long (*ctc_scratch)(long steps, long labels, long length);

    /// Sum of squares, in one fixed order, in double.
    double (*squared_norm)(long count, const void *values);

    void (*adamw)(long count, const strand_adamw *step, const void *gradient, void *weights, void *first_moment,
                  void *second_moment, void *average);
} strand_kernels;

/// The table of one path for a scalar of 4 or 8 bytes; NULL if there is none or this processor cannot run it. Look it up
/// once: it compares names, and the first call for "amx" asks the system for its registers.
const strand_kernels *strand_kernels_named(const char *path, long scalar_bytes);

/// The widest path this processor can run.
const char *strand_best_path(void);

// MARK: Memory

/// Asks for huge pages behind `bytes` of memory, if the system has them. `start` is on a page.
void strand_advise_huge_pages(void *start, long bytes);

// MARK: Worker threads

/// A fixed set of threads that run numbered tasks. Idle workers spin briefly, then block. In a forked child, which has none of
/// them, new ones start at the first run.
typedef struct strand_pool strand_pool;

/// Starts `threads - 1` workers: the caller of `strand_pool_run` is the remaining one. NULL if the system gives no threads.
strand_pool *strand_pool_create(int threads);
void strand_pool_destroy(strand_pool *pool);

/// Calls `task(context, 0 ..< count)`, each once, on any thread, and returns when all are done. Subnormal numbers are
/// flushed to zero while tasks run; the caller's own setting is restored. Calls from several threads take turns.
/// A task must not run tasks of its own pool: it would wait for itself.
void strand_pool_run(strand_pool *pool, long count, void (*task)(void *context, long index), void *context);

/// Whether this thread is inside a task of the pool.
bool strand_pool_is_running(const strand_pool *pool);

/// Between the two, a fork by another thread waits, so that the child finds no lock taken and no work half done. They do
/// not nest. Without them a pool can be used in a child, but what else its threads were doing stays as it was.
void strand_delay_forks(void);
void strand_allow_forks(void);

#endif
