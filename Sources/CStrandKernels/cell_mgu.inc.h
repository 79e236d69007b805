// Part of cells.inc.h: the MGU. A row of gates: n f m of 16 units, and 16 columns that are not used.

/// The minimal gated unit (Zhou, Wu, Zhang & Zhou 2016) with two changes. Its gate stands behind the product, as the GRU's
/// reset gate here, so that all sums over units are one product; and f is the paper's 1 - f, so that an f of 1 keeps the state
/// as in the other cells. n holds the sum over inputs alone, m that over units:
///     f = sigmoid(f), n = tanh(n + (1 - f) * m)
///     h = n + f * (h_before - n)        (h_before = 0 for rows m ..< n)
INLINE void mgu_forward(const bool keeps_gates, const cell_step *step, const cell_output *to) {
    AS_WRITTEN
    const REAL one = 1;
    for (long row = 0; row < step->n; row++) {
        REAL *gates = step->gates + row * PANEL;
        const vec f = vec_sigmoid(load(gates + LANES));
        const vec n = vec_tanh(fused(one - f, load(gates + 2 * LANES), load(gates)));
        const vec before = row < step->m ? load(step->before + row * LANES) : (vec){};
        const vec h = fused(f, before - n, n);
        if (keeps_gates) {
            store(gates, n);
            store(gates + LANES, f);
        }
        store(step->state + row * LANES, h);
        put(to, row, h);
    }
}

/// dh, to which the part is added that came straight from the next step (`through`), to the gradients of the sums and to that
/// part for the step before:
///     dn = dh * (1 - f) * (1 - n^2)     df = (dh * (h_before - n) - dn * m) * f (1 - f)
///     dm = dn * (1 - f)                 through = dh * f
INLINE void mgu_backward(const cell_step *step, REAL *dh, long dh_row, REAL *through) {
    const REAL one = 1;
    for (long row = 0; row < step->n; row++) {
        REAL *gates = step->gates + row * PANEL;
        const vec n = load(gates), f = load(gates + LANES), m = load(gates + 2 * LANES);
        const vec before = row < step->m ? load(step->before + row * LANES) : (vec){};
        const vec d_h = load(dh + row * dh_row) + load(through + row * LANES);
        const vec d_n = d_h * (one - f) * (one - n * n);
        store(dh + row * dh_row, d_h);
        store(gates, d_n);
        store(gates + LANES, (d_h * (before - n) - d_n * m) * f * (one - f));
        store(gates + 2 * LANES, d_n * (one - f));
        store(through + row * LANES, d_h * f);
    }
}
