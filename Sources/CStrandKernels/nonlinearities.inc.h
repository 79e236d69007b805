// Part of kernels.inc.h: powers of two, logarithm, sigmoid and tanh of a vector.
//
// float: 2^t = 2^n * 2^f, n the integer nearest to t, |f| <= 1/2, 2^f by a polynomial of degree 5 that is 1 at 0 (largest
// relative error 9.2e-8). Largest absolute errors over the whole line: sigmoid 1e-7, tanh 2e-7. Every operation is one that
// IEEE 754 rounds, so results are the same bytes on all paths of one arithmetic.
// double: libm, lane by lane; it serves the gradient checks.

#if REAL_IS_DOUBLE

/// Of two, of the normal numbers.
enum { LEAST_POWER = -1022 };

INLINE vec vec_exp2(vec t) {
    vec y;
    for (int lane = 0; lane < LANES; lane++) y[lane] = __builtin_exp2(t[lane]);
    return y;
}

INLINE vec vec_log(vec x) {
    vec y;
    for (int lane = 0; lane < LANES; lane++) y[lane] = __builtin_log(x[lane]);
    return y;
}

#else

typedef int32_t vec_int __attribute__((vector_size(LANES * sizeof(int32_t))));

enum { LEAST_POWER = -126 };

/// Adding it leaves the nearest integer in the low bits: 1.5 * 2^23.
static const float round_to_int = 12582912.0f;

/// 2^t for t <= 126; below -126 as there.
INLINE vec vec_exp2(vec t) {
    AS_WRITTEN
    t = __builtin_elementwise_max(t, splat(LEAST_POWER));
    const vec rounded = t + round_to_int, f = t - (rounded - round_to_int);
    vec p = fused(f, splat(1.326472731307149e-3f), splat(9.671512991189957e-3f));
    p = fused(p, f, splat(5.550733581185341e-2f));
    p = fused(p, f, splat(0.24022242426872253f));
    p = fused(p, f, splat(0.6931470036506653f));
    p = fused(p, f, splat(1.0f));
    return (vec)((vec_int)p + ((vec_int)rounded << 23));
}

/// ln x for normal x > 0: x = 2^e m, sqrt(1/2) <= m < sqrt(2), ln m by a polynomial that is f - f^2 / 2 + ... in f = m - 1
/// (largest absolute error of ln m: 7e-8).
INLINE vec vec_log(vec x) {
    const vec_int bits = (vec_int)x, exponent = (bits - 0x3f3504f3) >> 23;
    const vec f = (vec)(bits - (exponent << 23)) - 1.0f;
    vec q = f * -0.10224207f + 0.16141179f;
    q = q * f - 0.17166906f;
    q = q * f + 0.19910238f;
    q = q * f - 0.24980574f;
    q = q * f + 0.33334691f;
    const vec square = f * f;
    return f - 0.5f * square + square * f * q + __builtin_convertvector(exponent, vec) * 0.69314718f;
}

#endif

/// 1 / ln 2
#define LOG2_E ((REAL)1.4426950408889634)

/// e^-x, at most 2^`most`.
INLINE vec vec_exp_minus(vec x, REAL most) {
    AS_WRITTEN
    return vec_exp2(__builtin_elementwise_min(-LOG2_E * x, splat(most)));
}

INLINE vec vec_sigmoid(vec x) {
    AS_WRITTEN
    return (REAL)1 / ((REAL)1 + vec_exp_minus(x, 126));
}

/// tanh(x) = 2 sigmoid(2x) - 1
INLINE vec vec_tanh(vec x) {
    AS_WRITTEN
    return (REAL)2 / ((REAL)1 + vec_exp_minus((REAL)2 * x, 126)) - (REAL)1;
}

/// e^-x, at most 2^40: the product of three is finite, and 2^-40 is 0 to all that follows.
INLINE vec vec_gate_exp(vec x) { return vec_exp_minus(x, 40); }
