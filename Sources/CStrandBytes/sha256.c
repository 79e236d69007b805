// SHA-256 (FIPS 180-4): section 6.2.2 in plain C, and in the instructions that most x86 processors have for it.
#include "strand_bytes.h"

#include <string.h>

/// Section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/// Mixes whole blocks of 64 bytes into the state.
typedef void compress(uint32_t state[8], const uint8_t *blocks, size_t count);

static uint32_t rotate(uint32_t word, int count) { return word >> count | word << (32 - count); }

static void compress_portable(uint32_t state[8], const uint8_t *blocks, size_t count) {
    for (; count > 0; count--, blocks += 64) {
        uint32_t w[64];
        for (int t = 0; t < 16; t++) {
            const uint8_t *b = blocks + 4 * t;
            w[t] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
        }
        for (int t = 16; t < 64; t++) {
            uint32_t small0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3;
            uint32_t small1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10;
            w[t] = w[t - 16] + small0 + w[t - 7] + small1;
        }
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
        uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
        for (int t = 0; t < 64; t++) {
            uint32_t big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
            uint32_t first = h + big1 + ((e & f) ^ (~e & g)) + constants[t] + w[t];
            uint32_t big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
            uint32_t second = big0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g, g = f, f = e, e = d + first, d = c, c = b, b = a, a = first + second;
        }
        state[0] += a, state[1] += b, state[2] += c, state[3] += d;
        state[4] += e, state[5] += f, state[6] += g, state[7] += h;
    }
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/// The instructions keep the state as the words A B E F and C D G H, and do two rounds each.
__attribute__((target("sha,sse4.1"))) static void compress_sha(
    uint32_t state[8], const uint8_t *blocks, size_t count) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
    __m128i abef = _mm_alignr_epi8(abcd, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, abcd, 0xF0);
    for (; count > 0; count--, blocks += 64) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i w[4];
        for (int i = 0; i < 4; i++) {
            w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * i)), big_endian);
        }
#pragma clang loop unroll(full)
        for (int t = 0; t < 16; t++) {
            __m128i sum = _mm_add_epi32(w[t & 3], _mm_loadu_si128((const __m128i *)(constants + 4 * t)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
            if (t < 12) {
                __m128i next = _mm_add_epi32(
                    _mm_sha256msg1_epu32(w[t & 3], w[(t + 1) & 3]),
                    _mm_alignr_epi8(w[(t + 3) & 3], w[(t + 2) & 3], 4));
                w[t & 3] = _mm_sha256msg2_epu32(next, w[(t + 3) & 3]);
            }
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
    __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

static compress *best(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1)) return compress_portable;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & bit_SHA)) return compress_portable;
    return compress_sha;
}
#else
static compress *best(void) { return compress_portable; }
#endif

strand_sha256 strand_sha256_begin(void) {
    return (strand_sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                                     0x1f83d9ab, 0x5be0cd19}};
}

static void update(strand_sha256 *sha, const uint8_t *bytes, size_t count, compress *compress) {
    size_t filled = sha->byte_count % 64;
    sha->byte_count += count;
    if (filled > 0) {
        size_t added = count < 64 - filled ? count : 64 - filled;
        memcpy(sha->pending + filled, bytes, added);
        bytes += added, count -= added;
        if (filled + added < 64) return;
        compress(sha->state, sha->pending, 1);
    }
    compress(sha->state, bytes, count / 64);
    if (count % 64 > 0) memcpy(sha->pending, bytes + count / 64 * 64, count % 64);
}

void strand_sha256_update(strand_sha256 *sha, const uint8_t *bytes, size_t count) {
    if (count > 0) update(sha, bytes, count, best());
}

void strand_sha256_update_portable(strand_sha256 *sha, const uint8_t *bytes, size_t count) {
    if (count > 0) update(sha, bytes, count, compress_portable);
}

void strand_sha256_finish(strand_sha256 *sha, uint8_t digest[32]) {
    uint8_t end[72] = {0x80};
    uint64_t bits = sha->byte_count * 8;
    size_t padding = 1 + (119 - sha->byte_count % 64) % 64;
    for (int i = 0; i < 8; i++) end[padding + i] = (uint8_t)(bits >> (56 - 8 * i));
    strand_sha256_update(sha, end, padding + 8);
    for (int i = 0; i < 32; i++) digest[i] = (uint8_t)(sha->state[i / 4] >> (24 - 8 * (i % 4)));
}
