"""Where models of secondary structure are right: by length of the chain, distance to training chains, kind of residue.

    python3 tools/train/breakdown.py --model OLD --model NEW --train-set SET ... CHAINS...

Prints a Markdown table of Q3 and Q8 (percent; only labelled residues count; three states by HGI/EB) for all chains
together and by part, of each model and of the last less the first, with 95 % percentile intervals of a bootstrap over
chains, the same chains for both (2,000 resamples). The parts:

- the length of a chain;
- the lowest E-value of `strand audit` to a chain of the training sets: above 0.1 most are chance;
- membrane: chains with two or more windows of 19 residues, apart from each other, that are helix by their labels in 15
  places and have a mean hydropathy of 1.6 or more (Kyte & Doolittle, J Mol Biol 157:105, 1982);
- residues beside disorder: within 10 residues of one without a label, where those are missing in the crystal (not cb513,
  whose mask has other reasons); the first and last 10 residues of a chain that are labelled;
- segments: residues in helices and strands of the labels, by their length, and in coil.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile

import numpy

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "data"))
from records import read_ssfa  # noqa: E402

THREE = str.maketrans("HGIEBTSC", "HHHEECCC")
HYDROPATHY = dict(zip("ARNDCQEGHILKMFPSTWYV", (
    1.8, -4.5, -3.5, -3.5, 2.5, -3.5, -3.5, -0.4, -3.2, 4.5, 3.8, -3.9, 1.9, 2.8, -1.6, -0.8, -0.7, -0.9, -1.3, 4.2)))


def predicted(strand, model, states, paths):
    """The labels of the chains of files, in their order."""
    command = [strand, "label", "--states", str(states), *(["--model", model] if model != "shipped" else []), *paths]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return lines[2::3]


def distances(strand, train_sets, paths):
    """The lowest E-value to a training chain by chain id, of those that have one below 10."""
    lowest = {}
    with tempfile.TemporaryDirectory() as folder:
        table = os.path.join(folder, "near.tsv")
        sets = [part for path in train_sets for part in ("--train-set", path)]
        subprocess.run([strand, "audit", "--e-value", "10", *sets, "-o", table, *paths], check=True)
        with open(table) as file:
            for row in csv.DictReader(file, delimiter="\t"):
                name, value = row["evaluated"], float(row["e_value"])
                lowest[name] = min(value, lowest.get(name, value))
    return lowest


def is_membrane(sequence, labels, window=19):
    """Whether a chain has two hydrophobic helices of the length that spans a membrane."""
    helix = numpy.array([label == "H" for label in labels])
    hydropathy = numpy.array([HYDROPATHY.get(letter, 0) for letter in sequence])
    found, start = 0, 0
    while start + window <= len(sequence):
        part = slice(start, start + window)
        if helix[part].sum() >= 15 and hydropathy[part].mean() >= 1.6:
            found, start = found + 1, start + window
        else:
            start += 1
    return found >= 2


def near(marked, reach=10):
    """Whether a residue is within `reach` of a marked one, bool [L]."""
    counts = numpy.convolve(marked.astype(int), numpy.ones(2 * reach + 1, int))[reach : reach + len(marked)]
    return counts > 0


def segment_lengths(three):
    """For each residue the length of the run of its state."""
    lengths, start = numpy.zeros(len(three), int), 0
    for end in range(1, len(three) + 1):
        if end == len(three) or three[end] != three[start]:
            lengths[start:end], start = end - start, end
    return lengths


def parts(sequence, labels, distance, is_masked):
    """Pairs of a part's name and which residues belong to it, bool [L]."""
    length, there = len(sequence), numpy.array([label != "-" for label in labels])
    every, none = numpy.ones(length, bool), numpy.zeros(length, bool)

    def whole(condition):
        return every if condition else none

    yield "all", every
    for low, high in ((0, 100), (100, 200), (200, 400), (400, 10**9)):
        name = f"chains of {low}-{high - 1} residues" if high < 10**9 else f"chains of {low} residues and more"
        yield name, whole(low <= length < high)
    if distance is not None:
        yield "nearest training chain: E < 0.001", whole(distance < 0.001)
        yield "nearest training chain: E of 0.001 to 0.1", whole(0.001 <= distance < 0.1)
        yield "nearest training chain: E of 0.1 and more", whole(distance >= 0.1)
    yield "membrane: two hydrophobic helices or more", whole(is_membrane(sequence, labels))
    beside = near(~there) if not is_masked else none
    yield "within 10 residues of missing ones", beside & there
    first_last = none.copy()
    first_last[:10] = first_last[-10:] = True
    yield "first and last 10 residues of a chain", first_last
    three = labels.translate(THREE)
    lengths, states = segment_lengths(three), numpy.array(list(three))
    yield "helices of up to 6 residues", (states == "H") & (lengths <= 6)
    yield "helices of 7 and more", (states == "H") & (lengths > 6)
    yield "strands of up to 3 residues", (states == "E") & (lengths <= 3)
    yield "strands of 4 and more", (states == "E") & (lengths > 3)
    yield "coil", states == "C"


