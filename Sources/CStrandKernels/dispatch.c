// Which paths this processor can run, and the widest of them.
#define _GNU_SOURCE
#include "CStrandKernels.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#if defined(__linux__)
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif
#elif defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

extern const strand_kernels strand_kernels_portable, strand_kernels_portable_double, strand_kernels_int8;
#if defined(__x86_64__)
extern const strand_kernels strand_kernels_avx2, strand_kernels_avx512, strand_kernels_avx512bf16, strand_kernels_amx;
extern const strand_kernels strand_kernels_int8avx2, strand_kernels_int8avxvnni, strand_kernels_int8avx512;
extern const strand_kernels strand_kernels_int8vnni, strand_kernels_int8amx;

static bool runs_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

static bool runs_avx512(void) {
    return runs_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

static bool runs_avx512vnni(void) { return runs_avx512() && __builtin_cpu_supports("avx512vnni"); }

/// AVX-VNNI, which compilers do not all know by name: cpuid 7.1: eax.
static bool runs_avxvnni(void) {
    unsigned eax, ebx, ecx, edx;
    return runs_avx2() && __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) && (eax & 1u << 4);
}

static bool runs_avx512bf16(void) { return runs_avx512() && __builtin_cpu_supports("avx512bf16"); }

#if defined(__linux__)
static bool has_tiles, has_byte_tiles;

/// The processor has tiles of bfloat16 and of bytes, and Linux lets this process use them: it has to be asked once.
static void ask_for_tiles(void) {
    const long request_permission = 0x1023, tile_data = 18;  // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA
    const unsigned bf16 = 1u << 22, tiles = 1u << 24, int8 = 1u << 25;  // cpuid 7: edx
    unsigned eax, ebx, ecx, edx;
    const bool has_any = __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (edx & tiles) &&
                         syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
    has_tiles = has_any && (edx & bf16);
    has_byte_tiles = has_any && (edx & int8);
}

/// Asks for the tiles at its first call.
static bool obtains_amx(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, ask_for_tiles);
    return has_tiles && runs_avx512bf16();
}

static bool obtains_byte_amx(void) {
    (void)obtains_amx();
    return has_byte_tiles && runs_avx512vnni();
}
#else
static bool obtains_amx(void) { return false; }
static bool obtains_byte_amx(void) { return false; }
#endif
#elif defined(__aarch64__)
extern const strand_kernels strand_kernels_int8dot;

static bool runs_dot_products(void) {
#if defined(__linux__)
    return getauxval(AT_HWCAP) & HWCAP_ASIMDDP;
#else
    return true;  // every Mac
#endif
}
#endif

const strand_kernels *strand_kernels_named(const char *path, long scalar_bytes) {
    if (scalar_bytes == sizeof(double)) return &strand_kernels_portable_double;
    if (strcmp(path, "portable") == 0) return &strand_kernels_portable;
    if (strcmp(path, "int8") == 0) return &strand_kernels_int8;
#if defined(__x86_64__)
    if (strcmp(path, "avx2") == 0 && runs_avx2()) return &strand_kernels_avx2;
    if (strcmp(path, "avx512") == 0 && runs_avx512()) return &strand_kernels_avx512;
    if (strcmp(path, "avx512bf16") == 0 && runs_avx512bf16()) return &strand_kernels_avx512bf16;
    if (strcmp(path, "amx") == 0 && obtains_amx()) return &strand_kernels_amx;
    if (strcmp(path, "int8avx2") == 0 && runs_avx2()) return &strand_kernels_int8avx2;
    if (strcmp(path, "int8avxvnni") == 0 && runs_avxvnni()) return &strand_kernels_int8avxvnni;
    if (strcmp(path, "int8avx512") == 0 && runs_avx512()) return &strand_kernels_int8avx512;
    if (strcmp(path, "int8vnni") == 0 && runs_avx512vnni()) return &strand_kernels_int8vnni;
    if (strcmp(path, "int8amx") == 0 && obtains_byte_amx()) return &strand_kernels_int8amx;
#elif defined(__aarch64__)
    if (strcmp(path, "int8dot") == 0 && runs_dot_products()) return &strand_kernels_int8dot;
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
