// What AVX-512 does in one instruction: see nonlinearities.inc.h. For every path that has it.
#include <immintrin.h>

#define RECIPROCAL(x) ((vec)_mm512_rcp14_ps((__m512)(x)))
#define NEAREST_REST(t) ((vec)_mm512_reduce_ps((__m512)(t), 0))
#define SCALED(p, n) ((vec)_mm512_scalef_ps((__m512)(p), (__m512)(n)))
