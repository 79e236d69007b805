// Part of kernels.inc.h: the operands of products. Sums are always REAL.
//
// Without BF16 an operand is a REAL and everything here is the identity. With BF16 operands are bfloat16, rounded to the
// nearest, and the processor multiplies them in pairs: two neighbours along the summed dimension lie side by side, so
// packed weights are (inner / 2) x columns x 2, and an odd `inner` is padded with a zero.

#ifndef BF16
#define BF16 0
#endif

#if BF16

enum { OPERANDS = 2 };
typedef uint16_t operand;
typedef __m512bh operand_vec;

INLINE operand_vec load_operands(const operand *p) { return (__m512bh)_mm512_loadu_si512(p); }
INLINE operand_vec splat_operand(const operand *p) {
    int32_t pair;
    __builtin_memcpy(&pair, p, sizeof(pair));
    return (__m512bh)_mm512_set1_epi32(pair);
}
INLINE vec multiply_add(vec sum, operand_vec x, operand_vec w) { return (vec)_mm512_dpbf16_ps((__m512)sum, x, w); }

/// 16 scalars as 16 operands.
INLINE void store_operands(operand *p, vec v) { _mm256_storeu_si256((__m256i *)p, (__m256i)_mm512_cvtneps_pbh((__m512)v)); }

INLINE operand to_operand(REAL x) {
    uint32_t bits;
    __builtin_memcpy(&bits, &x, sizeof(bits));
    return (operand)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

#else

enum { OPERANDS = 1 };
typedef REAL operand;
typedef vec operand_vec;

INLINE operand_vec load_operands(const operand *p) { return load(p); }
INLINE operand_vec splat_operand(const operand *p) { return splat(*p); }
INLINE vec multiply_add(vec sum, operand_vec x, operand_vec w) { return fused(x, w, sum); }
INLINE void store_operands(operand *p, vec v) { store(p, v); }
INLINE operand to_operand(REAL x) { return x; }

#endif

#include "operand_view.inc.h"

/// The right side of a product: row k lies with the others of its group of OPERANDS, element by element, and groups are
/// `stride` operands apart: element (k, j) is data[k / OPERANDS * stride + OPERANDS * j + k % OPERANDS].
typedef struct paired_view {
    const operand *data;
    long stride;
} paired_view;

/// `width` neighbouring columns of packed weights that come after `columns` others.
INLINE paired_view packed_panel(const void *w, long inner, long columns, long width) {
    return (paired_view){(const operand *)w + columns * padded_inner(inner), OPERANDS * width};
}

#if BF16

/// Operands of a row: whole vectors, so that rows can be stored 16 at a time.
INLINE long operand_stride(long inner) { return (inner + LANES - 1) / LANES * LANES; }

/// Scalars that hold the operands of `rows` rows.
INLINE long operand_scratch(long rows, long inner) { return rows * operand_stride(inner) / 2; }

/// The rows of `a` as operands, row-major in `scratch`.
static operand_view operands(long rows, long inner, strand_view a, void *scratch) {
    const long stride = operand_stride(inner);
    operand *to = scratch;
    for (long r = 0; r < rows; r++)
        for (long k = 0; k < inner; k += LANES) {
            const REAL *from = (const REAL *)a.data + k / a.block_columns * a.block_stride + r * a.row_stride + k % a.block_columns;
            const __mmask16 inside = inner - k >= LANES ? 0xffff : (__mmask16)((1u << (inner - k)) - 1);
            store_operands(to + r * stride + k, (vec)_mm512_maskz_loadu_ps(inside, from));
        }
    return (operand_view){to, stride, PANEL, PANEL};
}

/// Scalars a row of `columns` needs as pairs.
INLINE long paired_scratch(long columns) { return (columns + LANES - 1) / LANES * LANES / 2 + LANES; }

/// Rows of `from` in pairs; a last odd row is paired with zeros.
static paired_view paired(long rows, long columns, const REAL *from, long row_stride, void *scratch) {
    const long stride = 2 * operand_stride(columns);
    operand *to = scratch;
    for (long n = 0; n < rows; n += 2, to += stride)
        for (long c = 0; c < columns; c += LANES) {
            const __mmask16 inside = columns - c >= LANES ? 0xffff : (__mmask16)((1u << (columns - c)) - 1);
            const REAL *even = from + n * row_stride + c;
            const __m512 low = _mm512_maskz_loadu_ps(inside, even);
            const __m512 high = n + 1 < rows ? _mm512_maskz_loadu_ps(inside, even + row_stride) : _mm512_setzero_ps();
            const __m512i low16 = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(low));
            const __m512i high16 = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(high));
            _mm512_storeu_si512(to + 2 * c, _mm512_or_si512(low16, _mm512_slli_epi32(high16, 16)));
        }
    return (paired_view){scratch, stride};
}

#else

INLINE long operand_scratch(long rows, long inner) { return 0 * rows * inner; }

INLINE operand_view operands(long rows, long inner, strand_view a, void *scratch) {
    (void)rows, (void)inner, (void)scratch;
    return view_of_operands(a);
}

INLINE long paired_scratch(long columns) { return 0 * columns; }

INLINE paired_view paired(long rows, long columns, const REAL *from, long row_stride, void *scratch) {
    (void)rows, (void)columns, (void)scratch;
    return (paired_view){from, row_stride};
}

#endif
