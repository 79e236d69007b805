// Part of kernels8.inc.h: the operands of products in 8 bits, and their sums in 32. All paths compute the same integers.
//
// Units h lie in -1 ... 1 and become round(127 h); weights of an output become round(w / s), s being that output's scale
// (strand_quantisation.h). A product is at most 255 * 127, a start 128 * 127 an operand: 32 bits hold the sums over 44,000
// operands, and a layer has at most 8,192 (2 H for H = 4096). Up to 1,040 operands a sum without its start is at most 2^24,
// and a float holds it exactly.
//
// The including file defines one of
//   OPERANDS_UNSIGNED   for instructions that multiply 4 unsigned by 4 signed bytes (VNNI, AMX): a unit is stored as
//                       round(127 h) + 128, and a sum begins at -128 times the sum of the weights
//   OPERANDS_SIGNED     for those that multiply 4 signed bytes (the dot product of AArch64)
//   OPERANDS_PAIRS      for those that multiply pairs of 16 bits (SSE2, AVX2, AVX-512 without VNNI)
//   OPERANDS_SHORT      for those that multiply bytes to 16 bits, which are then added in pairs (NEON)

#include "strand_quantisation.h"

typedef int8_t vec_bytes __attribute__((vector_size(LANES), aligned(1)));
typedef int16_t vec_shorts __attribute__((vector_size(2 * LANES), aligned(2)));
typedef int32_t vec_ints __attribute__((vector_size(4 * LANES), aligned(4)));

#if defined(OPERANDS_PAIRS)
enum { OPERANDS = 2, OFFSET = 0 };
typedef int16_t operand;
typedef vec_shorts stored_operands;
#elif defined(OPERANDS_UNSIGNED)
enum { OPERANDS = 4, OFFSET = 128 };
typedef uint8_t operand;
typedef vec_bytes stored_operands;
#else
enum { OPERANDS = 4, OFFSET = 0 };
typedef int8_t operand;
typedef vec_bytes stored_operands;
#endif

/// x to the nearest integer, ties to the even one, for |x| < 2^22.
INLINE vec_ints nearest(vec x) {
    AS_WRITTEN
    return (vec_ints)(x + round_to_int) - (vec_ints)splat(round_to_int);
}

/// 16 units as operands.
INLINE void store_operands(operand *p, vec h) {
    AS_WRITTEN
    *(stored_operands *)p = __builtin_convertvector(nearest(h * (REAL)STRAND_LARGEST) + OFFSET, stored_operands);
}

#include "operand_view.inc.h"

/// Some columns of packed weights: weight (k, j) is data[stride * (k / OPERANDS) + place_in_group(k, j)].
typedef struct paired_view {
    const int8_t *data;
    long stride;              // of groups, in operands
    const float *scales;      // of the columns: of a weight times that of a unit, 1 / 127
    const int32_t *starts;    // of the columns: where sums begin
} paired_view;

/// The place of weight (k, j) within its group of OPERANDS rows of a panel.
INLINE long place_in_group(long k, long j) {
#if defined(OPERANDS_SHORT)
    // Of 16 columns, the pairs of the first two rows and then those of the others.
    return j / LANES * OPERANDS * LANES + k % OPERANDS / 2 * 2 * LANES + j % LANES * 2 + k % 2;
#else
    return OPERANDS * j + k % OPERANDS;
#endif
}

/// Bytes of a column of packed weights: its weights, scale and start.
INLINE long column_bytes(long inner) { return padded_inner(inner) * (long)sizeof(operand) + 8; }

/// `width` neighbouring columns of packed weights that come after `columns` others.
INLINE paired_view packed_panel(const void *w, long inner, long columns, long width) {
    const char *data = (const char *)w + columns * column_bytes(inner);
    const float *scales = (const float *)(data + width * padded_inner(inner) * (long)sizeof(operand));
    return (paired_view){(const int8_t *)data, OPERANDS * width, scales, (const int32_t *)(scales + width)};
}

/// Scalars that hold packed weights.
static long prepared_count(long inner, long columns) { return (columns * column_bytes(inner) + 3) / 4; }

/// Packs weights (inner x columns, scalars in panels of `panel` columns).
static void prepare(long inner, long columns, long panel, const void *w, void *prepared) {
    AS_WRITTEN
    for (long p = 0; p * panel < columns; p++) {
        const long width = min_long(panel, columns - p * panel);
        in_ptr from = (const REAL *)w + p * panel * inner;
        const paired_view to = packed_panel(prepared, inner, p * panel, width);
        operand *data = (operand *)to.data;
        __builtin_memset(data, 0, (size_t)(width * padded_inner(inner)) * sizeof(operand));
        for (long j = 0; j < width; j += LANES) {
            vec largest = {}, scale, divisor;
            vec_ints sum = {};
            for (long k = 0; k < inner; k++)
                largest = __builtin_elementwise_max(largest, __builtin_elementwise_abs(load(from + k * width + j)));
            for (int lane = 0; lane < LANES; lane++) {
                scale[lane] = strand_scale_of(largest[lane]);
                divisor[lane] = scale[lane] > 0 ? scale[lane] : 1;
            }
            for (long k = 0; k < inner; k++) {
                const vec_ints numbers = nearest(load(from + k * width + j) / divisor);
                sum += numbers;
                operand *group = data + k / OPERANDS * to.stride;
                for (int lane = 0; lane < LANES; lane++) group[place_in_group(k, j + lane)] = (operand)numbers[lane];
            }
            store((float *)to.scales + j, scale / (REAL)STRAND_LARGEST);
            *(vec_ints *)(to.starts + j) = -OFFSET * sum;
        }
    }
}

