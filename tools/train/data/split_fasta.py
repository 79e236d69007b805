"""Splits a FASTA file in files of a number of records or residues: 0000.fasta and so on. One that is right stays.

With `--seed` the records are shuffled first, so that the first files, however many, are a fair sample of all.
"""

import argparse
import filecmp
import os

import numpy

from records import read_fasta, write_fasta


def parts(records, most_records, most_residues):
    """Yields lists of records that keep within both limits."""
    part, residues = [], 0
    for record in records:
        if part and (len(part) == most_records or residues + len(record[1]) > most_residues):
            yield part
            part, residues = [], 0
        part.append(record)
        residues += len(record[1])
    if part:
        yield part


def main():
    parser = argparse.ArgumentParser(description="Splits a FASTA file.")
    parser.add_argument("input", help="FASTA file")
    parser.add_argument("--records", type=int, default=1 << 60, help="records in a file")
    parser.add_argument("--residues", type=int, default=1 << 60, help="residues in a file")
    parser.add_argument("--seed", type=int, help="shuffle the records")
    parser.add_argument("-o", "--output", required=True, help="folder to write to")
    options = parser.parse_args()
    os.makedirs(options.output, exist_ok=True)
    records = list(read_fasta(options.input))
    if options.seed is not None:
        order = numpy.random.default_rng(options.seed).permutation(len(records))
        records = [records[k] for k in order]
    number = -1
    for number, part in enumerate(parts(records, options.records, options.residues)):
        path = os.path.join(options.output, f"{number:04d}.fasta")
        write_fasta(path + ".part", part)
        if os.path.exists(path) and filecmp.cmp(path, path + ".part", shallow=False):
            os.remove(path + ".part")
        else:
            os.replace(path + ".part", path)
    print(f"{options.output}: {len(records)} records in {number + 1} files")


if __name__ == "__main__":
    main()