def interval(counts, right, random, resamples=2000):
    """The share of right residues in percent, of chains' counts [n] and right residues [n], and 95 % of resamples."""
    used = numpy.flatnonzero(counts)
    drawn = used[random.integers(0, len(used), (resamples, len(used)))]
    shares = 100 * right[drawn].sum(1) / counts[drawn].sum(1)
    return 100 * right.sum() / counts.sum(), *numpy.percentile(shares, (2.5, 97.5))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("chains", nargs="+", help="labelled FASTA")
    parser.add_argument(
        "--model", action="append", required=True, help="a model, or 'shipped'; the last is compared with the first"
    )
    parser.add_argument("--train-set", action="append", default=[], help="chains that the last model was trained on")
    parser.add_argument("--strand", default="strand", help="the program (default: strand)")
    options = parser.parse_args()
    chains = [(*record, "cb513" in os.path.basename(path)) for path in options.chains for record in read_ssfa(path)]
    lowest = distances(options.strand, options.train_set, options.chains) if options.train_set else None
    found = [
        [[numpy.array(list(line)) for line in predicted(options.strand, model, states, options.chains)] for states in (3, 8)]
        for model in options.model
    ]
    counts, right = {}, {}  # by part: counts [n]; right [model, states, n]
    for number, (name, sequence, labels, is_masked) in enumerate(chains):
        there = numpy.array([label != "-" for label in labels])
        true = [numpy.array(list(labels.translate(THREE))), numpy.array(list(labels))]
        hits = [[there & (model[k][number] == true[k]) for k in (0, 1)] for model in found]
        distance = None if lowest is None else lowest.get(name, 10)
        for part, residues in parts(sequence, labels, distance, is_masked):
            counts.setdefault(part, numpy.zeros(len(chains), int))[number] = (residues & there).sum()
            table = right.setdefault(part, numpy.zeros((len(found), 2, len(chains)), int))
            table[:, :, number] = [[(residues & hit).sum() for hit in model] for model in hits]
    names = [os.path.basename(model).removesuffix(".safetensors") for model in options.model]
    columns = [f"{name}: {state} %" for state in ("Q3", "Q8") for name in names + (["gain"] if len(names) > 1 else [])]
    print("| part | chains | residues |", " | ".join(columns), "|")
    print("|---" * (3 + len(columns)) + "|")
    for part, number in counts.items():
        if number.sum() == 0:
            continue
        row = [part, f"{(number > 0).sum():,}", f"{number.sum():,}"]
        for k in (0, 1):
            rows = [right[part][model, k] for model in range(len(found))]
            row += ["{:.1f} [{:.1f}, {:.1f}]".format(*interval(number, r, numpy.random.default_rng(1))) for r in rows]
            if len(rows) > 1:
                gain = interval(number, rows[-1] - rows[0], numpy.random.default_rng(1))
                row.append("{:+.1f} [{:+.1f}, {:+.1f}]".format(*gain))
        print("|", " | ".join(row), "|")


if __name__ == "__main__":
    main()
