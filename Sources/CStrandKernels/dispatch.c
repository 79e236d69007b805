// Which paths this processor can run, and the widest of them.
#include "CStrandKernels.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

extern const strand_kernels strand_kernels_portable, strand_kernels_portable_double;
#if defined(__x86_64__)
extern const strand_kernels strand_kernels_avx2, strand_kernels_avx512, strand_kernels_avx512bf16;

static bool runs_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

static bool runs_avx512(void) {
    return runs_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif

const strand_kernels *strand_kernels_named(const char *path, long scalar_bytes) {
    if (scalar_bytes == sizeof(double)) return &strand_kernels_portable_double;
    if (strcmp(path, "portable") == 0) return &strand_kernels_portable;
#if defined(__x86_64__)
    if (strcmp(path, "avx2") == 0 && runs_avx2()) return &strand_kernels_avx2;
    if (strcmp(path, "avx512") == 0 && runs_avx512()) return &strand_kernels_avx512;
    if (strcmp(path, "avx512bf16") == 0 && runs_avx512() && __builtin_cpu_supports("avx512bf16"))
        return &strand_kernels_avx512bf16;
#endif
    return NULL;
}

const char *strand_best_path(void) {
#if defined(__x86_64__)
    if (runs_avx512()) return "avx512";
    if (runs_avx2()) return "avx2";
#endif
    return "portable";
}
