"""Writes words with weights for `strand train text --words`: from a list of frequencies, a list of words, and texts of samples.

    python3 word_weights.py FREQUENCIES WORDS SAMPLES.jsonl.gz... > words.tsv

FREQUENCIES has a word and its count a line, WORDS a word a line. A weight is the square root of the count in tens of thousands,
and 0.3 more for a word of the list and 5 for each occurrence in the samples' texts. Rarer words keep the more weight by the root.
"""

import collections
import gzip
import json
import re
import sys


def main():
    frequencies, words, *samples = sys.argv[1:]
    weights = collections.Counter()
    with open(frequencies, encoding="utf-8-sig") as lines:
        for line in lines:
            word, count = line.split()
            weights[word.lower()] += (int(count) / 1e4) ** 0.5
    with open(words, encoding="utf-8") as lines:
        for line in lines:
            weights[line.strip().lower()] += 0.3
    for path in samples:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                for word in re.findall("[A-Za-z][A-Za-z']*", json.loads(line)["text"]):
                    weights[word.lower()] += 5
    for word in sorted(weights):
        print(f"{word}\t{weights[word]:.2f}")


main()
