// Part of kernels.inc.h: the LSTM over the steps of one direction, forward and backward.
//
// Names: p panel of 16 units, s step in processing order, n living rows of s, m <= n rows carried over from s - 1.

/// Rows projected at once: enough to read the input weights rarely, few enough for the gates to stay in the cache.
enum { PROJECTED_ROWS = 128 };

INLINE long carried_rows(strand_steps steps, long s) {
    return s > 0 && s < steps.count ? min_long(steps.rows[s], steps.rows[s - 1]) : 0;
}

/// The steps from s on whose rows are projected together, and the rows lo ..< hi they own (in either direction the
/// steps of a chunk own neighbouring rows). Returns the first step after them.
static long next_chunk(strand_steps steps, long s, long *lo, long *hi) {
    long rows = 0;
    *lo = steps.first[s];
    *hi = *lo;
    for (; s < steps.count && (rows == 0 || rows + steps.rows[s] <= PROJECTED_ROWS); s++) {
        rows += steps.rows[s];
        *lo = min_long(*lo, steps.first[s]);
        if (steps.first[s] + steps.rows[s] > *hi) *hi = steps.first[s] + steps.rows[s];
    }
    return s;
}

/// Scratch of `lstm_forward`: h of two steps (max_rows x H each), c of one step, gates and inputs of one chunk.
/// Scratch of `lstm_backward`: dc of one step, dgates of one step as operands.
static long lstm_scratch(long max_rows, long inputs, long hidden) {
    const long chunk = max_rows > PROJECTED_ROWS ? max_rows : PROJECTED_ROWS;
    const long as_operands = operand_scratch(chunk, inputs > 4 * hidden ? inputs : 4 * hidden);
    return (3 * max_rows + 4 * chunk) * hidden + as_operands;
}

/// Activates the gates of one panel and moves the state on:
///     i = sigmoid(i), f = sigmoid(f), g = tanh(g), o = sigmoid(o)
///     c = f * c_before + i * g          (c_before = 0 for rows m ..< n)
///     h = o * tanh(c)
/// Activated gates are kept for the backward pass; h goes to `y_operands` as what products multiply, else to `y`.
INLINE void gates_forward(const bool keeps_gates, long m, long n, out_ptr gates, const REAL *c_before, REAL *c, operand *h,
                          long h_row, REAL *y, operand *y_operands, long y_row) {
    for (long r = 0; r < n; r++) {
        REAL *g4 = gates + r * PANEL;
        const vec i = vec_sigmoid(load(g4)), f = vec_sigmoid(load(g4 + LANES));
        const vec g = vec_tanh(load(g4 + 2 * LANES)), o = vec_sigmoid(load(g4 + 3 * LANES));
        vec cell = i * g;
        if (r < m) cell += f * load(c_before + r * LANES);
        const vec out = o * vec_tanh(cell);
        if (keeps_gates) {
            store(g4, i);
            store(g4 + LANES, f);
            store(g4 + 2 * LANES, g);
            store(g4 + 3 * LANES, o);
        }
        store(c + r * LANES, cell);
        store_operands(h + r * h_row, out);
        if (y) store(y + r * y_row, out);
        if (y_operands) store_operands(y_operands + r * y_row, out);
    }
}

static long max_rows_of(strand_steps steps) {
    long most = 0;
    for (long s = 0; s < steps.count; s++)
        if (steps.rows[s] > most) most = steps.rows[s];
    return most;
}

/// Rows lo ..< lo + rows of the input as operands.
static operand_view inputs_of(const strand_lstm *l, long lo, long rows, void *scratch) {
    if (l->x_is_operands)
        return (operand_view){(const operand *)l->x.data + lo * l->x.row_stride, l->x.row_stride, l->x.block_stride};
    const strand_view x = {(REAL *)l->x.data + lo * l->x.row_stride, l->x.row_stride, l->x.block_stride};
    return operands(rows, l->inputs, x, scratch);
}

