// Part of kernels.inc.h: the recurrent cells, a panel of units at one step, forward and backward.
//
// 16 units lie side by side; a block of a cell's gates is a row of 64:
//     LSTM   i f g o of 16 units          GRU   n r z m of 16 units          RNN   h of 64 units

/// A panel of units at one step of n rows, of which the first m come from the step before.
typedef struct cell_step {
    long m, n;
    long units;              // of the panel: 16, or up to 64 of an RNN
    REAL *gates;             // n x 64: sums, then what the backward pass needs, then gradients
    const REAL *before;      // m x 16: c of the step before; of a GRU h
    REAL *state;             // n x 16
    const REAL *peepholes;   // (i, f, o) x 16; NULL: none
} cell_step;

/// Where a panel's h goes: to the next step as operands, and to the output as scalars or as operands.
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

// MARK: LSTM

///     i = sigmoid(i), f = sigmoid(f), g = tanh(g), o = sigmoid(o)
///     c = f * c_before + i * g          (c_before = 0 for rows m ..< n)
///     h = o * tanh(c)
/// With peepholes p (Gers & Schmidhuber 2000) the gates see the state before the sigmoid: i += p_i * c_before,
/// f += p_f * c_before, o += p_o * c.
INLINE void lstm_forward(const bool keeps_gates, const bool has_peepholes, const cell_step *step, const cell_output *to) {
    out_ptr gates = step->gates;
    const vec none = {}, p_i = has_peepholes ? load(step->peepholes) : none;
    const vec p_f = has_peepholes ? load(step->peepholes + LANES) : none;
    const vec p_o = has_peepholes ? load(step->peepholes + 2 * LANES) : none;
    for (long r = 0; r < step->n; r++) {
        REAL *g4 = gates + r * PANEL;
        vec s_i = load(g4), s_f = load(g4 + LANES), s_o = load(g4 + 3 * LANES);
        if (has_peepholes && r < step->m) {
            s_i += p_i * load(step->before + r * LANES);
            s_f += p_f * load(step->before + r * LANES);
        }
        const vec i = vec_sigmoid(s_i), f = vec_sigmoid(s_f), g = vec_tanh(load(g4 + 2 * LANES));
        vec cell = i * g;
        if (r < step->m) cell += f * load(step->before + r * LANES);
        if (has_peepholes) s_o += p_o * cell;
        const vec o = vec_sigmoid(s_o);
        if (keeps_gates) {
            store(g4, i);
            store(g4 + LANES, f);
            store(g4 + 2 * LANES, g);
            store(g4 + 3 * LANES, o);
        }
        store(step->state + r * LANES, cell);
        put(to, r, o * vec_tanh(cell));
    }
}

/// From dh and the dc that came from the next step to the gradients of the gates' sums (in place) and dc of the step before:
///     do = dh * tanh(c)                 dc += dh * o * (1 - tanh(c)^2) + do * p_o
///     di = dc * g   df = dc * c_before  dg = dc * i      dc_before = dc * f + di * p_i + df * p_f
///     each times the derivative of its non-linearity: s (1 - s), for g 1 - g^2
/// Peepholes: dp_i += di * c_before, dp_f += df * c_before, dp_o += do * c.
INLINE void lstm_backward(const bool has_peepholes, const cell_step *step, const REAL *dh, long dh_row, REAL *dc,
                          REAL *peephole_gradient) {
    out_ptr gates = step->gates;
    const REAL one = 1;
    const vec none = {}, p_i = has_peepholes ? load(step->peepholes) : none;
    const vec p_f = has_peepholes ? load(step->peepholes + LANES) : none;
    const vec p_o = has_peepholes ? load(step->peepholes + 2 * LANES) : none;
    vec dp_i = {}, dp_f = {}, dp_o = {};
    for (long r = 0; r < step->n; r++) {
        REAL *g4 = gates + r * PANEL;
        const vec i = load(g4), f = load(g4 + LANES), g = load(g4 + 2 * LANES), o = load(g4 + 3 * LANES);
        const vec c = load(step->state + r * LANES), tanh_c = vec_tanh(c), d_h = load(dh + r * dh_row);
        const vec d_o = d_h * tanh_c * o * (one - o);
        vec d_c = load(dc + r * LANES) + d_h * o * (one - tanh_c * tanh_c);
        if (has_peepholes) d_c += d_o * p_o;
        const vec before = r < step->m ? load(step->before + r * LANES) : none;
        const vec d_i = d_c * g * i * (one - i), d_f = d_c * before * f * (one - f);
        store(g4, d_i);
        store(g4 + LANES, d_f);
        store(g4 + 2 * LANES, d_c * i * (one - g * g));
        store(g4 + 3 * LANES, d_o);
        d_c *= f;
        if (has_peepholes) {
            d_c += d_i * p_i + d_f * p_f;
            dp_i += d_i * before;
            dp_f += d_f * before;
            dp_o += d_o * c;
        }
        store(dc + r * LANES, d_c);
    }
    if (!has_peepholes) return;
    store(peephole_gradient, load(peephole_gradient) + dp_i);
    store(peephole_gradient + LANES, load(peephole_gradient + LANES) + dp_f);
    store(peephole_gradient + 2 * LANES, load(peephole_gradient + 2 * LANES) + dp_o);
}

