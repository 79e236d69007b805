// Memory the kernels read fast.
#define _DEFAULT_SOURCE
#include "CStrandKernels.h"

#include <sys/mman.h>

void strand_advise_huge_pages(void *start, long bytes) {
#ifdef MADV_HUGEPAGE
    madvise(start, (size_t)bytes, MADV_HUGEPAGE);  // a kernel without them refuses: nothing is lost
#else
    (void)start, (void)bytes;
#endif
}
