// Part of cells.inc.h: the GRU. A row of gates: n r z m of 16 units.

/// The gated recurrent unit (Cho et al. 2014), its reset gate behind the product as in cuDNN and PyTorch. n holds the sum
/// over inputs alone, m that over units:
///     r = sigmoid(r), z = sigmoid(z), n = tanh(n + r * m)
///     h = n + z * (h_before - n)        (h_before = 0 for rows m ..< n)
INLINE void gru_forward(const bool keeps_gates, const cell_step *step, const cell_output *to) {
    AS_WRITTEN
    out_ptr gates = step->gates;
    for (long row = 0; row < step->n; row++) {
        REAL *g4 = gates + row * PANEL;
        const vec r = vec_sigmoid(load(g4 + LANES)), z = vec_sigmoid(load(g4 + 2 * LANES));
        const vec n = vec_tanh(fused(r, load(g4 + 3 * LANES), load(g4)));
        const vec before = row < step->m ? load(step->before + row * LANES) : (vec){};
        const vec h = fused(z, before - n, n);
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
