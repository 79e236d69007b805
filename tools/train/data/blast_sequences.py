"""Reads the sequences out of BLAST protein databases (version 4: .pin, .psq, .phr) and writes their union as FASTA.

A .pin file holds, as big-endian 32-bit numbers but for one: the version, 1 for protein, the length and the bytes of the
title, the same for the date, the number of sequences, 64 bits little-endian of total length, the longest length, and for
each sequence and the end the place of its header in .phr and of its residues in .psq. Residues are a byte each in the code
NCBIstdaa, with a zero between sequences. A header is ASN.1 whose first visible string begins with the accession.

Kept are sequences of `--shortest` to `--longest` residues of which no more than `--unknown` are X; B, Z, U, O, J and * become
X. A sequence that occurs again, under whatever accession, is left out. The output is in the order of the accessions.
"""

import argparse
import struct

import numpy as np

from records import write_fasta

NCBI_STDAA = b"-ABCDEFGHIKLMNPQRSTVWXYZU*OJ"
STANDARD = b"ACDEFGHIKLMNPQRSTVWY"
TO_LETTER = bytes(
    NCBI_STDAA[code] if code < len(NCBI_STDAA) and NCBI_STDAA[code] in STANDARD else ord("X") for code in range(256)
)


def read_index(path):
    """Returns the places of the headers and of the residues, one more than there are sequences."""
    with open(path, "rb") as file:
        content = file.read()
    position = 8
    if struct.unpack_from(">II", content) != (4, 1):
        raise ValueError(f"{path}: not a protein database of version 4")
    for _ in ("title", "date"):
        (length,) = struct.unpack_from(">I", content, position)
        position += 4 + length
    (count,) = struct.unpack_from(">I", content, position)
    position += 4 + 8 + 4
    places = np.frombuffer(content, ">u4", 2 * (count + 1), position).astype(np.int64)
    return places[: count + 1], places[count + 1 :]


def accession(header):
    """The accession in the ASN.1 header of a sequence: its first visible string up to a blank or a bar."""
    start = header.index(b"\x1a") + 1
    length = header[start]
    start += 1
    if length > 127:
        start += length - 128
        length = int.from_bytes(header[start - length + 128 : start], "big")
    return header[start : start + length].decode("ascii").replace("|", " ").split()[0]


def read_database(stem):
    """Yields the (accession, sequence) of the database whose files are stem.pin, stem.psq and stem.phr."""
    headers, residues = read_index(stem + ".pin")
    with open(stem + ".psq", "rb") as file:
        codes = file.read()
    with open(stem + ".phr", "rb") as file:
        names = file.read()
    for k in range(len(residues) - 1):
        letters = codes[residues[k] : residues[k + 1] - 1].translate(TO_LETTER).decode("ascii")
        yield accession(names[headers[k] : headers[k + 1]]), letters


def main():
    parser = argparse.ArgumentParser(description="Writes the sequences of BLAST protein databases as FASTA.")
    parser.add_argument("databases", nargs="+", help="databases, without .pin")
    parser.add_argument("-o", "--output", required=True, help="FASTA file to write")
    parser.add_argument("--shortest", type=int, default=40, help="residues (40)")
    parser.add_argument("--longest", type=int, default=700, help="residues (700)")
    parser.add_argument("--unknown", type=float, default=0.02, help="largest share of X (0.02)")
    options = parser.parse_args()

    sequences = {}
    for stem in options.databases:
        before = len(sequences)
        count = 0
        for name, sequence in read_database(stem):
            count += 1
            if sequences.setdefault(name, sequence) != sequence:
                raise ValueError(f"{stem}: {name} has two sequences")
        print(f"{stem}: {count} sequences, {len(sequences) - before} of them new")
    print(f"together: {len(sequences)} sequences, {sum(map(len, sequences.values()))} residues")

    kept, seen = [], set()
    for name, sequence in sorted(sequences.items()):
        if not options.shortest <= len(sequence) <= options.longest or sequence in seen:
            continue
        if sequence.count("X") > options.unknown * len(sequence):
            continue
        seen.add(sequence)
        kept.append((name, sequence))
    write_fasta(options.output, kept)
    print(
        f"{options.output}: {len(kept)} different sequences of {options.shortest} to {options.longest} residues,"
        f" {sum(len(sequence) for _, sequence in kept)} residues"
    )


if __name__ == "__main__":
    main()
