// Part of kernels.inc.h: connectionist temporal classification (Graves, Fernandez, Gomez & Schmidhuber 2006), in log space.
//
// Letters: T steps of one sequence, K labels, L symbols of its text. A path goes through S = 2 L + 1 states, which are
// blank, symbol, blank, ..., symbol, blank: each step it stays, goes on by one, or by two past a blank between different
// symbols. alpha_t(s) is the probability of all paths that are in state s at step t, with what they emitted up to t;
// beta_t(s) that of all ways from there to the end. At each step the largest is subtracted from all, which saves a float's
// precision for the differences; the sum of the subtracted numbers gives the loss.

/// The logarithm of nothing: far below every sum, and sums of it do not overflow.
#define LOG_ZERO ((REAL)-1e30)

/// States before the first and after the last that are always LOG_ZERO, so that neighbours can be loaded as vectors.
enum { STATE_MARGIN = LANES };

INLINE vec vec_max(vec a, vec b) { return __builtin_elementwise_max(a, b); }

/// ln(e^a + e^b + e^c)
INLINE vec log_add(vec a, vec b, vec c) {
    const vec most = vec_max(vec_max(a, b), c);
    return most + vec_log(vec_exp2((a - most) * LOG2_E) + vec_exp2((b - most) * LOG2_E) + vec_exp2((c - most) * LOG2_E));
}

INLINE REAL largest(vec v) {
    REAL most = v[0];
    for (int lane = 1; lane < LANES; lane++)
        if (v[lane] > most) most = v[lane];
    return most;
}

/// States of `length` symbols in whole vectors.
INLINE long padded_states(long length) { return (2 * length + 1 + LANES - 1) / LANES * LANES; }

/// A row of states with its margins.
INLINE long state_stride(long length) { return padded_states(length) + 2 * STATE_MARGIN; }

INLINE long padded_labels(long labels) { return (labels + LANES - 1) / LANES * LANES; }

/// alpha and emissions of all steps, two rows of beta, may-skip, and one row of label probabilities.
static long ctc_scratch(long steps, long labels, long length) {
    return (2 * steps + 3) * state_stride(length) + padded_labels(labels);
}

/// All states of a row = value.
static void fill_states(long count, REAL value, REAL *states) {
    for (long s = 0; s < count; s += LANES) store(states + s, splat(value));
}

/// Takes the largest off the states; returns it.
INLINE REAL normalise(long states, REAL *row) {
    vec most = load(row);
    for (long s = LANES; s < states; s += LANES) most = vec_max(most, load(row + s));
    const REAL top = largest(most);
    for (long s = 0; s < states; s += LANES) store(row + s, vec_max(load(row + s) - top, splat(LOG_ZERO)));
    return top;
}

/// probabilities (K, padded with 0) = softmax of one row of logits; returns ln of the sum that it was divided by.
static REAL log_softmax_sum(long labels, const REAL *logits, REAL *probabilities) {
    const long padded = padded_labels(labels);
    fill_states(padded, LOG_ZERO, probabilities);
    __builtin_memcpy(probabilities, logits, (size_t)labels * sizeof(REAL));
    vec most = load(probabilities);
    for (long k = LANES; k < padded; k += LANES) most = vec_max(most, load(probabilities + k));
    const REAL top = largest(most);
    REAL sum = 0;
    for (long k = 0; k < padded; k += LANES) store(probabilities + k, vec_exp2((load(probabilities + k) - top) * LOG2_E));
    for (long k = 0; k < labels; k++) sum += probabilities[k];
    for (long k = 0; k < padded; k += LANES) store(probabilities + k, load(probabilities + k) / sum);
    return top + (REAL)__builtin_log(sum);
}

/// A row of the gradient = values of all labels (NULL: zeros), and zeros in its padding.
INLINE void set_row(const strand_ctc *c, long row, const REAL *values) {
    REAL *dz = (REAL *)c->gradient + row * c->stride;
    __builtin_memset(dz, 0, (size_t)c->stride * sizeof(REAL));
    if (values) __builtin_memcpy(dz, values, (size_t)c->labels * sizeof(REAL));
}

