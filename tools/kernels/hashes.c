// Prints a hash of what each path of the kernels computes for networks of every cell, so that paths and processors can be
// compared: `hashes [PATH...]`, all paths that this processor runs without arguments. A line: precision, path, cell, hash.
#include "CStrandKernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUTS = 21, HIDDEN = 80, LABELS = 16, SEQUENCES = 19 };

static uint64_t state;

/// Uniform in -limit ... limit, of few bits: the same number everywhere.
static float number(float limit) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (float)((int32_t)(state >> 41) - (1 << 22)) / (float)(1 << 22) * limit;
}

static float *numbers(long count, float limit) {
    float *values = aligned_alloc(64, (size_t)(count + 16) / 16 * 64);
    for (long i = 0; i < count; i++) values[i] = number(limit);
    return values;
}

/// Weights (inner x columns), prepared unless the table reads them as they are.
static void *weights(const strand_kernels *table, long inner, long columns, long panel, bool are_scalars) {
    float *values = numbers(inner * columns, 0.4f);
    if (!table->prepare || (table->keeps_scalars && are_scalars)) return values;
    void *prepared = aligned_alloc(64, (size_t)(table->prepared_count(inner, columns) + 16) / 16 * 64);
    table->prepare(inner, columns, panel, values, prepared);
    free(values);
    return prepared;
}

static void fnv(uint64_t *hash, const void *bytes, long count) {
    for (long i = 0; i < count; i++) *hash = (*hash ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
}

/// Two layers, the first of one-hot or of dense inputs, an output layer and a softmax over a ragged batch.
static uint64_t run(const strand_kernels *table, strand_cell cell, bool is_hot) {
    const strand_cell_layout layout = strand_layout_of(cell);
    const long H = HIDDEN, columns = layout.gates * H, panel = layout.gates * layout.units;
    int32_t first[64], rows[64];
    strand_steps steps = {0, first, rows};
    long N = 0, alive = SEQUENCES;
    // Lengths 40, 38, 36, ...
    for (; steps.count < 40; steps.count++) {
        while (40 - 2 * (alive - 1) <= steps.count) alive--;
        first[steps.count] = (int32_t)N;
        rows[steps.count] = (int32_t)alive;
        N += alive;
    }
    state = 1 + (uint64_t)cell;
    float *x = numbers(N * INPUTS, 1);
    for (long n = 0; is_hot && n < N; n++) {
        for (long k = 0; k < INPUTS; k++) x[n * INPUTS + k] = 0;
        x[n * INPUTS + n * 7 % INPUTS] = 1;
    }
    float *between = numbers(N * H, 0), *top = numbers(N * H, 0), *logits = numbers(N * LABELS, 0);
    for (int layer = 0; layer < 2; layer++) {
        const long inputs = layer == 0 ? INPUTS : H;
        strand_recurrent call = {
            .cell = cell, .steps = steps, .rows = N, .inputs = inputs, .hidden = H,
            .w_ih = weights(table, inputs, columns, panel, layer == 0),
            .w_hh = weights(table, H, columns, panel, false),
            .bias = numbers(columns, 0.5f),
            .recurrent_bias = layout.has_recurrent_bias ? numbers(columns, 0.5f) : NULL,
            .peepholes = layout.peepholes ? numbers(layout.peepholes * H, 0.3f) : NULL,
            .x = {layer == 0 ? x : between, inputs, STRAND_PANEL, STRAND_PANEL},
            .x_is_operands = layer > 0, .y = layer == 0 ? between : top, .y_stride = H,
            .y_is_operands = layer == 0 || !table->keeps_scalars,
        };
        call.scratch = numbers(table->recurrent_scratch(SEQUENCES, inputs, H), 0);
        table->recurrent_forward(&call);
        free((void *)call.w_ih), free((void *)call.w_hh), free((void *)call.bias), free(call.scratch);
        free((void *)call.recurrent_bias), free((void *)call.peepholes);
    }
    void *w = weights(table, H, LABELS, STRAND_PANEL, true), *scratch = numbers(table->affine_scratch(N, H), 0);
    float *bias = numbers(LABELS, 0.5f);
    table->affine(N, H, LABELS, (strand_view){top, H, STRAND_PANEL, STRAND_PANEL}, !table->keeps_scalars, w, bias,
                  (strand_view){logits, LABELS, STRAND_PANEL, STRAND_PANEL}, scratch);
    uint64_t hash = 14695981039346656037u;
    fnv(&hash, logits, N * LABELS * 4);
    table->softmax(N, LABELS - 3, 1.25, logits, LABELS);
    for (long n = 0; n < N; n++) fnv(&hash, logits + n * LABELS, 4 * (LABELS - 3));
    free(x), free(between), free(top), free(logits), free(w), free(scratch), free(bias);
    return hash;
}

int main(int count, char **names) {
    static const char *cells[] = {"lstm", "peephole-lstm", "gru", "mgu", "rnn"};
    static char *all[] = {"", "portable", "avx2", "avx512", "int8", "int8avx2", "int8avx512", "int8avxvnni", "int8vnni",
                          "int8amx", "int8dot"};
    if (count < 2) count = sizeof(all) / sizeof(*all), names = all;
    for (int i = 1; i < count; i++) {
        const strand_kernels *table = strand_kernels_named(names[i], 4);
        if (!table) continue;
        for (int cell = STRAND_LSTM; cell <= STRAND_RNN; cell++)
            printf("%s %s %s %016llx %016llx\n", table->precision, names[i], cells[cell],
                   (unsigned long long)run(table, (strand_cell)cell, true),
                   (unsigned long long)run(table, (strand_cell)cell, false));
    }
}
