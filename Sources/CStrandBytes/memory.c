// What the allocator does with large arrays.
#include "strand_bytes.h"

#if defined(__GLIBC__)
#include <malloc.h>

void strand_return_large_arrays(void) { (void)mallopt(M_MMAP_THRESHOLD, 128 << 10); }
#else
void strand_return_large_arrays(void) {}
#endif
