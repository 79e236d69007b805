"""Drops chains of a file that tables of hits say are related to others.

--near: the chain is the query of a hit with E < 1e-3 to a benchmark or validation chain.
--copies: the chain is a near copy of the target: at least 95 % identity over at least 90 % of the chain.

--audit: the chain, or that of which it is a relative (`NAME/1`), is a training chain in a table of `strand audit`.

Chains are named in the tables of hits as to_fasta.py names them without `--ids`, and by their ids in those of the audit.
"""

import argparse
import os

from records import describe, read_audit, read_hits, read_ssfa, sha256, write_ssfa
from select_structures import is_copy


def main():
    parser = argparse.ArgumentParser(description="Drops chains related to others from a file of labelled chains.")
    parser.add_argument("chains", help="labelled chains (.ssfa.gz)")
    parser.add_argument("--near", help="hits of these chains to benchmark and validation chains")
    parser.add_argument("--copies", help="hits of these chains to those they may be copies of")
    parser.add_argument("--audit", nargs="+", help="tables of near pairs of training and evaluated chains")
    parser.add_argument("-o", "--output", required=True, help="labelled chains to write (.ssfa.gz)")
    options = parser.parse_args()
    chains = read_ssfa(options.chains)
    print(f"{options.chains}: {describe(chains)}")
    dropped = set()
    if options.near:
        dropped |= {hit["query"] for hit in read_hits(options.near) if hit["evalue"] < 1e-3}
    if options.copies:
        dropped |= {hit["query"] for hit in read_hits(options.copies) if is_copy(hit)}
    stem = os.path.basename(options.chains).split(".")[0]
    sequences = {chains[int(name.rsplit(":", 1)[1])][1] for name in dropped if name.startswith(stem + ":")}
    if options.audit:
        near = {row["training"] for path in options.audit for row in read_audit(path)}
        names = (name.split()[0] for name, _, _ in chains)
        sequences |= {chain[1] for name, chain in zip(names, chains) if name in near or name.split("/")[0] in near}
    chains = [chain for chain in chains if chain[1] not in sequences]
    write_ssfa(options.output, chains)
    print(f"{options.output}: {describe(chains)}; sha256 {sha256(options.output)}")


if __name__ == "__main__":
    main()
