"""Prints words, one a line, the frequent ones several times: a word seen n times floor(log2 n) + 1 times.

    python3 repeated.py prose SENTENCES.txt ...        what stands between the blanks of sentences
    python3 repeated.py surnames census-surnames-1990.txt
    python3 repeated.py names us-census-firstnames--1990.csv

The census gives shares of a population, in percent; a thousandth of one counts once, of given names four thousandths. Of the
surnames the 20,000 most frequent are printed.
"""

import collections
import csv
import itertools
import math
import sys

SURNAMES = 20_000


def prose(paths):
    counts = collections.Counter()
    for path in paths:
        with open(path) as lines:
            for line in lines:
                counts.update(line.split())
    return sorted(counts.items())


def cased(name):
    name = name.title()
    return "Mc" + name[2:].title() if name.startswith("Mc") else name


def surnames(paths):
    """Rows are a name, its share, the cumulative share and its rank."""
    for path in paths:
        with open(path) as lines:
            rows = (line.split() for line in lines)
            for name, share, *_ in itertools.islice((row for row in rows if len(row) == 4), SURNAMES):
                yield cased(name), float(share) / 0.001


def names(paths):
    for path in paths:
        with open(path, newline="") as rows:
            for row in csv.DictReader(rows):
                yield cased(row["name"]), float(row["frequency"]) / 0.004


def main():
    kind, *paths = sys.argv[1:]
    for word, count in {"prose": prose, "surnames": surnames, "names": names}[kind](paths):
        for _ in range(int(math.log2(max(count, 1))) + 1):
            print(word)


main()
