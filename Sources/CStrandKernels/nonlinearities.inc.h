// Part of kernels.inc.h: powers of two, logarithm, sigmoid and tanh of a vector.
//
// The including file may define operations that are one instruction of its processor:
//   RECIPROCAL(x)     a first guess at 1 / x to 14 bits or more; one step of Newton's then gives all 24, in a third of the
//                     time of a division
//   NEAREST_REST(t)   t less the nearest integer
//   SCALED(p, n)      p * 2^n, 0 if that is too small
//
// float: 2^t = 2^n * 2^f, n the integer nearest to t, |f| <= 1/2, 2^f by a polynomial of degree 5 that is 1 at 0 (largest
// relative error 9.2e-8). Largest absolute errors over the whole line: sigmoid 1e-7, tanh 2e-7.
// double: libm, lane by lane; it serves the gradient checks.

#if REAL_IS_DOUBLE

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

#ifndef NEAREST_REST

/// Adding it leaves the nearest integer in the low bits: 1.5 * 2^23.
static const float round_to_int = 12582912.0f;

#define NEAREST_REST(t) ((t) - ((t) + round_to_int - round_to_int))
/// n >= -126
#define SCALED(p, n) ((vec)((vec_int)(p) + ((vec_int)((n) + round_to_int) << 23)))
#define LEAST_EXPONENT -126.0f

#endif

/// 2^t for t <= 126; above, 2^126.
INLINE vec vec_exp2(vec t) {
    t = __builtin_elementwise_min(t, splat(126.0f));
#ifdef LEAST_EXPONENT
    t = __builtin_elementwise_max(t, splat(LEAST_EXPONENT));
#endif
    const vec f = NEAREST_REST(t);
    vec p = f * 1.326472731307149e-3f + 9.671512991189957e-3f;
    p = p * f + 5.550733581185341e-2f;
    p = p * f + 0.24022242426872253f;
    p = p * f + 0.6931470036506653f;
    p = p * f + 1.0f;
    return SCALED(p, t - f);
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

/// 1 / x for x >= 1
INLINE vec vec_reciprocal(vec x) {
#ifdef RECIPROCAL
    const vec guess = RECIPROCAL(x);
    return guess + guess * ((REAL)1 - x * guess);
#else
    return (REAL)1 / x;
#endif
}

INLINE vec vec_sigmoid(vec x) { return vec_reciprocal((REAL)1 + vec_exp2(-LOG2_E * x)); }

/// tanh(x) = 2 sigmoid(2x) - 1
INLINE vec vec_tanh(vec x) { return (REAL)2 * vec_reciprocal((REAL)1 + vec_exp2(-2 * LOG2_E * x)) - (REAL)1; }
