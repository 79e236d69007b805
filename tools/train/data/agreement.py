"""Compares the labels of chains that two files of labelled chains have in common.

Chains are common if their sequences are equal, or, with `--within`, if the sequence of the first file's chain is part of
that of the second's (once); a stretch of the same sequence need not be of the same structure then. Residues without a
label in either file do not count.
"""

import argparse
from collections import Counter

from records import read_ssfa

THREE = str.maketrans("HGIEBTSC", "HHHEECCC")


def pairs_of_equal(first, second):
    """The pairs of labels of the chains of equal sequence."""
    labels_of = {}
    for _, sequence, labels in second:
        labels_of.setdefault(sequence, labels)
    return [(labels, labels_of[sequence]) for _, sequence, labels in first if sequence in labels_of]


def pairs_within(first, second, shortest=30):
    """The pairs of labels of the chains of the first file found in a sequence of the second."""
    text = "\n".join(sequence for _, sequence, _ in second)
    marks = "\n".join(labels for _, _, labels in second)
    pairs = []
    for _, sequence, labels in first:
        start = text.find(sequence) if len(sequence) >= shortest else -1
        if start >= 0:
            pairs.append((labels, marks[start : start + len(sequence)]))
    return pairs


def report(title, pairs):
    """Prints the agreement in 8 and in 3 states, over all residues, and the commonest differences."""
    residues = eight = three = low = 0
    differences = Counter()
    for ours, theirs in pairs:
        both = [(a, b) for a, b in zip(ours, theirs) if a != "-" and b != "-"]
        same = sum(a == b for a, b in both)
        eight += same
        three += sum(a.translate(THREE) == b.translate(THREE) for a, b in both)
        residues += len(both)
        low += same < 0.9 * len(both)
        differences.update((a, b) for a, b in both if a != b)
    if not residues:
        print(f"{title}: none")
        return
    commonest = ", ".join(f"{a} against {b}: {count}" for (a, b), count in differences.most_common(8))
    print(
        f"{title}: {len(pairs)} chains, {residues} residues with both labels; equal {100 * eight / residues:.2f} % in 8"
        f" states, {100 * three / residues:.2f} % in 3; {low} chains under 90 % in 8; {commonest}"
    )


def main():
    parser = argparse.ArgumentParser(description="Compares the labels two files give to the same chains.")
    parser.add_argument("first", help="labelled chains (.ssfa.gz)")
    parser.add_argument("second", help="labelled chains (.ssfa.gz)")
    parser.add_argument("--within", action="store_true", help="also find the first's chains within the second's")
    options = parser.parse_args()
    first, second = read_ssfa(options.first), read_ssfa(options.second)
    report("equal sequences", pairs_of_equal(first, second))
    if options.within:
        report("sequences within", pairs_within(first, second))


if __name__ == "__main__":
    main()
