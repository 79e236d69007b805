/// The recurrent cells, and how the gates of each lie in memory: the one table, read by the kernels and by all who pack
/// weights for them. README.md beside the kernels draws it.
#ifndef STRAND_CELLS_H
#define STRAND_CELLS_H

#include <stdbool.h>

/// Lanes of the vector type all kernels are written with, and columns of a weight panel and of a block of gates.
enum { STRAND_LANES = 16, STRAND_PANEL = 64 };

/// What a recurrent unit is.
typedef enum strand_cell {
    STRAND_LSTM,           ///< gates i, f, g, o (Gers, Schmidhuber & Cummins 2000)
    STRAND_PEEPHOLE_LSTM,  ///< the same, its gates seeing the cell's state (Gers & Schmidhuber 2000)
    STRAND_GRU,            ///< gates r, z, n (Cho et al. 2014), the reset gate behind the product
    STRAND_MGU,            ///< gates f, n (Zhou, Wu, Zhang & Zhou 2016), the gate behind the product
    STRAND_RNN,            ///< tanh (Elman 1990)
} strand_cell;

/// How a cell's weights and gates lie in memory. A *block of gates* is a row of 64 columns, for the units of one panel; a
/// gate's *slot* counts the gates of a panel's weights before it.
typedef struct strand_cell_layout {
    long gates;               ///< rows of weights a unit has
    long units;               ///< of a panel: 16, or 64 if a unit has one gate
    long recurrent_column;    ///< of a block of gates: first column of the sums over units; those over inputs begin at 0
    long peepholes;           ///< a unit's weights from its own state to its gates
    bool has_state;           ///< a state goes from step to step besides the products: c of an LSTM, h of a gated unit
    bool has_recurrent_bias;  ///< the sums over units have a bias of their own
    long input_slots[4];      ///< of each gate, in the order of files, in the weights of inputs
    long recurrent_slots[4];  ///< the same in the weights of units
} strand_cell_layout;

static inline strand_cell_layout strand_layout_of(strand_cell cell) {
    static const strand_cell_layout layouts[] = {
        [STRAND_LSTM] = {.gates = 4, .units = STRAND_LANES, .has_state = true,
                         .input_slots = {0, 1, 2, 3}, .recurrent_slots = {0, 1, 2, 3}},
        [STRAND_PEEPHOLE_LSTM] = {.gates = 4, .units = STRAND_LANES, .has_state = true, .peepholes = 3,
                                  .input_slots = {0, 1, 2, 3}, .recurrent_slots = {0, 1, 2, 3}},
        // n of the inputs, r, z, m: n of the units
        [STRAND_GRU] = {.gates = 3, .units = STRAND_LANES, .has_state = true, .has_recurrent_bias = true,
                        .recurrent_column = STRAND_LANES,
                        .input_slots = {1, 2, 0}, .recurrent_slots = {0, 1, 2}},
        // n of the inputs, f, m: n of the units
        [STRAND_MGU] = {.gates = 2, .units = STRAND_LANES, .has_state = true, .has_recurrent_bias = true,
                        .recurrent_column = STRAND_LANES,
                        .input_slots = {1, 0}, .recurrent_slots = {0, 1}},
        [STRAND_RNN] = {.gates = 1, .units = STRAND_PANEL},
    };
    return layouts[cell];
}

/// Panels of the weights and gates of H units; the last one may be narrower.
static inline long strand_panels(strand_cell_layout layout, long hidden) {
    return (hidden + layout.units - 1) / layout.units;
}

#endif
