"""Drops the chains of a file that a table of hits says are near copies: at least 95 % identity over at least 90 % of the
chain. The queries of the table are the chains, named as to_fasta.py names them without `--ids`."""

import argparse
import os

from records import describe, read_hits, read_ssfa, sha256, write_ssfa
from select_structures import is_copy


def main():
    parser = argparse.ArgumentParser(description="Drops near copies from a file of labelled chains.")
    parser.add_argument("chains", help="labelled chains (.ssfa.gz)")
    parser.add_argument("--copies", required=True, help="hits of these chains to those they may be copies of")
    parser.add_argument("-o", "--output", required=True, help="labelled chains to write (.ssfa.gz)")
    options = parser.parse_args()
    chains = read_ssfa(options.chains)
    stem = os.path.basename(options.chains).split(".")[0]
    dropped = {hit["query"] for hit in read_hits(options.copies) if is_copy(hit)}
    sequences = {chains[int(name.rsplit(":", 1)[1])][1] for name in dropped if name.startswith(stem + ":")}
    print(f"{options.chains}: {describe(chains)}")
    chains = [chain for chain in chains if chain[1] not in sequences]
    write_ssfa(options.output, chains)
    print(f"{options.output}: {describe(chains)}; sha256 {sha256(options.output)}")


if __name__ == "__main__":
    main()
