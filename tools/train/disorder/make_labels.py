"""Makes chains labelled D (no coordinates in the crystal) and O (ordered) from labelled chains in which `-` marks D.

Chains that do not hold the whole sequence are dropped (labels.py says which), and so are repeated sequences: the first is
kept. Chains stay in the order of the files; equal inputs make equal bytes.

    python3 make_labels.py train_q8_audited.ssfa.gz train_q3_audited.q3.ssfa.gz -o train_disorder.ssfa.gz
"""

import argparse

from chains import read_ssfa, sha256, stem, write_fasta, write_ssfa
from labels import count_line, disorder, is_whole


def convert(chains, name, seen):
    """The chains with labels D and O, and how many had their gaps closed or a sequence in `seen`, which grows."""
    kept, closed, repeated = [], 0, 0
    for chain, sequence, labels in chains:
        if not is_whole(chain, name):
            closed += 1
        elif sequence in seen:
            repeated += 1
        else:
            seen.add(sequence)
            kept.append((chain, sequence, disorder(labels)))
    return kept, closed, repeated


def main():
    parser = argparse.ArgumentParser(description="Makes chains labelled D (disordered) and O (ordered).")
    parser.add_argument("inputs", nargs="+", help="labelled chains (.ssfa.gz)")
    parser.add_argument("-o", "--output", required=True, help="chains labelled D and O to write (.ssfa.gz)")
    parser.add_argument("--fasta", help="also write the sequences alone, to label them (.fasta or .fasta.gz)")
    options = parser.parse_args()
    seen, chains = set(), []
    for path in options.inputs:
        kept, closed, repeated = convert(read_ssfa(path), stem(path), seen)
        chains += kept
        print(f"{path}: {count_line(kept)}; dropped: {closed} with gaps closed up, {repeated} repeated sequences")
    write_ssfa(options.output, chains)
    if options.fasta:
        write_fasta(options.fasta, [(name, sequence) for name, sequence, _ in chains])
    print(f"{options.output}: {count_line(chains)}; sha256 {sha256(options.output)}")


if __name__ == "__main__":
    main()
