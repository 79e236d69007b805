// The kernels, written once with vector extensions and compiled once for each instruction-set path.
//
// The including file defines
//   REAL        float or double
//   TILE_ROWS   rows of the register tile        TILE_VECTORS  vectors of 16 lanes across it
//   TABLE       name of the strand_kernels it exports         PATH_NAME  its name as a string
//   BF16        1 if products take their operands in bfloat16 (operands.inc.h); else 0 or undefined
//   FUSED       1 if products and gates multiply and add at once: one arithmetic, the same bytes on all such paths
//   AMX         1 if products run on tile registers (product_amx.inc.h); else 0 or undefined
// and may enter a `#pragma clang attribute push(__attribute__((target(...))))` region first.
//
// Each part uses names of the parts above it only.

#include "vectors.inc.h"

#include "nonlinearities.inc.h"

#include "operands.inc.h"

// panel_product(rows, inner, a, b, width, start, start_row, c, c_row):
// c (rows x width) = start + a (rows x inner) . b (inner x width), width <= 64, for one panel. `start` may be `c`; its rows
// are `start_row` apart: 0 if one row serves all.
#if AMX
#include "product_amx.inc.h"
#else
#include "tiles.inc.h"

#include "product.inc.h"
#endif

#include "matrices.inc.h"

#include "cells.inc.h"

#include "recurrent.inc.h"

#include "recurrent_backward.inc.h"

#include "softmax.inc.h"

#include "elementwise.inc.h"

#include "ctc.inc.h"

const strand_kernels TABLE = {
    .name = PATH_NAME,
    .scalar_bytes = sizeof(REAL),
    .operand_bytes = sizeof(operand),
    .precision = BF16 ? "bf16" : "fp32",
    .prepare = BF16 ? prepare : NULL,
    .prepared_count = BF16 ? prepared_count : NULL,
    .affine = affine,
    .affine_scratch = affine_scratch,
    .outer = outer,
    .outer_scratch = outer_scratch,
    .transpose = transpose,
    .recurrent_forward = recurrent_forward,
    .recurrent_scratch = recurrent_scratch,
    .recurrent_backward = recurrent_backward,
    .mask_rows = mask_rows,
    .softmax = softmax,
    .cross_entropy = cross_entropy,
    .ctc = ctc,
    .ctc_scratch = ctc_scratch,
    .squared_norm = squared_norm,
    .adamw = adamw,
};
