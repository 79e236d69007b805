"""Copies the samples whose text, case aside, is that of no training sample.

    python3 unseen.py SAMPLES.jsonl.gz TARGET.jsonl.gz TRAIN.jsonl.gz ...
"""

import gzip
import json
import sys


def text(line):
    return json.loads(line)["text"].strip().lower()


def main():
    source, target, *training = sys.argv[1:]
    seen = set()
    for path in training:
        with gzip.open(path, "rt") as lines:
            seen.update(map(text, lines))
    with gzip.open(source, "rt") as lines, gzip.open(target, "wt") as output:
        output.writelines(line for line in lines if text(line) not in seen)


main()
