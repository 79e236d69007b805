// The kernels of labelling with 8-bit products, written once and compiled once for each instruction-set path. Results are
// the same bytes on every path: products are whole numbers, and all else is computed in one arithmetic, without fused
// operations.
//
// The including file defines
//   TILE_ROWS, TILE_VECTORS, TABLE, PATH_NAME   as for kernels.inc.h
//   OPERANDS_...                                the kind of operands: operands8.inc.h
//   WIDE or HALF                                if vectors of 512 or 256 bits multiply them
//   AMX                                         1 if products run on tile registers; else 0 or undefined
// and may enter a `#pragma clang attribute push(__attribute__((target(...))))` region first.

#define REAL float
#define REAL_IS_DOUBLE 0
#define FUSED 0

#include "vectors.inc.h"

#include "nonlinearities.inc.h"

#include "operands8.inc.h"

#if AMX
#include "product8_amx.inc.h"
#else
#include "tiles.inc.h"

#include "product8.inc.h"
#endif

/// Rows of scalars that meet a panel of weights together.
#if defined(WIDE)
enum { SCALAR_ROWS = 8 };
#else
enum { SCALAR_ROWS = 4 };
#endif

#include "matrices8.inc.h"

#include "cells.inc.h"

#include "recurrent.inc.h"

#include "softmax.inc.h"

#include "ctc.inc.h"

const strand_kernels TABLE = {
    .name = PATH_NAME,
    .scalar_bytes = sizeof(REAL),
    .operand_bytes = sizeof(operand),
    .precision = "int8",
    .keeps_scalars = true,
    .prepare = prepare,
    .prepared_count = prepared_count,
    .affine = affine,
    .affine_scratch = affine_scratch,
    .recurrent_forward = recurrent_forward,
    .recurrent_scratch = recurrent_scratch,
    .softmax = softmax,
    .ctc = ctc,
    .ctc_scratch = ctc_scratch,
};