static void lstm_forward(const strand_lstm *l) {
    const strand_steps steps = l->steps;
    const long H = l->hidden, panels = H / LANES, max_rows = max_rows_of(steps);
    const long chunk_rows = max_rows > PROJECTED_ROWS ? max_rows : PROJECTED_ROWS;
    REAL *ring_cells = l->scratch, *ring_gates = ring_cells + max_rows * H;
    operand *h_before = (operand *)(ring_gates + 4 * chunk_rows * H), *h = h_before + max_rows * H;
    REAL *inputs_scratch = (REAL *)(h + max_rows * H);
    for (long s = 0, lo, hi, end; s < steps.count; s = end) {
        end = next_chunk(steps, s, &lo, &hi);
        // Training keeps every row's gates; inference only those of the chunk.
        const long gate_rows = l->gates ? l->rows : hi - lo;
        REAL *gates = l->gates ? (REAL *)l->gates + lo * PANEL : ring_gates;
        const operand_view x = inputs_of(l, lo, hi - lo, inputs_scratch);
        affine_operands(hi - lo, l->inputs, 4 * H, x, l->w_ih, l->bias, (strand_view){gates, PANEL, gate_rows * PANEL});
        for (; s < end; s++) {
            const long n = steps.rows[s], m = carried_rows(steps, s), row = steps.first[s];
            for (long q = 0; q < panels; q++) {
                // To and fro: the weights a step read last are still in the cache for the next.
                const long p = s % 2 ? panels - 1 - q : q;
                REAL *gates_p = gates + (p * gate_rows + row - lo) * PANEL;
                panel_product(m, H, (operand_view){h_before, H, PANEL},
                              packed_panel((const operand *)l->w_hh + p * H * PANEL, PANEL), PANEL, gates_p, PANEL,
                              gates_p, PANEL);
                REAL *c = ring_cells + p * max_rows * LANES;
                const REAL *c_before = c;
                if (l->cells) {
                    REAL *cells_p = (REAL *)l->cells + p * l->rows * LANES;
                    c = cells_p + row * LANES;
                    c_before = s > 0 ? cells_p + steps.first[s - 1] * LANES : NULL;
                }
                const long out = row * l->y_stride + p * LANES;
                REAL *y = l->y_is_operands ? NULL : (REAL *)l->y + out;
                operand *y_operands = l->y_is_operands ? (operand *)l->y + out : NULL;
                if (l->gates)
                    gates_forward(true, m, n, gates_p, c_before, c, h + p * LANES, H, y, y_operands, l->y_stride);
                else
                    gates_forward(false, m, n, gates_p, c_before, c, h + p * LANES, H, y, y_operands, l->y_stride);
            }
            operand *swap = h;
            h = h_before;
            h_before = swap;
        }
    }
}

/// From dh and the dc that came from the next step to the gradients of the gates' inputs (in place) and dc of the step before:
///     do = dh * tanh(c)                 dc += dh * o * (1 - tanh(c)^2)
///     di = dc * g   df = dc * c_before  dg = dc * i      dc_before = dc * f
///     each times the derivative of its non-linearity: s (1 - s), for g 1 - g^2
INLINE void gates_backward(long m, long n, out_ptr gates, const REAL *c_before, const REAL *c, const REAL *dh,
                           long dh_row, REAL *dc) {
    const REAL one = 1;
    for (long r = 0; r < n; r++) {
        REAL *g4 = gates + r * PANEL;
        const vec i = load(g4), f = load(g4 + LANES), g = load(g4 + 2 * LANES), o = load(g4 + 3 * LANES);
        const vec tanh_c = vec_tanh(load(c + r * LANES)), d_h = load(dh + r * dh_row);
        const vec d_c = load(dc + r * LANES) + d_h * o * (one - tanh_c * tanh_c);
        const vec before = r < m ? load(c_before + r * LANES) : (vec){};
        store(g4, d_c * g * i * (one - i));
        store(g4 + LANES, d_c * before * f * (one - f));
        store(g4 + 2 * LANES, d_c * i * (one - g * g));
        store(g4 + 3 * LANES, d_h * tanh_c * o * (one - o));
        store(dc + r * LANES, d_c * f);
    }
}

static void lstm_backward(const strand_lstm *l, void *dy, long dy_stride, const void *w_hh_transposed) {
    const strand_steps steps = l->steps;
    const long H = l->hidden, panels = H / LANES, max_rows = max_rows_of(steps);
    REAL *dc = l->scratch, *operands_scratch = dc + max_rows * H;
    REAL *gates = l->gates;
    const REAL *cells = l->cells;
    for (long s = steps.count - 1; s >= 0; s--) {
        const long n = steps.rows[s], m = carried_rows(steps, s), after = carried_rows(steps, s + 1);
        const long row = steps.first[s];
        // dh_s = dy_s + dgates_{s+1} . w_hh, the second term only for sequences that go on
        REAL *dh = (REAL *)dy + row * dy_stride;
        if (after > 0)
            affine(after, 4 * H, H, (strand_view){gates + steps.first[s + 1] * PANEL, PANEL, l->rows * PANEL},
                   w_hh_transposed, NULL, (strand_view){dh, dy_stride, PANEL}, operands_scratch);
        for (long p = 0; p < panels; p++) {
            REAL *dc_p = dc + p * max_rows * LANES;
            __builtin_memset(dc_p + after * LANES, 0, (size_t)(n - after) * LANES * sizeof(REAL));
            const REAL *cells_p = cells + p * l->rows * LANES;
            gates_backward(m, n, gates + (p * l->rows + row) * PANEL, s > 0 ? cells_p + steps.first[s - 1] * LANES : NULL,
                           cells_p + row * LANES, dh + p * LANES, dy_stride, dc_p);
        }
    }
}
