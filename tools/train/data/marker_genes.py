"""Translates the marker genes of Debian's package metaphlan2-data (markers.fasta, DNA) to proteins.

Most genes are whole and in frame: their length is a multiple of three and only the last codon may be a stop. A gene that
is not gets the one frame of six without a stop; it is dropped if there is none, or more than one. Codons are those of
NCBI's table 11. A first codon GTG or TTG of a gene in frame is M; a codon with a letter other than ACGT is X. Proteins
under --shortest residues, or with more than 10 % X, are dropped.

A protein is named by its place in the genome: `NC_015954.1:c1336247-1335993` (c: the other strand), or as in the file.
"""

import argparse
from collections import Counter

import numpy

from records import write_fasta

# The letters of the 64 codons in the order TCAG, TCAG, TCAG, and X for codons with another letter.
AMINO_ACIDS = numpy.frombuffer(b"FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG" + b"X" * 61, numpy.uint8)
OTHER = 64
BASES = numpy.full(256, OTHER, numpy.int64)
for _code, _base in enumerate(b"TCAG"):
    BASES[_base] = BASES[_base + 32] = _code
COMPLEMENT = bytes.maketrans(b"ACGTacgt", b"TGCAtgca")


def read_dna(path):
    """Yields the (name, DNA) of a FASTA file as bytes."""
    name, parts = None, []
    with open(path, "rb") as file:
        for line in file:
            if line.startswith(b">"):
                if name is not None:
                    yield name, b"".join(parts)
                name, parts = place(line[1:].split()[0].decode("ascii")), []
            else:
                parts.append(line.strip())
    if name is not None:
        yield name, b"".join(parts)


def place(header):
    """`gi|345004010|ref|NC_015954.1|:c1336247-1335993` without its number and database."""
    return "".join(header.split("|")[3:]) if header.startswith("gi|") else header


def translate(dna):
    """The protein of DNA read from its first base on; a codon cut off at the end does not count."""
    codes = BASES[numpy.frombuffer(dna, numpy.uint8, len(dna) // 3 * 3)].reshape(-1, 3)
    codons = codes[:, 0] * 16 + codes[:, 1] * 4 + codes[:, 2]
    codons[(codes == OTHER).any(1)] = OTHER
    return AMINO_ACIDS[codons].tobytes().decode("ascii")


def in_frame(dna):
    """The protein of a whole gene, or None if it is not one."""
    if len(dna) % 3:
        return None
    protein = translate(dna).removesuffix("*")
    if "*" in protein:
        return None
    return "M" + protein[1:] if dna[:3].upper() in (b"GTG", b"TTG") else protein


def only_open_frame(dna):
    """The protein of the only frame of six without a stop, or None if there is none or more than one."""
    reverse = dna.translate(COMPLEMENT)[::-1]
    frames = (translate(strand[shift:]).removesuffix("*") for strand in (dna, reverse) for shift in range(3))
    found = [protein for protein in frames if "*" not in protein]
    return found[0] if len(found) == 1 else None


def proteins(genes, shortest, counts):
    """Yields the (name, protein) of genes; counts what became of each."""
    for name, dna in genes:
        protein, outcome = in_frame(dna), "in frame"
        if protein is None:
            protein, outcome = only_open_frame(dna), "one open frame of six"
        if protein is None:
            outcome = "no frame, or several"
        elif len(protein) < shortest:
            outcome = "too short"
        elif protein.count("X") > 0.1 * len(protein):
            outcome = "too many X"
        counts[outcome] += 1
        if outcome in ("in frame", "one open frame of six"):
            yield name, protein


def main():
    parser = argparse.ArgumentParser(description="Translates the genes of metaphlan2-data's markers.fasta.")
    parser.add_argument("genes", help="markers.fasta")
    parser.add_argument("--shortest", type=int, default=30, help="shortest protein to keep (default: 30 residues)")
    parser.add_argument("-o", "--output", required=True, help="FASTA file to write")
    options = parser.parse_args()
    counts = Counter()
    write_fasta(options.output, proteins(read_dna(options.genes), options.shortest, counts))
    print(f"{options.output}: {sum(counts.values())} genes; " + ", ".join(f"{k}: {v}" for k, v in counts.most_common()))


if __name__ == "__main__":
    main()
