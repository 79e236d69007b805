"""Measures predictions of disorder on chains labelled D and O: MCC, areas under curves, balanced accuracy, recall.

A method is a name and its prediction files, in any order: jsonl or tsv as `strand label` writes them, plain or gzipped, with
a probability of D for every residue of every chain of the validation and test sets; chains are found by id and must have
the same sequence. A residue is D if its probability is at least the threshold, which is that of the best MCC on the
validation chains; nothing is chosen on a test set. Probabilities count to four decimals.

Disorder at the ends is a run of D that touches an end of its chain, all other is inside; each is measured against all O.
Intervals are percentiles of a bootstrap over chains, with the same resamples for all methods, so that differences to the
first method have intervals of their own.

    python3 measure.py --validation valid_disorder.ssfa.gz --test ts115_disorder.ssfa.gz casp12_disorder.ssfa.gz \\
        --method baseline baseline/*.jsonl.gz --method strand strand/*.jsonl.gz --json figures.json
"""

import argparse
import json
import os
import sys

import numpy

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import figures
from chains import read_predictions, read_ssfa, sha256, stem
from labels import split_termini

SCALE = 10_000
SHOWN = ("MCC", "MCC at 0.5", "AUC", "AP", "balanced accuracy")
SPLIT = ("AUC at ends", "AUC inside", "AP at ends", "AP inside", "recall at ends", "recall inside")
BLOCK = 250


def load_method(paths):
    """The predictions of a method: (sequence, codes [T]) by id."""
    found = {}
    for path in paths:
        for name, sequence, probabilities in read_predictions(path):
            if name in found:
                raise ValueError(f"{path}: a second prediction of {name}")
            codes = numpy.rint(numpy.array(probabilities) * SCALE).astype(numpy.int64)
            if len(codes) and not (0 <= codes.min() and codes.max() <= SCALE):
                raise ValueError(f"{path}: {name} has a probability outside 0 to 1")
            found[name] = sequence.upper(), codes
    return found


def match(truth, predictions, method):
    """The counts of the true chains' letters by score."""
    chains = []
    for name, sequence, labels in truth:
        if set(labels) - set("DO"):
            raise ValueError(f"{name}: labels other than D and O")
        if name not in predictions:
            raise ValueError(f"{method} has no prediction of {name}")
        predicted, codes = predictions[name]
        if predicted != sequence.upper():
            raise ValueError(f"{method}: the sequence of {name} is another one")
        chains.append((codes, numpy.array(list(split_termini(labels)))))
    return figures.counts(chains, SCALE + 1)


def resamples(chains, number, seed):
    """How often each chain is drawn in each resample [B, C]."""
    random = numpy.random.default_rng(seed)
    return random.multinomial(chains, numpy.full(chains, 1 / chains), number).astype(numpy.float32)


def compress(tables, *thresholds):
    """The tables without the scores that no residue has, and the thresholds among those left."""
    used = numpy.flatnonzero(sum(table.sum(axis=0) for table in tables.values()))
    return {letter: table[:, used] for letter, table in tables.items()}, *numpy.searchsorted(used, thresholds)


