"""Golden numbers of figures of classes, the sign test and calibration, from scikit-learn, scipy and numpy.

    python metrics_golden.py ../../Tests/StrandMetricsTests/Fixtures/metrics.json

Needs scikit-learn, scipy and numpy. The file holds
    versions        of the three
    confusions      truth, predicted: labels 0 to classes - 1; matrix (truth, prediction); of each class against all
                    others precision, recall, f1, mcc; macroPrecision, macroRecall, macroF1, multiclassMCC
    signTests       wins, losses; p of the two-sided test that both are equally likely
    calibration     confidences, correct; bins; ece

What is 0/0 is null: precision of a class never predicted, recall of one never true, F1 of one that is neither, MCC where
truth or prediction is always the same. A macro figure is the mean over the classes that have a value.

    ECE = sum over bins b of |b| / n * |accuracy of b - mean confidence of b|      (Guo et al. 2017, equation 3)

with bins of equal width on confidence. No confidence lies on an edge between two bins: whether an edge is of the bin above
it or below, the number is the same.
"""
import json
import math
import random
import sys
from importlib.metadata import version

import numpy as np
from scipy.stats import binomtest
from sklearn.metrics import (
    confusion_matrix, f1_score, matthews_corrcoef, precision_recall_fscore_support, precision_score, recall_score)

BINS = 15
SIGN_TESTS = [
    (1, 0), (0, 1), (1, 1), (5, 0), (0, 6), (8, 2), (7, 7), (10, 11), (61, 39), (268, 243), (300, 211), (0, 60),
    (2100, 1900),
]


def drawn(generator, length, right, true, guessed):
    """Labels of `true` and predictions: with probability `right` the label if it is in `guessed`, else any of `guessed`."""
    truth = [generator.choice(true) for _ in range(length)]
    predicted = [
        label if label in guessed and generator.random() < right else generator.choice(guessed) for label in truth
    ]
    return truth, predicted


def label_arrays(generator):
    """Numbers of classes with their labels."""
    yield 3, *drawn(generator, 60, 0.6, [0, 0, 1, 2], [0, 1, 2])
    yield 8, *drawn(generator, 150, 0.5, [0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 7], range(8))
    yield 3, *drawn(generator, 30, 0.5, [0, 1, 2], [0, 1])                # 2 is never predicted
    yield 3, *drawn(generator, 30, 0.5, [0, 2], [0, 1, 2])                # 1 is never true
    yield 8, *drawn(generator, 100, 0.6, [0, 1, 3, 4, 7], [0, 1, 3, 5])   # 2 and 6 are neither
    yield 3, *drawn(generator, 20, 1.0, [0, 1, 2], [0, 1, 2])             # all right
    yield 3, [1] * 12, [0, 1, 2] * 4                                      # always the same truth
    yield 3, [0, 1, 2] * 4, [2] * 12                                      # always the same prediction
    yield 3, [1] * 5, [1] * 5


def known(values):
    return [None if math.isnan(value) else float(value) for value in values]


def mcc(truth, predicted):
    varies = len(set(truth)) > 1 and len(set(predicted)) > 1
    return float(matthews_corrcoef(truth, predicted)) if varies else None


def confusion_figures(classes, truth, predicted):
    options = {"labels": range(classes), "zero_division": np.nan}
    precision, recall, f1, _ = precision_recall_fscore_support(truth, predicted, **options)
    binary = [([label == k for label in truth], [label == k for label in predicted]) for k in range(classes)]
    return {
        "classes": classes, "truth": truth, "predicted": predicted,
        "matrix": confusion_matrix(truth, predicted, labels=range(classes)).tolist(),
        "precision": known(precision), "recall": known(recall), "f1": known(f1),
        "mcc": [mcc(*pair) for pair in binary],
        "macroPrecision": float(precision_score(truth, predicted, average="macro", **options)),
        "macroRecall": float(recall_score(truth, predicted, average="macro", **options)),
        "macroF1": float(f1_score(truth, predicted, average="macro", **options)),
        "multiclassMCC": mcc(truth, predicted),
    }


def check_macro(figures):
    """That scikit-learn leaves out what is 0/0, as Strand does."""
    for name, macro in [("precision", "macroPrecision"), ("recall", "macroRecall"), ("f1", "macroF1")]:
        values = [value for value in figures[name] if value is not None]
        assert math.isclose(figures[macro], sum(values) / len(values)), (name, figures)
    return figures


def sign_test(wins, losses):
    return {"wins": wins, "losses": losses, "p": float(binomtest(wins, wins + losses, 0.5).pvalue)}


def confidence_cases(generator):
    """Confidences of predictions with whether each was right."""
    for length, low, bias in [(200, 1 / 3, 0.0), (120, 1 / 8, 0.15), (60, 0.9, 0.3), (1, 0.5, 0.0)]:
        confidences = [round(generator.uniform(low, 1), 4) for _ in range(length)]
        yield confidences, [generator.random() < confidence - bias for confidence in confidences]
    yield [1.0, 1.0, 1.0, 0.99], [True, True, False, True]
    yield [0.05, 0.5, 0.95], [False, False, True]


def calibration(confidences, correct):
    confidence, right = np.array(confidences), np.array(correct, dtype=float)
    place = confidence * BINS
    assert (abs(place - place.round())[confidence < 1] > 1e-6).all(), "a confidence on an edge"
    bin_of = np.minimum(place.astype(int), BINS - 1)
    ece = 0.0
    for b in range(BINS):
        inside = bin_of == b
        if inside.any():
            ece += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return {"confidences": confidences, "correct": correct, "bins": BINS, "ece": float(ece)}


generator = random.Random(20261123)
fixture = {
    "confusions": [check_macro(confusion_figures(*arrays)) for arrays in label_arrays(generator)],
    "signTests": [sign_test(*counts) for counts in SIGN_TESTS],
    "calibration": [calibration(*case) for case in confidence_cases(generator)],
}
with open(sys.argv[1], "w", encoding="ascii") as file:
    head = {"versions": {name: version(name) for name in ("scikit-learn", "scipy", "numpy")}}
    file.write(json.dumps(head)[:-1])
    for name, cases in fixture.items():
        file.write(f',\n"{name}": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]")
    file.write("\n}\n")
