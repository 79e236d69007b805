"""Selects the chains of a structure database that may be trained on and are new.

In this order, it drops chains
1. that are near a benchmark or validation chain: E < 1e-3, or at least 25 % identity over at least half of either chain
   (tables of searches in both directions, or more, given with --near);
2. of fewer than 30 residues, or with more than 20 % X;
3. that are near copies of a training chain: at least 95 % identity over at least 90 % of the chain (--training);
4. that are near copies of another chain, by the same rule (--each-other). Chains are gone through from the longest to the
   shortest, in the order of the file where equal, so what is dropped is a copy, or a part, of what is kept.

Chains stay in the order of the file. The tables are those of `mmseqs easy-search` with the columns in records.py.
"""

import argparse
from collections import defaultdict

from records import describe, read_hits, read_ssfa, sha256, write_ssfa


def is_near(hit):
    """Whether a hit makes two chains too similar for one to be trained on and the other to be tested on."""
    return hit["evalue"] < 1e-3 or (hit["fident"] >= 0.25 and (hit["qcov"] >= 0.5 or hit["tcov"] >= 0.5))


def is_copy(hit):
    """Whether the query is a near copy of the target."""
    return hit["fident"] >= 0.95 and hit["qcov"] >= 0.9


def main():
    parser = argparse.ArgumentParser(description="Selects chains that are new and far from the benchmarks.")
    parser.add_argument("chains", help="labelled chains (.ssfa.gz)")
    parser.add_argument("--near", nargs="+", required=True, help="hits to or from benchmark and validation chains")
    parser.add_argument("--training", nargs="+", required=True, help="hits to the training chains")
    parser.add_argument("--each-other", required=True, help="hits among the chains")
    parser.add_argument("-o", "--output", required=True, help="labelled chains to write (.ssfa.gz)")
    options = parser.parse_args()

    chains = read_ssfa(options.chains)
    names = {name for name, _, _ in chains}
    print(f"{options.chains}: {describe(chains)}")

    near = {
        name for path in options.near for hit in read_hits(path) if is_near(hit)
        for name in (hit["query"], hit["target"]) if name in names
    }
    chains = [chain for chain in chains if chain[0] not in near]
    print(f"less those near a benchmark or validation chain: {describe(chains)}")

    chains = [chain for chain in chains if len(chain[1]) >= 30 and chain[1].count("X") <= 0.2 * len(chain[1])]
    print(f"less those under 30 residues or with more than 20 % X: {describe(chains)}")

    copies = {hit["query"] for path in options.training for hit in read_hits(path) if is_copy(hit)}
    chains = [chain for chain in chains if chain[0] not in copies]
    print(f"less near copies of training chains: {describe(chains)}")

    copied = defaultdict(list)
    for hit in read_hits(options.each_other):
        if hit["query"] != hit["target"] and is_copy(hit):
            copied[hit["query"]].append(hit["target"])
    kept = set()
    for name, _, _ in sorted(chains, key=lambda chain: -len(chain[1])):
        if not any(other in kept for other in copied[name]):
            kept.add(name)
    chains = [chain for chain in chains if chain[0] in kept]
    print(f"less near copies of each other: {describe(chains)}")

    write_ssfa(options.output, chains)
    print(f"{options.output}: sha256 {sha256(options.output)}")


if __name__ == "__main__":
    main()
