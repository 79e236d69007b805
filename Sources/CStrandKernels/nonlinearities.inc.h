// Part of kernels.inc.h: exp, sigmoid and tanh of a vector.
//
// The including file may define RECIPROCAL(x), a first guess at 1 / x to 14 bits or more; one step of Newton's then gives all
// 24, in a third of the time of a division.
//
// float: exp(x) = 2^n * exp(f), n the integer nearest to x / ln 2, |f| <= ln(2) / 2, exp(f) by a polynomial of degree 6;
// ln 2 is subtracted in two parts (Cody & Waite 1980). Largest absolute errors over the whole line: sigmoid 1.1e-7, tanh 2e-7.
// double: libm, lane by lane; it serves the gradient checks.

#if REAL_IS_DOUBLE

INLINE vec vec_exp(vec x) {
    vec y;
    for (int lane = 0; lane < LANES; lane++) y[lane] = __builtin_exp(x[lane]);
    return y;
}

#else

typedef int32_t vec_int __attribute__((vector_size(LANES * sizeof(int32_t))));

INLINE vec vec_exp(vec x) {
    const float round_to_int = 12582912.0f;  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
    x = __builtin_elementwise_min(__builtin_elementwise_max(x, splat(-87.0f)), splat(88.0f));
    const vec shifted = x * 1.44269504f + round_to_int;
    const vec n = shifted - round_to_int;
    vec f = x - n * 0.693359375f;
    f = f - n * -2.12194440e-4f;
    vec p = f * (1.0f / 720) + 1.0f / 120;
    p = p * f + 1.0f / 24;
    p = p * f + 1.0f / 6;
    p = p * f + 0.5f;
    p = p * f + 1.0f;
    p = p * f + 1.0f;
    return (vec)((vec_int)p + ((vec_int)shifted << 23));
}

#endif

/// 1 / x for x >= 1
INLINE vec vec_reciprocal(vec x) {
#ifdef RECIPROCAL
    const vec guess = RECIPROCAL(x);
    return guess + guess * ((REAL)1 - x * guess);
#else
    return (REAL)1 / x;
#endif
}

INLINE vec vec_sigmoid(vec x) { return vec_reciprocal((REAL)1 + vec_exp(-x)); }

/// tanh(x) = 2 sigmoid(2x) - 1
INLINE vec vec_tanh(vec x) { return (REAL)2 * vec_reciprocal((REAL)1 + vec_exp((REAL)-2 * x)) - (REAL)1; }
