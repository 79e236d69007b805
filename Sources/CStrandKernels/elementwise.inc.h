// Part of kernels.inc.h: dropout masks, cross-entropy, the optimiser's step.

static void mask_rows(strand_steps steps, long columns, const void *in, void *out, long stride, const void *mask) {
    for (long s = 0; s < steps.count; s++)
        for (long r = 0; r < steps.rows[s]; r++) {
            const REAL *from = (const REAL *)in + (steps.first[s] + r) * stride;
            in_ptr factor = (const REAL *)mask + r * columns;
            REAL *to = (REAL *)out + (steps.first[s] + r) * stride;
            for (long k = 0; k < columns; k += LANES) store(to + k, load(from + k) * load(factor + k));
        }
}

/// probabilities (labels) = softmax of one row of logits, by libm: for losses
INLINE void softmax_row(long labels, const REAL *logits, REAL *probabilities) {
    REAL most = logits[0], sum = 0;
    for (long k = 1; k < labels; k++)
        if (logits[k] > most) most = logits[k];
    for (long k = 0; k < labels; k++) sum += probabilities[k] = (REAL)__builtin_exp(logits[k] - most);
    for (long k = 0; k < labels; k++) probabilities[k] /= sum;
}

/// Loss of a row: -(1 - e) log(sum_{k in S} p_k) - e sum_k q_k log p_k
/// Its gradient:  dz_k = p_k - (1 - e) [k in S] p_k / sum_{j in S} p_j - e q_k
static double cross_entropy(long rows, long labels, const void *logits, long stride, const uint32_t *admissible,
                            const double *shares, const void *soft, double scale, void *gradient) {
    double total = 0;
    REAL p[32], q[32];
    for (long k = 0; k < labels; k++) q[k] = (REAL)1 / (REAL)labels;
    for (long n = 0; n < rows; n++) {
        REAL *dz = gradient ? (REAL *)gradient + n * stride : NULL;
        if (dz) __builtin_memset(dz, 0, (size_t)stride * sizeof(REAL));
        if (admissible[n] == 0) continue;
        const double share = shares[n];
        if (soft) __builtin_memcpy(q, (const REAL *)soft + n * labels, (size_t)labels * sizeof(REAL));
        softmax_row(labels, (const REAL *)logits + n * stride, p);
        REAL right = 0;
        double log_sum = 0;
        for (long k = 0; k < labels; k++) {
            if (admissible[n] >> k & 1) right += p[k];
            if (share > 0) log_sum += q[k] * __builtin_log(__builtin_fmax(p[k], 1e-30));
        }
        right = right > (REAL)1e-30 ? right : (REAL)1e-30;
        total -= (1 - share) * __builtin_log(right) + share * log_sum;
        if (!dz) continue;
        for (long k = 0; k < labels; k++) {
            const double target = admissible[n] >> k & 1 ? (1 - share) * p[k] / right : 0;
            dz[k] = (REAL)(scale * (p[k] - target - share * q[k]));
        }
    }
    return total;
}

static double squared_norm(long count, const void *values) {
    in_ptr x = values;
    double sum = 0;
    for (long i = 0; i < count; i += LANES) {
        const vec v = load(x + i);
        const vec square = v * v;
        for (int lane = 0; lane < LANES; lane++) sum += square[lane];
    }
    return sum;
}

/// m = b1 m + (1 - b1) g      v = b2 v + (1 - b2) g^2
/// w = w - rate * (m / c1 / (sqrt(v / c2) + epsilon) + decay * w)
/// average = average + (1 - d) (w - average)
static void adamw(long count, const strand_adamw *step, const void *gradient, void *weights, void *first_moment,
                  void *second_moment, void *average) {
    const REAL b1 = step->beta1, b2 = step->beta2, scale = step->gradient_scale;
    const REAL rate = step->rate / step->correction1, root = 1 / __builtin_sqrt(step->correction2), epsilon = step->epsilon;
    const REAL keep = 1 - step->rate * step->decay, follow = 1 - step->average_decay;
    for (long i = 0; i < count; i += LANES) {
        const vec g = load((const REAL *)gradient + i) * scale;
        const vec m = b1 * load((REAL *)first_moment + i) + (1 - b1) * g;
        const vec v = b2 * load((REAL *)second_moment + i) + (1 - b2) * g * g;
        const vec old = load((REAL *)weights + i), mean = load((REAL *)average + i);
        const vec w = keep * old - rate * m / (__builtin_elementwise_sqrt(v) * root + epsilon);
        store((REAL *)first_moment + i, m);
        store((REAL *)second_moment + i, v);
        store((REAL *)weights + i, w);
        store((REAL *)average + i, mean + follow * (w - mean));
    }
}
