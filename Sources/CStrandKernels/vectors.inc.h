// Part of kernels.inc.h: the vector type that all kernels are written with.

#include "CStrandKernels.h"

#include <stddef.h>

// Vectors wider than the target's registers pass between functions here, all of which are inlined: no ABI is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

#define LANES STRAND_LANES
#define PANEL STRAND_PANEL

typedef REAL vec __attribute__((vector_size(LANES * sizeof(REAL)), aligned(sizeof(REAL))));
typedef const REAL *restrict in_ptr;
typedef REAL *restrict out_ptr;

#define INLINE static inline __attribute__((always_inline))

INLINE vec load(const REAL *p) { return *(const vec *)p; }
INLINE void store(REAL *p, vec v) { *(vec *)p = v; }
INLINE vec splat(REAL x) { return x - (vec){}; }  // x + 0 would be an addition: it changes -0

/// Stands first in a function whose results are the same bytes on every path that computes in one arithmetic: there an
/// expression is rounded at each operation that it writes, and `fused` alone multiplies and adds at once.
#define AS_WRITTEN _Pragma("clang fp contract(off)")

#ifndef FUSED
#define FUSED 0
#endif

/// a * b + c, rounded once where the path's arithmetic is FUSED, else twice.
INLINE vec fused(vec a, vec b, vec c) {
    AS_WRITTEN
#if FUSED
    return __builtin_elementwise_fma(a, b, c);
#else
    return a * b + c;
#endif
}
INLINE long min_long(long a, long b) { return a < b ? a : b; }
