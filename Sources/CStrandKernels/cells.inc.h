// Part of kernels.inc.h: the recurrent cells, a panel of units at one step, forward and backward. strand_cells.h says how
// each lies in memory.

#include "cell_step.inc.h"

#include "cell_gru.inc.h"
#include "cell_lstm.inc.h"
#include "cell_mgu.inc.h"
#include "cell_rnn.inc.h"

INLINE void cell_forward(strand_cell cell, const bool keeps_gates, const cell_step *step, const cell_output *to) {
    switch (cell) {
    case STRAND_LSTM: lstm_forward(keeps_gates, false, step, to); break;
    case STRAND_PEEPHOLE_LSTM: lstm_forward(keeps_gates, true, step, to); break;
    case STRAND_GRU: gru_forward(keeps_gates, step, to); break;
    case STRAND_MGU: mgu_forward(keeps_gates, step, to); break;
    case STRAND_RNN: rnn_forward(keeps_gates, step, to); break;
    }
}

/// `through` (n x 16) is the part of the state's gradient that came from the next step past its products; it becomes the part
/// that goes to the step before.
INLINE void cell_backward(strand_cell cell, const cell_step *step, REAL *dh, long dh_row, REAL *through,
                          REAL *peephole_gradient) {
    switch (cell) {
    case STRAND_LSTM: lstm_backward(false, step, dh, dh_row, through, NULL); break;
    case STRAND_PEEPHOLE_LSTM: lstm_backward(true, step, dh, dh_row, through, peephole_gradient); break;
    case STRAND_GRU: gru_backward(step, dh, dh_row, through); break;
    case STRAND_MGU: mgu_backward(step, dh, dh_row, through); break;
    case STRAND_RNN: rnn_backward(step, dh, dh_row); break;
    }
}
