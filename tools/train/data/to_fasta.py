"""Writes the sequences of files of labelled chains as one FASTA file, equal sequences once.

A sequence is named by file and place, `cb513:0` for the first of cb513.ssfa.gz, because the ids of different files can be
equal and mmseqs reads meaning into some; with `--ids` by its own id.
"""

import argparse
import os

from records import read_ssfa, write_fasta


def main():
    parser = argparse.ArgumentParser(description="Writes labelled chains as FASTA, equal sequences once.")
    parser.add_argument("inputs", nargs="+", help="labelled chains (.ssfa.gz)")
    parser.add_argument("-o", "--output", required=True, help="FASTA file to write")
    parser.add_argument("--ids", action="store_true", help="name the sequences by their ids, and keep all")
    options = parser.parse_args()
    records, seen = [], set()
    for path in options.inputs:
        stem = os.path.basename(path).split(".")[0]
        for place, (name, sequence, _) in enumerate(read_ssfa(path)):
            if options.ids:
                records.append((name, sequence))
            elif sequence not in seen:
                seen.add(sequence)
                records.append((f"{stem}:{place}", sequence))
    write_fasta(options.output, records)
    print(f"{options.output}: {len(records)} sequences, {sum(len(sequence) for _, sequence in records)} residues")


if __name__ == "__main__":
    main()
