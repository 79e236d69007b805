// Part of cells.inc.h: the LSTM, with peepholes and without. A row of gates: i f g o of 16 units.

///     i = sigmoid(i), f = sigmoid(f), g = tanh(g), o = sigmoid(o)
///     c = f * c_before + i * g          (c_before = 0 for rows m ..< n)
///     h = o * tanh(c)
/// With peepholes p (Gers & Schmidhuber 2000) the gates see the state before the sigmoid: i += p_i * c_before,
/// f += p_f * c_before, o += p_o * c.
///
/// In inference the gates themselves are not wanted, and few divisions give what is: with e_x = e^-x, e_g = e^-2g, e_c = e^-2c
///     c = (c_before (1 + e_i) (1 + e_g) + (1 - e_g) (1 + e_f)) / ((1 + e_f) (1 + e_i) (1 + e_g))
///     h = (1 - e_c) / ((1 + e_o) (1 + e_c))
INLINE void lstm_forward(const bool keeps_gates, const bool has_peepholes, const cell_step *step, const cell_output *to) {
    AS_WRITTEN
    out_ptr gates = step->gates;
    const REAL one = 1, two = 2;
    const vec none = {}, p_i = has_peepholes ? load(step->peepholes) : none;
    const vec p_f = has_peepholes ? load(step->peepholes + LANES) : none;
    const vec p_o = has_peepholes ? load(step->peepholes + 2 * LANES) : none;
    for (long r = 0; r < step->n; r++) {
        REAL *g4 = gates + r * PANEL;
        vec s_i = load(g4), s_f = load(g4 + LANES), s_o = load(g4 + 3 * LANES);
        if (has_peepholes && r < step->m) {
            s_i = fused(p_i, load(step->before + r * LANES), s_i);
            s_f = fused(p_f, load(step->before + r * LANES), s_f);
        }
        if (!keeps_gates) {
            const vec i = one + vec_gate_exp(s_i), f = one + vec_gate_exp(s_f);
            const vec e_g = vec_gate_exp(two * load(g4 + 2 * LANES)), i_g = i * (one + e_g);
            vec above = (one - e_g) * f;
            if (r < step->m) above = fused(load(step->before + r * LANES), i_g, above);
            const vec cell = above / (f * i_g), e_c = vec_gate_exp(two * cell);
            if (has_peepholes) s_o = fused(p_o, cell, s_o);
            store(step->state + r * LANES, cell);
            put(to, r, (one - e_c) / ((one + vec_gate_exp(s_o)) * (one + e_c)));
            continue;
        }
        const vec i = vec_sigmoid(s_i), f = vec_sigmoid(s_f), g = vec_tanh(load(g4 + 2 * LANES));
        vec cell = i * g;
        if (r < step->m) cell = fused(f, load(step->before + r * LANES), cell);
        if (has_peepholes) s_o = fused(p_o, cell, s_o);
        const vec o = vec_sigmoid(s_o);
        store(g4, i);
        store(g4 + LANES, f);
        store(g4 + 2 * LANES, g);
        store(g4 + 3 * LANES, o);
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
