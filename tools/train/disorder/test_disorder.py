"""Tests of labels, of the figures against plain definitions, and of reading and writing predictions.

    python3 -m unittest discover tools/train/disorder
"""

import contextlib
import io
import json
import math
import os
import sys
import tempfile
import unittest
from unittest import mock

import numpy

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import baseline
import figures
import labels
import make_labels
import measure
from chains import read_predictions, read_ssfa, write_predictions, write_ssfa


class Labels(unittest.TestCase):
    def test_disorder_is_what_has_no_coordinates(self):
        self.assertEqual(labels.disorder("-CH-E-"), "DOODOD")

    def test_runs_at_either_end_and_inside(self):
        self.assertEqual(labels.split_termini("DDODOOD"), "TTOIOOT")
        self.assertEqual(labels.split_termini("DD"), "TT")
        self.assertEqual(labels.split_termini(""), "")

    def test_which_chains_are_whole(self):
        for name in ("3x2m-A", "rig_00017|1abc-B", "4v88-AA"):
            self.assertTrue(labels.is_whole(name, "train_q8"), name)
        self.assertFalse(labels.is_whole("rig_00017", "train_q8"))
        self.assertTrue(labels.is_whole("cb513_0001", "cb513_fullchain"))
        with self.assertRaises(ValueError):
            labels.is_whole("cb513_0001", "cb513")

    def test_conversion_drops_and_counts(self):
        chains = [("1abc-A", "MKV", "-HH"), ("rig_00001", "GGG", "HHH"), ("2abc-A", "MKV", "HHH")]
        self.assertEqual(make_labels.convert(chains, "train_q8", set()), ([("1abc-A", "MKV", "DOO")], 1, 1))


class Figures(unittest.TestCase):
    """Counts with many ties against definitions over pairs and over thresholds."""

    def setUp(self):
        random = numpy.random.default_rng(3)
        self.codes = random.integers(0, 8, 300)
        self.truth = random.random(300) < (self.codes + 1) / 12
        self.positive = numpy.bincount(self.codes[self.truth], minlength=8)[None].astype(float)
        self.negative = numpy.bincount(self.codes[~self.truth], minlength=8)[None].astype(float)

    def test_auc_over_all_pairs(self):
        pairs = [(p > n) + (p == n) / 2 for p in self.codes[self.truth] for n in self.codes[~self.truth]]
        self.assertAlmostEqual(figures.auc(self.positive, self.negative)[0], sum(pairs) / len(pairs))

    def test_average_precision_over_all_thresholds(self):
        total, recall = 0, 0
        for threshold in range(7, -1, -1):
            called = self.codes >= threshold
            gain = (called & self.truth).sum() / self.truth.sum()
            total, recall = total + (gain - recall) * (called & self.truth).sum() / called.sum(), gain
        self.assertAlmostEqual(figures.average_precision(self.positive, self.negative)[0], total)

    def test_matthews_is_the_correlation_of_the_labels(self):
        for threshold in range(1, 8):
            value = figures.matthews(*figures.confusion(self.positive, self.negative, threshold))[0]
            self.assertAlmostEqual(value, numpy.corrcoef(self.codes >= threshold, self.truth)[0, 1])

    def test_best_threshold(self):
        values = [figures.matthews(*figures.confusion(self.positive, self.negative, t))[0] for t in range(8)]
        self.assertEqual(figures.best_threshold(self.positive[0], self.negative[0]), int(numpy.argmax(values)))

    def test_one_class_only(self):
        none = numpy.zeros((1, 8))
        self.assertTrue(math.isnan(figures.auc(none, self.negative)[0]))
        self.assertEqual(figures.matthews(*figures.confusion(none, self.negative, 4))[0], 0)


