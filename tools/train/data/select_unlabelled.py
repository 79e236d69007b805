"""Drops sequences that have any hit in tables of searches against the benchmarks, and puts the others in a random order.

The order is that of the SHA-256 of `seed:id`, so it is the same everywhere.
"""

import argparse
import hashlib

from records import read_fasta, read_hits, sha256, write_fasta


def main():
    parser = argparse.ArgumentParser(description="Drops sequences near a benchmark and shuffles the others.")
    parser.add_argument("sequences", help="FASTA file")
    parser.add_argument("--near", nargs="+", required=True, help="hits to or from benchmark and validation chains")
    parser.add_argument("--evalue", type=float, default=1e-3, help="hits of smaller E count (1e-3)")
    parser.add_argument("--seed", type=int, default=1, help="of the order (1)")
    parser.add_argument("-o", "--output", required=True, help="FASTA file to write (.gz: gzipped)")
    options = parser.parse_args()
    records = list(read_fasta(options.sequences))
    print(f"{options.sequences}: {len(records)} sequences, {sum(len(sequence) for _, sequence in records)} residues")
    near = {
        name for path in options.near for hit in read_hits(path) if hit["evalue"] < options.evalue
        for name in (hit["query"], hit["target"])
    }
    records = [record for record in records if record[0] not in near]
    records.sort(key=lambda record: hashlib.sha256(f"{options.seed}:{record[0]}".encode()).digest())
    write_fasta(options.output, records)
    residues = sum(len(sequence) for _, sequence in records)
    print(f"{options.output}: {len(records)} sequences, {residues} residues; sha256 {sha256(options.output)}")


if __name__ == "__main__":
    main()
