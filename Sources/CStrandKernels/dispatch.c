// Which paths this processor can run, and the widest of them.
#define _GNU_SOURCE
#include "CStrandKernels.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#if defined(__x86_64__) && defined(__linux__)
#include <cpuid.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

extern const strand_kernels strand_kernels_portable, strand_kernels_portable_double;
#if defined(__x86_64__)
extern const strand_kernels strand_kernels_avx2, strand_kernels_avx512, strand_kernels_avx512bf16, strand_kernels_amx;

static bool runs_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

static bool runs_avx512(void) {
    return runs_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

static bool runs_avx512bf16(void) { return runs_avx512() && __builtin_cpu_supports("avx512bf16"); }

#if defined(__linux__)
static bool has_tiles;

/// The processor has tiles of bfloat16, and Linux lets this process use them: it has to be asked once.
static void ask_for_tiles(void) {
    const long request_permission = 0x1023, tile_data = 18;  // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA
    const unsigned bf16 = 1u << 22, tiles = 1u << 24;        // cpuid 7: edx
    unsigned eax, ebx, ecx, edx;
    has_tiles = __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (edx & bf16) && (edx & tiles) &&
                syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
}

/// Asks for the tiles at its first call.
static bool obtains_amx(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, ask_for_tiles);
    return has_tiles && runs_avx512bf16();
}
#else
static bool obtains_amx(void) { return false; }
#endif
#endif

const strand_kernels *strand_kernels_named(const char *path, long scalar_bytes) {
    if (scalar_bytes == sizeof(double)) return &strand_kernels_portable_double;
    if (strcmp(path, "portable") == 0) return &strand_kernels_portable;
#if defined(__x86_64__)
    if (strcmp(path, "avx2") == 0 && runs_avx2()) return &strand_kernels_avx2;
    if (strcmp(path, "avx512") == 0 && runs_avx512()) return &strand_kernels_avx512;
    if (strcmp(path, "avx512bf16") == 0 && runs_avx512bf16()) return &strand_kernels_avx512bf16;
    if (strcmp(path, "amx") == 0 && obtains_amx()) return &strand_kernels_amx;
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