class Baseline(unittest.TestCase):
    def test_logits_are_sums_over_the_window(self):
        parameters = numpy.random.default_rng(6).normal(size=1 + 5 * 22)
        weights = parameters[1:].reshape(5, 22)
        letters = "ACDEFGHIKLMNPQRSTVWYX-"
        (_, _, row), = baseline.predict(parameters, [("a", "MKUW", "DOOD")], 2)
        for place in range(4):
            window = "--MKXW--"[place : place + 5]
            z = parameters[0] + sum(weights[w][letters.index(letter)] for w, letter in enumerate(window))
            self.assertAlmostEqual(row[place], 1 / (1 + math.exp(-z)))

    def test_gradient_against_differences(self):
        random = numpy.random.default_rng(5)
        windows = baseline.Windows([("a", "MKVX", "DOOD"), ("b", "AC", "OD")], 2)
        parameters = random.normal(size=1 + 5 * 22)
        _, gradient = windows.objective(parameters, 0.7)
        for index in range(0, len(parameters), 7):
            step = numpy.zeros_like(parameters)
            step[index] = 1e-6
            above, below = (windows.objective(parameters + sign * step, 0.7)[0] for sign in (1, -1))
            self.assertAlmostEqual(gradient[index], (above - below) / 2e-6, places=6)

    def test_a_chain_does_not_see_the_next(self):
        parameters = numpy.random.default_rng(7).normal(size=1 + 5 * 22)
        both = [("a", "MKV", "DOO"), ("b", "AC", "OO")]
        together = [row.tolist() for _, _, row in baseline.predict(parameters, both, 2)]
        apart = [row.tolist() for chain in both for _, _, row in baseline.predict(parameters, [chain], 2)]
        self.assertEqual(together, apart)


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def test_predictions_come_back(self):
        write_predictions(self.path("p.jsonl.gz"), [("a", "MK", numpy.array([0.25, 0.5])), ("b", "V", numpy.array([1.0]))])
        self.assertEqual(list(read_predictions(self.path("p.jsonl.gz"))), [("a", "MK", [0.25, 0.5]), ("b", "V", [1.0])])

    def test_tsv(self):
        with open(self.path("p.tsv"), "w", encoding="ascii") as file:
            file.write("id\tposition\tresidue\tstate\tP(D)\tP(O)\na\t1\tM\tO\t0.25\t0.75\na\t2\tK\tD\t0.5\t0.5\nb\t1\tV\tD\t1\t0\n")
        self.assertEqual(list(read_predictions(self.path("p.tsv"))), [("a", "MK", [0.25, 0.5]), ("b", "V", [1.0])])

    def test_report_of_two_methods(self):
        chains = [("a", "MKVA", "DDOO"), ("b", "MKVAC", "OODOO"), ("c", "AC", "OO")]
        write_ssfa(self.path("t_disorder.ssfa.gz"), chains)
        for name, good in (("good", 0.9), ("poor", 0.5)):
            write_predictions(self.path(f"{name}.jsonl.gz"), [
                (chain, sequence, numpy.array([good if label == "D" else 1 - good for label in marks]))
                for chain, sequence, marks in read_ssfa(self.path("t_disorder.ssfa.gz"))])
        truth, out = self.path("t_disorder.ssfa.gz"), self.path("out.json")
        arguments = ["measure.py", "--validation", truth, "--test", truth, "--resamples", "50", "--json", out]
        for name in ("poor", "good"):
            arguments += ["--method", name, self.path(f"{name}.jsonl.gz")]
        with mock.patch.object(sys, "argv", arguments), contextlib.redirect_stdout(io.StringIO()) as text:
            measure.main()
        with open(out, encoding="utf-8") as file:
            figure = json.load(file)["sets"][1]
        self.assertEqual(figure["methods"]["good"]["MCC"]["value"], 1)
        self.assertEqual(figure["methods"]["poor"]["AUC"]["value"], 0.5)
        self.assertEqual(figure["methods"]["good"]["difference"]["AUC"]["value"], 0.5)
        self.assertEqual((figure["D at ends"], figure["D inside"]), (2, 1))
        self.assertIn("| t | good - poor |", text.getvalue())

    def test_a_missing_chain_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "poor has no prediction of a"):
            measure.match([("a", "M", "D")], {}, "poor")


if __name__ == "__main__":
    unittest.main()
