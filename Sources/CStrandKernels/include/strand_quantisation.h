/// How weights become whole numbers of 8 bits: read by the kernels and by those who store such weights.
#ifndef STRAND_QUANTISATION_H
#define STRAND_QUANTISATION_H

#include <stdint.h>

/// The largest whole number: also what a unit of 1 becomes.
enum { STRAND_LARGEST = 127 };

/// The scale s of an output's weights, of which this is the largest magnitude: 127 s is not below it. It has 16 bits, so that
/// 127 s is exact, and weights that are whole multiples of s are given the same s and multiples again.
static inline float strand_scale_of(float largest) {
    union {
        float value;
        uint32_t bits;
    } scale = {largest / STRAND_LARGEST};
    scale.bits = (scale.bits + 0xff) & ~0xffu;
    return scale.value;
}

/// The whole number of scales nearest to a weight, ties to the even one; 0 if the scale is 0.
static inline int32_t strand_multiple_of(float scale, float weight) {
    return scale > 0 ? (int32_t)__builtin_rintf(weight / scale) : 0;
}

#endif
