"""Copies the samples of ink that a list of ids names.

    python3 select_samples.py pendigits.jsonl.gz pendigits.train.ids train.jsonl.gz
"""

import gzip
import json
import sys


def main(source, ids, target):
    with open(ids) as file:
        wanted = set(file.read().split())
    # No time stamp, so that the same samples are the same bytes.
    with gzip.open(source) as lines, gzip.GzipFile(target, "wb", 6, mtime=0) as output:
        for line in lines:
            if json.loads(line)["id"] in wanted:
                output.write(line)


main(*sys.argv[1:])