def bootstrap(tables, weights, threshold, half):
    """All figures of all resamples, in blocks that fit in memory."""
    blocks = [
        figures.measure(tables, weights[first : first + BLOCK], threshold, half)
        for first in range(0, len(weights), BLOCK)]
    return {name: numpy.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def interval(samples):
    """The middle 95 % of the resamples in which the figure is defined."""
    samples = samples[~numpy.isnan(samples)]
    if not len(samples):
        return None
    return [round(float(value), 4) for value in numpy.percentile(samples, [2.5, 97.5])]


def rounded(value):
    return None if numpy.isnan(value) else round(float(value), 4)


def measure_set(path, methods, thresholds, number, seed):
    """The figures of all methods on one set, and the differences to the first."""
    truth = read_ssfa(path)
    weights = resamples(len(truth), number, seed)
    everything = numpy.ones((1, len(truth)), numpy.float32)
    split = "".join(split_termini(labels) for _, _, labels in truth)
    result = {
        "set": stem(path).removesuffix("_disorder"), "sha256": sha256(path), "chains": len(truth), "residues": len(split),
        "D at ends": split.count("T"), "D inside": split.count("I"), "methods": {}}
    first = None
    for method, predictions in methods.items():
        tables, threshold, half = compress(match(truth, predictions, method), thresholds[method], SCALE // 2)
        point = figures.measure(tables, everything, threshold, half)
        samples = bootstrap(tables, weights, threshold, half)
        row = {name: {"value": rounded(value[0]), "interval": interval(samples[name])} for name, value in point.items()}
        if first is None:
            first = point, samples
        else:
            row["difference"] = {
                name: {"value": rounded((value - first[0][name])[0]), "interval": interval(samples[name] - first[1][name])}
                for name, value in point.items() if name != "share of D"}
        result["methods"][method] = row
    return result


def cell(figure):
    """A figure and its interval, in percent for Markdown."""
    if figure["value"] is None:
        return "-"
    value = f"{100 * figure['value']:.1f}"
    return f"{value} [{', '.join(f'{100 * end:.1f}' for end in figure['interval'])}]" if figure["interval"] else value


def table(columns, sets):
    """A Markdown table with a row for each method and set."""
    lines = [["set", "method", *columns]]
    lines += [
        [each["set"], method, *(cell(row[column]) for column in columns)]
        for each in sets for method, row in each["methods"].items()]
    lines += [
        [each["set"], f"{method} - {next(iter(each['methods']))}", *(cell(row["difference"][column]) for column in columns)]
        for each in sets for method, row in each["methods"].items() if "difference" in row]
    return "\n".join("| " + " | ".join(line) + " |" for line in [lines[0], ["---"] * len(lines[0]), *lines[1:]])


def markdown(report):
    sets = report["sets"]
    sizes = [["set", "chains", "residues", "D %", "at ends %", "inside %"], ["---"] * 6]
    for each in sets:
        ends, inside, residues = each["D at ends"], each["D inside"], each["residues"]
        shares = (f"{100 * part / residues:.2f}" for part in (ends + inside, ends, inside))
        sizes.append([each["set"], f"{each['chains']:,}", f"{residues:,}", *shares])
    thresholds = ", ".join(f"{method} {value:.4f}" for method, value in report["thresholds"].items())
    note = (
        f"Figures times 100, with 95 % intervals of {report['resamples']:,} resamples of chains. Thresholds, of the best MCC"
        f" on {report['validation']}: {thresholds}.")
    return "\n\n".join([
        "\n".join("| " + " | ".join(line) + " |" for line in sizes),
        note,
        table(SHOWN, sets),
        "Disorder at the ends of chains and inside, each against all ordered residues:",
        table(SPLIT, sets),
    ]) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Measures predictions of disorder.")
    parser.add_argument("--validation", required=True, help="chains labelled D and O to choose the threshold on")
    parser.add_argument("--test", nargs="+", required=True, help="chains labelled D and O to measure on")
    parser.add_argument(
        "--method", nargs="+", action="append", required=True, metavar=("NAME", "FILE"),
        help="a method and its predictions (jsonl or tsv); may be given several times")
    parser.add_argument("--resamples", type=int, default=10_000, help="of the bootstrap (default: 10,000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", help="JSON file to write")
    parser.add_argument("--markdown", help="Markdown file to write (default: standard output)")
    options = parser.parse_args()
    try:
        methods = {name: load_method(paths) for name, *paths in options.method}
        validation = read_ssfa(options.validation)
        thresholds = {}
        for method, predictions in methods.items():
            tables = match(validation, predictions, method)
            thresholds[method] = figures.best_threshold(
                (tables["T"] + tables["I"]).sum(axis=0), tables["O"].sum(axis=0))
        sets = [
            measure_set(path, methods, thresholds, options.resamples, options.seed)
            for path in [options.validation, *options.test]]
    except ValueError as error:
        sys.exit(str(error))
    report = {
        "validation": stem(options.validation).removesuffix("_disorder"),
        "thresholds": {method: index / SCALE for method, index in thresholds.items()},
        "resamples": options.resamples, "seed": options.seed, "sets": sets}
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            file.write(json.dumps(report, indent=1) + "\n")
    text = markdown(report)
    if options.markdown:
        with open(options.markdown, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
