#include "strand_bytes.h"

#ifndef STRAND_COMMIT
#define STRAND_COMMIT "unknown"
#endif

const char *strand_commit(void) { return STRAND_COMMIT; }
