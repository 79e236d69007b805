"""Joins FASTA files and keeps each sequence once, the first time it comes up.

A name that comes up again for another sequence gets a number: `name/2`.
"""

import argparse
import hashlib

from records import read_fasta, sha256, write_fasta


def distinct(paths):
    """Yields the (name, sequence) that are the first of their sequence."""
    seen, names = set(), {}
    for path in paths:
        for name, sequence in read_fasta(path):
            digest = hashlib.blake2b(sequence.encode("ascii"), digest_size=16).digest()
            if digest not in seen:
                seen.add(digest)
                names[name] = names.get(name, 0) + 1
                yield name if names[name] == 1 else f"{name}/{names[name]}", sequence


def counted(records, counts):
    """Passes (name, sequence) on and counts them and their residues."""
    for name, sequence in records:
        counts[0] += 1
        counts[1] += len(sequence)
        yield name, sequence


def main():
    parser = argparse.ArgumentParser(description="Joins FASTA files, each sequence once.")
    parser.add_argument("inputs", nargs="+", help="FASTA files")
    parser.add_argument("-o", "--output", required=True, help="FASTA file to write")
    options = parser.parse_args()
    counts = [0, 0]
    write_fasta(options.output, counted(distinct(options.inputs), counts))
    print(f"{options.output}: {counts[0]} sequences, {counts[1]} residues; sha256 {sha256(options.output)}")


if __name__ == "__main__":
    main()
