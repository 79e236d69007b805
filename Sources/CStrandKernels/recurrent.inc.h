// Part of kernels.inc.h: a recurrent layer over the steps of one direction, forward.
//
// Names: p panel of units, s step in processing order, n living rows of s, m <= n rows carried over from s - 1.

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

/// Scratch of `recurrent_forward`: h of two steps (max_rows x H each), state of one step, gates and inputs of one chunk.
/// Scratch of `recurrent_backward`: the state's gradient of one step, gradients of one step's gates as operands.
static long recurrent_scratch(long max_rows, long inputs, long hidden) {
    const long chunk = max_rows > PROJECTED_ROWS ? max_rows : PROJECTED_ROWS;
    const long most_gates = PANEL / LANES * hidden;
    const long as_operands = operand_scratch(chunk, inputs > most_gates ? inputs : most_gates);
    return 3 * max_rows * hidden + chunk * most_gates + as_operands;
}

static long max_rows_of(strand_steps steps) {
    long most = 0;
    for (long s = 0; s < steps.count; s++)
        if (steps.rows[s] > most) most = steps.rows[s];
    return most;
}

/// The sums over inputs of rows lo ..< lo + rows.
static void project(const strand_recurrent *l, long lo, long rows, long columns, strand_view gates, void *scratch) {
    strand_view x = l->x;
    const size_t element = l->x_is_operands ? sizeof(operand) : sizeof(REAL);
    x.data = (char *)x.data + (size_t)(lo * x.row_stride) * element;
    affine(rows, l->inputs, columns, x, l->x_is_operands, l->w_ih, l->bias, gates, scratch);
}

/// The bias of the sums over units, for `rows` rows of a panel. A gate that inputs reach too has its sum already: the bias
/// is added. A gate that only units reach begins with its bias.
INLINE void add_recurrent_bias(long rows, strand_cell_layout layout, const REAL *bias, REAL *gates) {
    const long columns = layout.gates * LANES;
    for (long k = 0; k < columns; k += LANES) {
        const vec start = load(bias + k);
        const bool is_shared = k + layout.recurrent_column < columns;
        REAL *sum = gates + layout.recurrent_column + k;
        for (long n = 0; n < rows; n++, sum += PANEL) store(sum, is_shared ? load(sum) + start : start);
    }
}

/// One panel at one step: its state lies in `cells` (training) or in the ring of one step.
INLINE cell_step step_of(const strand_recurrent *l, strand_cell_layout layout, long s, long p, REAL *gates, REAL *ring) {
    const strand_steps steps = l->steps;
    cell_step step = {.m = carried_rows(steps, s), .n = steps.rows[s], .gates = gates, .before = ring, .state = ring};
    step.units = min_long(layout.units, l->hidden - p * layout.units);
    if (l->cells) {
        REAL *cells = (REAL *)l->cells + p * l->rows * LANES;
        step.before = s > 0 ? cells + steps.first[s - 1] * LANES : NULL;
        step.state = cells + steps.first[s] * LANES;
    }
    if (l->peepholes) step.peepholes = (const REAL *)l->peepholes + p * layout.peepholes * LANES;
    return step;
}

static void recurrent_forward(const strand_recurrent *l) {
    const strand_steps steps = l->steps;
    const strand_cell_layout layout = strand_layout_of(l->cell);
    const long H = l->hidden, panels = strand_panels(layout, H), max_rows = max_rows_of(steps);
    const long columns = layout.gates * H, panel_columns = layout.gates * layout.units;
    const long chunk_rows = max_rows > PROJECTED_ROWS ? max_rows : PROJECTED_ROWS;
    REAL *ring_cells = l->scratch, *ring_gates = ring_cells + max_rows * H;
    operand *h_before = (operand *)(ring_gates + panels * PANEL * chunk_rows), *h = h_before + max_rows * H;
    REAL *inputs_scratch = (REAL *)(h + max_rows * H);
    for (long s = 0, lo, hi, end; s < steps.count; s = end) {
        end = next_chunk(steps, s, &lo, &hi);
        // Training keeps every row's gates; inference only those of the chunk.
        const long gate_rows = l->gates ? l->rows : hi - lo;
        REAL *gates = l->gates ? (REAL *)l->gates + lo * PANEL : ring_gates;
        project(l, lo, hi - lo, columns, (strand_view){gates, PANEL, panel_columns, gate_rows * PANEL}, inputs_scratch);
        for (; s < end; s++) {
            const long m = carried_rows(steps, s), row = steps.first[s];
            for (long q = 0; q < panels; q++) {
                // To and fro: the weights a step read last are still in the cache for the next.
                const long p = s % 2 ? panels - 1 - q : q;
                const cell_step step = step_of(l, layout, s, p, gates + (p * gate_rows + row - lo) * PANEL,
                                               ring_cells + p * max_rows * LANES);
                if (layout.has_recurrent_bias)
                    add_recurrent_bias(step.n, layout, (const REAL *)l->recurrent_bias + p * panel_columns, step.gates);
                const long width = min_long(panel_columns, columns - p * panel_columns);
                REAL *sums = step.gates + layout.recurrent_column;
                panel_product(m, H, (operand_view){h_before, H, PANEL, PANEL},
                              packed_panel(l->w_hh, H, p * panel_columns, width), width, sums, PANEL, sums, PANEL);
                const long out = row * l->y_stride + p * layout.units;
                const cell_output to = {
                    .next = h + p * layout.units,
                    .next_row = H,
                    .y = l->y_is_operands ? NULL : (REAL *)l->y + out,
                    .y_operands = l->y_is_operands ? (operand *)l->y + out : NULL,
                    .y_row = l->y_stride,
                };
                if (l->gates)
                    cell_forward(l->cell, true, &step, &to);
                else
                    cell_forward(l->cell, false, &step, &to);
            }
            operand *swap = h;
            h = h_before;
            h_before = swap;
        }
    }
}
