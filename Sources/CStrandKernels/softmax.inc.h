// Part of kernels.inc.h and kernels8.inc.h: the softmax of inference.

/// p_k = exp((z_k - max z) / t) / sum_j exp((z_j - max z) / t), in place, for each row; sums run over k in ascending order.
/// A power of e below the least normal number is 0.
static void softmax(long rows, long labels, double temperature, void *logits, long stride) {
    AS_WRITTEN
    const REAL by = (REAL)temperature;
    for (long n = 0; n < rows; n++) {
        REAL *row = (REAL *)logits + n * stride;
        REAL most = row[0], sum = 0;
        for (long k = 1; k < labels; k++)
            if (row[k] > most) most = row[k];
        for (long k = 0; k < labels; k += LANES) {
            const size_t bytes = (size_t)min_long(LANES, labels - k) * sizeof(REAL);
            vec powers = {};
            __builtin_memcpy(&powers, row + k, bytes);
            powers = LOG2_E * ((powers - most) / by);
            const __typeof__(powers > powers) is_normal = powers > LEAST_POWER;
            powers = (vec)((__typeof__(is_normal))vec_exp2(powers) & is_normal);
            __builtin_memcpy(row + k, &powers, bytes);
        }
        for (long k = 0; k < labels; k++) sum += row[k];
        for (long k = 0; k < labels; k++) row[k] /= sum;
    }
}
