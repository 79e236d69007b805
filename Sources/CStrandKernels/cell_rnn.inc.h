// Part of cells.inc.h: the RNN. A row of gates: the one gate of 64 units.

/// h = tanh(h) (Elman 1990)
INLINE void rnn_forward(const bool keeps_gates, const cell_step *step, const cell_output *to) {
    for (long u = 0; u < step->units; u += LANES) {
        const cell_output to_u = {to->next + u, to->y_operands ? to->y_operands + u : NULL, to->y ? to->y + u : NULL,
                                  to->next_row, to->y_row};
        for (long r = 0; r < step->n; r++) {
            REAL *sum = step->gates + r * PANEL + u;
            const vec h = vec_tanh(load(sum));
            if (keeps_gates) store(sum, h);
            put(&to_u, r, h);
        }
    }
}

/// From dh to the gradient of the sum, dh * (1 - h^2).
INLINE void rnn_backward(const cell_step *step, const REAL *dh, long dh_row) {
    const REAL one = 1;
    for (long r = 0; r < step->n; r++)
        for (long u = 0; u < step->units; u += LANES) {
            REAL *sum = step->gates + r * PANEL + u;
            const vec h = load(sum);
            store(sum, load(dh + r * dh_row + u) * (one - h * h));
        }
}
