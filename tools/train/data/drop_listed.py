"""Drops sequences that are named in a table, of a part whose near sequences have been searched for before.

    python drop_listed.py PARTS/0007.fasta TABLE.tsv.gz -o OUTPUT.fasta

A line of the table is a part's name, the SHA-256 of what is left of it, and the names to drop, separated by blanks. Exits with
status 1 if the part is not in the table, or another one. `--add` writes the line of a part and its rest instead.
"""

import argparse
import gzip
import os
import sys

from records import read_fasta, sha256, write_fasta, write_gzip


def part_of(path):
    return os.path.basename(path).removesuffix(".fasta")


def read_table(path):
    if not os.path.exists(path):
        return {}
    with gzip.open(path, "rt", encoding="ascii") as file:
        return {part: (digest, names.split()) for part, digest, names in (line.rstrip("\n").split("\t") for line in file)}


def add(path, rest, table):
    rows = read_table(table)
    kept = {name for name, _ in read_fasta(rest)}
    rows[part_of(path)] = sha256(rest), [name for name, _ in read_fasta(path) if name not in kept]
    lines = (f"{part}\t{digest}\t{' '.join(names)}\n" for part, (digest, names) in sorted(rows.items()))
    write_gzip(table, "".join(lines))


def main():
    parser = argparse.ArgumentParser(description="Drops sequences that are named in a table.")
    parser.add_argument("input", help="FASTA file of a part")
    parser.add_argument("table", help="parts and the names to drop (.tsv.gz)")
    parser.add_argument("--add", metavar="REST", help="write the part's line, this FASTA file being what is left of it")
    parser.add_argument("-o", "--output", help="FASTA file to write")
    options = parser.parse_args()
    if options.add:
        return add(options.input, options.add, options.table)
    digest, names = read_table(options.table).get(part_of(options.input), ("", []))
    if not digest:
        sys.exit(1)
    names = set(names)
    kept = [record for record in read_fasta(options.input) if record[0] not in names]
    write_fasta(options.output + ".part", kept)
    if sha256(options.output + ".part") != digest:
        os.remove(options.output + ".part")
        print(f"{options.input}: another file than that of the table", file=sys.stderr)
        sys.exit(1)
    os.replace(options.output + ".part", options.output)
    print(f"{options.output}: {len(kept)} sequences, {len(names)} dropped by the table")


if __name__ == "__main__":
    main()
