#include "CPeak.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Independent sums: more than latency times pipes of any processor, and few enough for its registers.
#define UNROLLED(sums) _Pragma("clang loop unroll(full)") for (int i = 0; i < sums; i++)
#define LOOP(name, lanes, sums)                                              \
    enum { name##_operations = 2 * lanes * sums };                           \
    static float name(long rounds) {                                         \
        typedef float vec __attribute__((vector_size(lanes * 4)));           \
        vec sum[sums], all = {};                                             \
        const vec a = (vec){} + 0.999f, b = (vec){} + 0.001f;                \
        /* no sum starts at the fixed point 1: it would be left out */       \
        UNROLLED(sums) sum[i] = (vec){} + (float)(i + 2);                    \
        for (long r = 0; r < rounds; r++) UNROLLED(sums) sum[i] = sum[i] * a + b; \
        UNROLLED(sums) all += sum[i];                                        \
        return all[0];                                                       \
    }

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl"))), apply_to = function)
LOOP(peak512, 16, 24)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
LOOP(peak256, 8, 12)
#pragma clang attribute pop

enum { PAIR_SUMS = 24, pairs_operations = 4 * 16 * PAIR_SUMS };
__attribute__((target("avx512f,avx512vl,avx512bf16"))) static float peak_pairs(long rounds) {
    __m512 sum[PAIR_SUMS], all = _mm512_setzero_ps();
    const __m512bh a = (__m512bh)_mm512_set1_epi32(0x3f803f80), b = (__m512bh)_mm512_set1_epi32(0x3a833a83);
    UNROLLED(PAIR_SUMS) sum[i] = _mm512_set1_ps((float)i);
    for (long r = 0; r < rounds; r++) UNROLLED(PAIR_SUMS) sum[i] = _mm512_dpbf16_ps(sum[i], a, b);
    UNROLLED(PAIR_SUMS) all += sum[i];
    return all[0];
}
#endif
LOOP(peak128, 4, 12)

double peak_operations(bool bf16, long rounds) {
#if defined(__x86_64__)
    if (bf16) return pairs_operations * (double)rounds;
    if (__builtin_cpu_supports("avx512f")) return peak512_operations * (double)rounds;
    if (__builtin_cpu_supports("fma")) return peak256_operations * (double)rounds;
#endif
    (void)bf16;
    return peak128_operations * (double)rounds;
}

float peak_loop(bool bf16, long rounds) {
#if defined(__x86_64__)
    if (bf16) return peak_pairs(rounds);
    if (__builtin_cpu_supports("avx512f")) return peak512(rounds);
    if (__builtin_cpu_supports("fma")) return peak256(rounds);
#endif
    (void)bf16;
    return peak128(rounds);
}
