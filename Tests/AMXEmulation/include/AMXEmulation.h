/// The AMX kernels with their tile instructions done in plain C, for processors that have none.
#ifndef AMX_EMULATION_H
#define AMX_EMULATION_H

#include "CStrandKernels.h"

/// The table; NULL where the processor lacks the AVX-512 that all else in it needs.
const strand_kernels *strand_kernels_amx_emulation(void);

/// The table of 8 bits; NULL where the processor lacks the AVX-512 VNNI that all else in it needs.
const strand_kernels *strand_kernels_int8amx_emulation(void);

#endif
