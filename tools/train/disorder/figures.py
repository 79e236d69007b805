"""Figures of a two-class prediction from counts by score, so that a resample of chains is a weighted sum of counts.

B resamples, C chains, V values of the score in ascending order. D is the positive class.
"""

import numpy


def counts(chains, values):
    """Counts by score [C, V] of each letter T (D at an end), I (D inside) and O, for chains of (codes, letters)."""
    tables = {letter: numpy.zeros((len(chains), values), numpy.float32) for letter in "TIO"}
    for row, (codes, letters) in enumerate(chains):
        for letter, table in tables.items():
            table[row] = numpy.bincount(codes[letters == letter], minlength=values)
    return tables


def auc(positive, negative):
    """The area under the ROC curve, ties half, of counts [B, V]: P(score of D > score of O) + P(equal) / 2; [B]."""
    below = numpy.cumsum(negative, axis=1) - negative
    pairs = numpy.sum(positive * (below + negative / 2), axis=1)
    return divide(pairs, positive.sum(axis=1) * negative.sum(axis=1))


def average_precision(positive, negative):
    """Sum over thresholds, from the highest, of (gain in recall) x precision, of counts [B, V]; [B]."""
    true = numpy.cumsum(positive[:, ::-1], axis=1)
    false = numpy.cumsum(negative[:, ::-1], axis=1)
    precision = divide(true, true + false, 0)
    return divide(numpy.sum(positive[:, ::-1] * precision, axis=1), positive.sum(axis=1))


def confusion(positive, negative, threshold):
    """True and false positives, true and false negatives [B], where the index of the score is at least the threshold."""
    tp, fp = positive[:, threshold:].sum(axis=1), negative[:, threshold:].sum(axis=1)
    return tp, fp, negative.sum(axis=1) - fp, positive.sum(axis=1) - tp


def matthews(tp, fp, tn, fn):
    """(TP TN - FP FN) / sqrt((TP + FP)(TP + FN)(TN + FP)(TN + FN)); 0 where one class is never predicted."""
    return divide(tp * tn - fp * fn, numpy.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)), 0)


def balanced_accuracy(tp, fp, tn, fn):
    """(TP / (TP + FN) + TN / (TN + FP)) / 2."""
    return (divide(tp, tp + fn) + divide(tn, tn + fp)) / 2


def best_threshold(positive, negative):
    """The index of the score with the best Matthews correlation of counts [V]; the highest of equals."""
    tp = numpy.cumsum(positive[::-1])[::-1].astype(numpy.float64)
    fp = numpy.cumsum(negative[::-1])[::-1].astype(numpy.float64)
    correlation = matthews(tp, fp, negative.sum() - fp, positive.sum() - tp)
    return len(correlation) - 1 - int(numpy.argmax(correlation[::-1]))


def divide(numerator, denominator, otherwise=numpy.nan):
    """The quotient, and `otherwise` where the denominator is 0."""
    result = numpy.full(numpy.shape(numerator), otherwise, numpy.float64)
    numpy.divide(numerator, denominator, out=result, where=denominator != 0)
    return result


def measure(tables, weights, threshold, half):
    """All figures [B] of counts [C, V] for the weights of chains [B, C]; thresholds are indices of scores."""
    ends, inside, ordered = (
        (weights @ tables[letter]).astype(numpy.float64) for letter in "TIO")
    both = ends + inside
    chosen, even = confusion(both, ordered, threshold), confusion(both, ordered, half)
    return {
        "MCC": matthews(*chosen),
        "MCC at 0.5": matthews(*even),
        "AUC": auc(both, ordered),
        "AP": average_precision(both, ordered),
        "balanced accuracy": balanced_accuracy(*chosen),
        "balanced accuracy at 0.5": balanced_accuracy(*even),
        "recall": divide(chosen[0], chosen[0] + chosen[3]),
        "precision": divide(chosen[0], chosen[0] + chosen[1]),
        "AUC at ends": auc(ends, ordered),
        "AUC inside": auc(inside, ordered),
        "AP at ends": average_precision(ends, ordered),
        "AP inside": average_precision(inside, ordered),
        "recall at ends": divide(ends[:, threshold:].sum(axis=1), ends.sum(axis=1)),
        "recall inside": divide(inside[:, threshold:].sum(axis=1), inside.sum(axis=1)),
        "share of D": divide(both.sum(axis=1), both.sum(axis=1) + ordered.sum(axis=1)),
    }
