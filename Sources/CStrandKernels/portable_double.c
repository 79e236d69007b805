// Double precision, for gradient checks: the same code as every other path, in another scalar.
#define REAL double
#define REAL_IS_DOUBLE 1
#define TILE_ROWS 2
#define TILE_VECTORS 1
#define TABLE strand_kernels_portable_double
#define PATH_NAME "portable"
#include "kernels.inc.h"
