// Part of cells.inc.h: the arguments of a cell at one step, and the destinations of its output.

/// A panel of units at one step of n rows, of which the first m come from the step before.
typedef struct cell_step {
    long m, n;
    long units;              // of the panel: 16, or up to 64 if a unit has one gate
    REAL *gates;             // n x 64: sums, then the gates kept for the backward pass, then gradients
    const REAL *before;      // m x 16: the state of the step before
    REAL *state;             // n x 16
    const REAL *peepholes;   // (i, f, o) x 16; NULL: none
} cell_step;

/// The destinations of a panel's h: the next step, as operands, and the output, as scalars or as operands.
typedef struct cell_output {
    operand *next, *y_operands;
    REAL *y;
    long next_row, y_row;
} cell_output;

INLINE void put(const cell_output *to, long r, vec h) {
    store_operands(to->next + r * to->next_row, h);
    if (to->y) store(to->y + r * to->y_row, h);
    if (to->y_operands) store_operands(to->y_operands + r * to->y_row, h);
}