// MARK: GRU

/// The gated recurrent unit (Cho et al. 2014), its reset gate behind the product as in cuDNN and PyTorch. n holds the sum
/// over inputs alone, m that over units:
///     r = sigmoid(r), z = sigmoid(z), n = tanh(n + r * m)
///     h = n + z * (h_before - n)        (h_before = 0 for rows m ..< n)
INLINE void gru_forward(const bool keeps_gates, const cell_step *step, const cell_output *to) {
    out_ptr gates = step->gates;
    for (long row = 0; row < step->n; row++) {
        REAL *g4 = gates + row * PANEL;
        const vec r = vec_sigmoid(load(g4 + LANES)), z = vec_sigmoid(load(g4 + 2 * LANES));
        const vec n = vec_tanh(load(g4) + r * load(g4 + 3 * LANES));
        const vec before = row < step->m ? load(step->before + row * LANES) : (vec){};
        const vec h = n + z * (before - n);
        if (keeps_gates) {
            store(g4, n);
            store(g4 + LANES, r);
            store(g4 + 2 * LANES, z);
        }
        store(step->state + row * LANES, h);
        put(to, row, h);
    }
}

/// dh, to which the part is added that came straight from the next step (`through`), to the gradients of the gates' sums
/// and to that part for the step before:
///     dz = dh * (h_before - n) * z (1 - z)      dn = dh * (1 - z) * (1 - n^2)
///     dr = dn * m * r (1 - r)                   dm = dn * r                  through = dh * z
INLINE void gru_backward(const cell_step *step, REAL *dh, long dh_row, REAL *through) {
    out_ptr gates = step->gates;
    const REAL one = 1;
    for (long row = 0; row < step->n; row++) {
        REAL *g4 = gates + row * PANEL;
        const vec n = load(g4), r = load(g4 + LANES), z = load(g4 + 2 * LANES), m = load(g4 + 3 * LANES);
        const vec before = row < step->m ? load(step->before + row * LANES) : (vec){};
        const vec d_h = load(dh + row * dh_row) + load(through + row * LANES);
        const vec d_n = d_h * (one - z) * (one - n * n);
        store(dh + row * dh_row, d_h);
        store(g4, d_n);
        store(g4 + LANES, d_n * m * r * (one - r));
        store(g4 + 2 * LANES, d_h * (before - n) * z * (one - z));
        store(g4 + 3 * LANES, d_n * r);
        store(through + row * LANES, d_h * z);
    }
}

// MARK: RNN

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
            REAL *place = step->gates + r * PANEL + u;
            const vec h = load(place);
            store(place, load(dh + r * dh_row + u) * (one - h * h));
        }
}

// MARK: Any cell

/// How a cell's weights and gates are laid out.
typedef struct cell_layout {
    long units;             // of a panel
    long panels;
    long columns;           // of a panel of weights
    long recurrent_column;  // of a block of gates, where the sums over units begin
} cell_layout;

INLINE cell_layout layout_of(strand_cell cell, long hidden) {
    switch (cell) {
    case STRAND_GRU: return (cell_layout){LANES, hidden / LANES, 3 * LANES, LANES};
    case STRAND_RNN: return (cell_layout){PANEL, (hidden + PANEL - 1) / PANEL, PANEL, 0};
    default: return (cell_layout){LANES, hidden / LANES, 4 * LANES, 0};
    }
}

/// Columns of the packed weights of all units.
INLINE long gate_columns(strand_cell cell, long hidden) {
    return cell == STRAND_RNN ? hidden : layout_of(cell, hidden).columns * (hidden / LANES);
}

INLINE void cell_forward(strand_cell cell, const bool keeps_gates, const cell_step *step, const cell_output *to) {
    switch (cell) {
    case STRAND_LSTM: lstm_forward(keeps_gates, false, step, to); break;
    case STRAND_PEEPHOLE_LSTM: lstm_forward(keeps_gates, true, step, to); break;
    case STRAND_GRU: gru_forward(keeps_gates, step, to); break;
    case STRAND_RNN: rnn_forward(keeps_gates, step, to); break;
    }
}

/// `through` (n x 16) is what came from the next step past its products, and becomes what goes to the step before.
INLINE void cell_backward(strand_cell cell, const cell_step *step, REAL *dh, long dh_row, REAL *through,
                          REAL *peephole_gradient) {
    switch (cell) {
    case STRAND_LSTM: lstm_backward(false, step, dh, dh_row, through, NULL); break;
    case STRAND_PEEPHOLE_LSTM: lstm_backward(true, step, dh, dh_row, through, peephole_gradient); break;
    case STRAND_GRU: gru_backward(step, dh, dh_row, through); break;
    case STRAND_RNN: rnn_backward(step, dh, dh_row); break;
    }
}