// Of 16 columns: `sums`, the operands of a group of rows and a splat of one row's group, and what multiplies them.
#if defined(__x86_64__)

/// A group of a row's operands.
INLINE int32_t group_at(const operand *p) {
    int32_t group;
    __builtin_memcpy(&group, p, sizeof(group));
    return group;
}

#if defined(WIDE)

typedef __m512i sums, operand_vec, operand_splat;
INLINE operand_splat splat_operand(const operand *p) { return _mm512_set1_epi32(group_at(p)); }
INLINE sums multiply_add(sums sum, operand_splat x, operand_vec w) {
#if defined(OPERANDS_UNSIGNED)
    return _mm512_dpbusd_epi32(sum, x, w);
#else
    return _mm512_add_epi32(sum, _mm512_madd_epi16(x, w));
#endif
}

#elif defined(HALF)

typedef struct { __m256i part[2]; } sums, operand_vec;
typedef __m256i operand_splat;
INLINE operand_splat splat_operand(const operand *p) { return _mm256_set1_epi32(group_at(p)); }
INLINE sums multiply_add(sums sum, operand_splat x, operand_vec w) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 2; i++)
#if defined(OPERANDS_UNSIGNED)
        sum.part[i] = _mm256_dpbusd_avx_epi32(sum.part[i], x, w.part[i]);
#else
        sum.part[i] = _mm256_add_epi32(sum.part[i], _mm256_madd_epi16(x, w.part[i]));
#endif
    return sum;
}

#else

typedef struct { __m128i part[4]; } sums, operand_vec;
typedef __m128i operand_splat;
INLINE operand_splat splat_operand(const operand *p) { return _mm_set1_epi32(group_at(p)); }
INLINE sums multiply_add(sums sum, operand_splat x, operand_vec w) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) sum.part[i] = _mm_add_epi32(sum.part[i], _mm_madd_epi16(x, w.part[i]));
    return sum;
}

#endif

#elif defined(__aarch64__)

typedef struct { int32x4_t part[4]; } sums;
typedef struct { int8x16_t part[4]; } operand_vec;

#if defined(OPERANDS_SIGNED)

typedef int8x16_t operand_splat;
INLINE operand_splat splat_operand(const operand *p) {
    int32_t group;
    __builtin_memcpy(&group, p, sizeof(group));
    return vreinterpretq_s8_s32(vdupq_n_s32(group));
}
INLINE sums multiply_add(sums sum, operand_splat x, operand_vec w) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) sum.part[i] = vdotq_s32(sum.part[i], x, w.part[i]);
    return sum;
}

#else

typedef struct { int8x8_t first, second; } operand_splat;
INLINE operand_splat splat_operand(const operand *p) {
    int16_t pairs[2];
    __builtin_memcpy(pairs, p, sizeof(pairs));
    return (operand_splat){vreinterpret_s8_s16(vdup_n_s16(pairs[0])), vreinterpret_s8_s16(vdup_n_s16(pairs[1]))};
}
/// Two products of at most 127^2 fit 16 bits; then neighbours are added to 32.
INLINE sums multiply_add(sums sum, operand_splat x, operand_vec w) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 2; i++) {
        const int16x8_t low = vmlal_s8(vmull_s8(x.first, vget_low_s8(w.part[i])), x.second, vget_low_s8(w.part[i + 2]));
        const int16x8_t high = vmlal_s8(vmull_s8(x.first, vget_high_s8(w.part[i])), x.second, vget_high_s8(w.part[i + 2]));
        sum.part[2 * i] = vpadalq_s16(sum.part[2 * i], low);
        sum.part[2 * i + 1] = vpadalq_s16(sum.part[2 * i + 1], high);
    }
    return sum;
}

#endif

#else

typedef vec_ints sums;
typedef int16_t operand_vec __attribute__((vector_size(4 * LANES), aligned(2)));
typedef const operand *operand_splat;
INLINE operand_splat splat_operand(const operand *p) { return p; }
INLINE sums multiply_add(sums sum, operand_splat x, operand_vec w) {
    const vec_shorts even = __builtin_shufflevector(w, w, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    const vec_shorts odd = __builtin_shufflevector(w, w, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
    return sum + (int32_t)x[0] * __builtin_convertvector(even, vec_ints)
           + (int32_t)x[1] * __builtin_convertvector(odd, vec_ints);
}

#endif

/// Where the sums of 16 columns begin.
INLINE sums sums_at(const int32_t *p) {
    sums sum;
    __builtin_memcpy(&sum, p, sizeof(sum));
    return sum;
}

INLINE operand_vec load_operands(const int8_t *p) {
    operand_vec w;
    __builtin_memcpy(&w, p, sizeof(w));
    return w;
}

/// Rounded to the nearest.
INLINE vec to_floats(sums sum) {
    vec_ints all;
    __builtin_memcpy(&all, &sum, sizeof(all));
    return __builtin_convertvector(all, vec);
}
