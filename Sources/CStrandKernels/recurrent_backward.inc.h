// Part of kernels.inc.h: the backward pass of recurrent.inc.h.

static void recurrent_backward(const strand_recurrent *l, void *dy, long dy_stride, const void *w_hh_transposed,
                               void *peephole_gradient) {
    const strand_steps steps = l->steps;
    const strand_cell_layout layout = strand_layout_of(l->cell);
    const long H = l->hidden, panels = strand_panels(layout, H), max_rows = max_rows_of(steps);
    REAL *through = l->scratch, *operands_scratch = through + max_rows * H;
    REAL *gates = l->gates;
    for (long s = steps.count - 1; s >= 0; s--) {
        const long n = steps.rows[s], after = carried_rows(steps, s + 1), row = steps.first[s];
        // dh_s = dy_s + dgates_{s+1} . w_hh, the second term only for sequences that go on
        REAL *dh = (REAL *)dy + row * dy_stride;
        if (after > 0) {
            REAL *next = gates + steps.first[s + 1] * PANEL + layout.recurrent_column;
            affine(after, layout.gates * H, H, (strand_view){next, PANEL, layout.gates * layout.units, l->rows * PANEL},
                   false, w_hh_transposed, NULL, (strand_view){dh, dy_stride, PANEL, PANEL}, operands_scratch);
        }
        for (long p = 0; p < panels; p++) {
            const cell_step step = step_of(l, layout, s, p, gates + (p * l->rows + row) * PANEL, NULL);
            REAL *through_p = through + p * max_rows * LANES;
            if (layout.has_state)
                __builtin_memset(through_p + after * LANES, 0, (size_t)(n - after) * LANES * sizeof(REAL));
            cell_backward(l->cell, &step, dh + p * layout.units, dy_stride, through_p,
                          peephole_gradient ? (REAL *)peephole_gradient + p * layout.peepholes * LANES : NULL);
        }
    }
}
