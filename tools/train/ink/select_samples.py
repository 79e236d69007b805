"""Copies the samples of ink that a list of ids names, or all the others.

    python3 select_samples.py pendigits.jsonl.gz pendigits.train.ids train.jsonl.gz
    python3 select_samples.py --without words.jsonl.gz doubtful.ids train.jsonl.gz
"""

import argparse
import gzip
import json


def main():
    parser = argparse.ArgumentParser(description="Copies the samples of ink that a list of ids names.")
    parser.add_argument("source")
    parser.add_argument("ids")
    parser.add_argument("target")
    parser.add_argument("--without", action="store_true", help="copy those that it does not name")
    options = parser.parse_args()
    with open(options.ids) as file:
        listed = set(file.read().split())
    # No time stamp, so that the same samples are the same bytes.
    with gzip.open(options.source) as lines, gzip.GzipFile(options.target, "wb", 6, mtime=0) as output:
        for line in lines:
            if (json.loads(line)["id"] in listed) != options.without:
                output.write(line)


main()
