"""A baseline of disorder: logistic regression on the residues of a window, one-hot.

Each of the 21 positions of the window holds one of 22 letters: the 20 amino acids, X for any other, and one for beyond the
end of the chain, so the model knows the ten residues at either end. Fitted by L-BFGS on the log loss of all training
residues; the strength of the L2 penalty is the one with the least log loss on the validation chains. Predictions are
written as `strand label --format jsonl` writes them, a file for each set.

    python3 baseline.py --train train_disorder.ssfa.gz --validation valid_disorder.ssfa.gz -o predictions ts115_disorder.ssfa.gz
"""

import argparse
import os
import sys

import numpy
from scipy.optimize import minimize
from scipy.special import expit

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from chains import read_ssfa, sha256, stem, write_predictions

AMINO_ACIDS = "ACDEFGHIKLMNPQRSTVWY"
LETTERS = len(AMINO_ACIDS) + 2
CODES = numpy.full(128, len(AMINO_ACIDS), numpy.intp)  # X, and all that is not an amino acid
CODES[[ord(letter) for letter in AMINO_ACIDS]] = range(len(AMINO_ACIDS))
CODES[ord("-")] = LETTERS - 1  # beyond the end of the chain
PENALTIES = (1.0, 30.0, 1000.0)


class Windows:
    """Chains as one row of codes, with half a window of `-` between any two.

    S places of the row, of which N are residues; W positions of the window, A = 22 letters. To visit each place fewer
    times, three neighbours count as one letter of A^3: a window of 21 is seven of them.
    """

    def __init__(self, chains, reach):
        self.width = 2 * reach + 1
        self.lengths = [len(sequence) for _, sequence, _ in chains]
        pad = "-" * reach
        codes = CODES[as_bytes(pad + pad.join(sequence for _, sequence, _ in chains) + pad)]
        labels = as_bytes(pad.join(labels for _, _, labels in chains))
        self.residues = labels != ord("-")  # [S]
        self.targets = (labels == ord("D")).astype(numpy.float64)  # [S]
        self.grams = []  # the codes [S] of each group of neighbours, and how many these are
        for first in range(0, self.width, 3):
            size = min(3, self.width - first)
            gram = numpy.zeros(len(labels), numpy.intp)
            for position in range(first, first + size):
                gram = gram * LETTERS + codes[position : position + len(labels)]
            self.grams.append((size, gram))

    def logits(self, parameters):
        """z = b + sum over w of weights[w, code at w], [S]; parameters hold b, then weights [W, A]."""
        rows = iter(parameters[1:].reshape(self.width, LETTERS))
        z = numpy.full(len(self.targets), parameters[0])
        for size, gram in self.grams:
            table = next(rows)
            for _ in range(size - 1):
                table = numpy.add.outer(table, next(rows)).ravel()
            z += table.take(gram)
        return z

    def losses(self, z):
        """The log loss log(1 + e^z) - y z, summed over the residues."""
        return float(numpy.sum(numpy.logaddexp(0, z) - self.targets * z, where=self.residues))

    def loss(self, parameters):
        """The mean log loss."""
        return self.losses(self.logits(parameters)) / sum(self.lengths)

    def objective(self, parameters, penalty):
        """The summed log loss + penalty / 2 |weights|^2, both over N, and the gradient."""
        z = self.logits(parameters)
        weights = parameters[1:]
        value = self.losses(z) + penalty / 2 * weights @ weights
        error = (expit(z) - self.targets) * self.residues
        gradient = [numpy.array([error.sum()])]
        for size, gram in self.grams:
            sums = numpy.bincount(gram, error, LETTERS**size).reshape((LETTERS,) * size)
            gradient += [sums.sum(axis=tuple(axis for axis in range(size) if axis != kept)) for kept in range(size)]
        gradient = numpy.concatenate(gradient)
        gradient[1:] += penalty * weights
        residues = sum(self.lengths)
        return value / residues, gradient / residues


def as_bytes(text):
    return numpy.frombuffer(text.encode("ascii"), numpy.uint8)


def fit(windows, penalty, start):
    result = minimize(
        windows.objective, start, args=(penalty,), jac=True, method="L-BFGS-B", options={"maxiter": 300, "ftol": 1e-8, "gtol": 1e-6})
    return result.x


def select(train, validation, penalties):
    """The parameters of the penalty with the least log loss on the validation chains."""
    best, parameters = None, numpy.zeros(1 + train.width * LETTERS)
    for penalty in sorted(penalties, reverse=True):
        parameters = fit(train, penalty, parameters)
        loss = validation.loss(parameters)
        print(f"penalty {penalty:g}: log loss {train.loss(parameters):.5f} training, {loss:.5f} validation", flush=True)
        if best is None or loss < best[0]:
            best = loss, penalty, parameters
    print(f"chosen: penalty {best[1]:g}")
    return best[2]


def predict(parameters, chains, reach):
    """Yields (id, sequence, probabilities of D)."""
    windows = Windows(chains, reach)
    probabilities = expit(windows.logits(parameters)[windows.residues])
    probabilities = numpy.split(probabilities, numpy.cumsum(windows.lengths)[:-1])
    for (name, sequence, _), row in zip(chains, probabilities):
        yield name, sequence, row


def main():
    parser = argparse.ArgumentParser(description="Fits a logistic regression of disorder and predicts with it.")
    parser.add_argument("--train", nargs="+", required=True, help="chains labelled D and O (.ssfa.gz)")
    parser.add_argument("--validation", required=True, help="chains to choose the penalty on")
    parser.add_argument("tests", nargs="*", help="further chains to predict, beside the validation chains")
    parser.add_argument("--window", type=int, default=21, help="residues of the window, odd (default: 21)")
    parser.add_argument("-o", "--output", required=True, help="folder for the predictions and the parameters")
    options = parser.parse_args()
    if options.window < 1 or options.window % 2 == 0:
        parser.error("--window: give an odd number")
    reach = options.window // 2
    os.makedirs(options.output, exist_ok=True)
    train = Windows([chain for path in options.train for chain in read_ssfa(path)], reach)
    validation = read_ssfa(options.validation)
    print(f"{len(train.lengths)} training chains, {sum(train.lengths)} residues", flush=True)
    parameters = select(train, Windows(validation, reach), PENALTIES)
    numpy.save(os.path.join(options.output, "baseline.npy"), parameters)
    for path in [options.validation, *options.tests]:
        output = os.path.join(options.output, f"{stem(path)}.jsonl.gz")
        write_predictions(output, predict(parameters, read_ssfa(path), reach))
        print(f"{output}: sha256 {sha256(output)}")


if __name__ == "__main__":
    main()