/// Label of state s.
INLINE long state_label(const strand_ctc *c, long s) { return s % 2 ? c->text[s / 2] : c->blank; }

/// The gradient of all steps, where the forward pass left the probabilities of the labels: each less the share of the paths
/// that emit it there. `beta` is two rows.
static void ctc_gradient(const strand_ctc *c, REAL *alpha, const REAL *emitted, REAL *beta, const REAL *skip) {
    const long T = c->steps, S = 2 * c->length + 1, states = padded_states(c->length), stride = state_stride(c->length);
    REAL *after = beta, *b = beta + stride;
    for (long t = T - 1; t >= 0; t--) {
        if (t == T - 1) {
            b[S - 1] = 0;
            if (S > 1) b[S - 2] = 0;
        } else {
            // `after` becomes beta times emission of step t + 1.
            const REAL *e = emitted + (t + 1) * stride;
            for (long s = 0; s < states; s += LANES)
                store(after + s, vec_max(load(after + s) + load(e + s), splat(LOG_ZERO)));
            for (long s = 0; s < states; s += LANES)
                store(b + s, log_add(load(after + s), load(after + s + 1), load(after + s + 2) + load(skip + s + 2)));
            normalise(states, b);
        }
        // The share of all paths that are in each state at this step; every path is in one.
        REAL *share = alpha + t * stride;
        for (long s = 0; s < states; s += LANES) store(share + s, load(share + s) + load(b + s));
        normalise(states, share);
        REAL sum = 0;
        for (long s = 0; s < states; s += LANES) store(share + s, vec_exp2(load(share + s) * LOG2_E));
        for (long s = 0; s < S; s++) sum += share[s];
        REAL *dz = (REAL *)c->gradient + c->rows[t] * c->stride;
        for (long s = 0; s < S; s++) dz[state_label(c, s)] -= share[s] / sum;
        for (long k = 0; k < c->labels; k++) dz[k] *= (REAL)c->scale;
        REAL *swap = after;
        after = b;
        b = swap;
    }
}

static double ctc(const strand_ctc *c, void *scratch) {
    const long T = c->steps, S = 2 * c->length + 1, states = padded_states(c->length), stride = state_stride(c->length);
    REAL *alpha = (REAL *)scratch + STATE_MARGIN, *emitted = alpha + T * stride, *beta = emitted + T * stride;
    REAL *skip = beta + 2 * stride, *p = skip + stride - STATE_MARGIN;
    fill_states((2 * T + 3) * stride, LOG_ZERO, scratch);
    // A path may pass over the blank before a symbol that differs from the one before that blank.
    for (long s = 3; s < S; s += 2)
        if (c->text[s / 2] != c->text[s / 2 - 1]) skip[s] = 0;
    double total = 0;
    for (long t = 0; t < T; t++) {
        const REAL *z = (const REAL *)c->logits + c->rows[t] * c->stride;
        const REAL sum = log_softmax_sum(c->labels, z, p);
        if (c->gradient) set_row(c, c->rows[t], p);
        REAL *a = alpha + t * stride, *e = emitted + t * stride;
        for (long s = 0; s < S; s++) e[s] = z[state_label(c, s)] - sum;
        if (t == 0) {
            a[0] = e[0];
            if (S > 1) a[1] = e[1];
        } else {
            const REAL *before = a - stride;
            for (long s = 0; s < states; s += LANES)
                store(a + s, log_add(load(before + s), load(before + s - 1), load(before + s - 2) + load(skip + s)) +
                                 load(e + s));
        }
        total += normalise(states, a);
    }
    const REAL *end = alpha + (T - 1) * stride;
    const double last = end[S - 1], other = S > 1 ? end[S - 2] : LOG_ZERO;
    const double most = last > other ? last : other;
    const bool is_feasible = most > LOG_ZERO / 2 && total > LOG_ZERO / 2;
    total += most + __builtin_log(__builtin_exp(last - most) + __builtin_exp(other - most));
    if (c->gradient && is_feasible) ctc_gradient(c, alpha, emitted, beta, skip);
    if (c->gradient && !is_feasible)
        for (long t = 0; t < T; t++) set_row(c, c->rows[t], NULL);
    return is_feasible ? -total : __builtin_inf();
}
