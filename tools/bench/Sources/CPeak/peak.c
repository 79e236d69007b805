#include "CPeak.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// 12 accumulators: more than latency times pipes of any processor, and few enough for every register file.
enum { SUMS = 12 };
#define UNROLLED _Pragma("clang loop unroll(full)") for (int i = 0; i < SUMS; i++)
#define LOOP(name, lanes)                                                    \
    static float name(long rounds) {                                         \
        typedef float vec __attribute__((vector_size(lanes * 4)));           \
        vec sum[SUMS], all = {};                                             \
        const vec a = (vec){} + 0.999f, b = (vec){} + 0.001f;                \
        UNROLLED sum[i] = (vec){} + (float)i;                                \
        for (long r = 0; r < rounds; r++) UNROLLED sum[i] = sum[i] * a + b;  \
        UNROLLED all += sum[i];                                              \
        return all[0];                                                       \
    }

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f"))), apply_to = function)
LOOP(peak512, 16)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
LOOP(peak256, 8)
#pragma clang attribute pop

__attribute__((target("avx512f,avx512bf16"))) static float peak_pairs(long rounds) {
    __m512 sum[SUMS];
    const __m512bh a = (__m512bh)_mm512_set1_epi32(0x3f803f80), b = (__m512bh)_mm512_set1_epi32(0x3a833a83);
    UNROLLED sum[i] = _mm512_set1_ps((float)i);
    for (long r = 0; r < rounds; r++) {
        UNROLLED sum[i] = _mm512_dpbf16_ps(sum[i], a, b);
        __asm__ volatile("" ::: "memory");
    }
    __m512 all = _mm512_setzero_ps();
    UNROLLED all += sum[i];
    return all[0];
}
#endif
LOOP(peak128, 4)

static int lanes(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return 16;
    if (__builtin_cpu_supports("fma")) return 8;
#endif
    return 4;
}

double peak_operations(bool bf16, long rounds) { return (bf16 ? 4.0 : 2.0) * SUMS * lanes() * (double)rounds; }

float peak_loop(bool bf16, long rounds) {
#if defined(__x86_64__)
    if (bf16) return peak_pairs(rounds);
    if (lanes() == 16) return peak512(rounds);
    if (lanes() == 8) return peak256(rounds);
#endif
    (void)bf16;
    return peak128(rounds);
}
