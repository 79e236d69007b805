"""Writes the sequences of protein databases of BLAST, version 4, as FASTA (Debian package metastudent-data).

A database is three files. NAME.pin, big-endian unless said otherwise:

    uint32      version, 4
    uint32      1: proteins
    text x2     title, date (uint32 length, then as many bytes)
    uint32      number of sequences, n
    uint64      residues, little-endian
    uint32      length of the longest sequence
    uint32 n+1  offsets in NAME.phr
    uint32 n+1  offsets in NAME.psq

NAME.psq holds a 0, then each sequence and a 0; a byte is the number of a letter in LETTERS. NAME.phr holds descriptions in
ASN.1 (BER); the first visible string (tag 0x1a) of one is its title, here `B0RED7|GO:0006200,...`: a UniProt accession and
terms of the Gene Ontology. Sequences are named `sp:` and the accession.
"""

import argparse
import struct

import numpy

from records import write_fasta

LETTERS = bytes.maketrans(bytes(range(28)), b"-ABCDEFGHIKLMNPQRSTVWXYZUXOX")  # X for * and J
VISIBLE_STRING = 0x1A


def read_index(path):
    """Returns the offsets of the descriptions and of the sequences."""
    with open(path, "rb") as file:
        index = file.read()
    if struct.unpack_from(">II", index) != (4, 1):
        raise ValueError(f"{path}: not a protein database of version 4")
    position = 8
    for _ in range(2):
        (length,) = struct.unpack_from(">I", index, position)
        position += 4 + length
    (count,) = struct.unpack_from(">I", index, position)
    position += 16
    offsets = numpy.frombuffer(index, ">u4", 2 * (count + 1), position).astype(numpy.int64)
    return offsets[: count + 1], offsets[count + 1 :]


def title(description):
    """The first visible string of a description."""
    start = description.index(VISIBLE_STRING) + 1
    length = description[start]
    start += 1
    if length >= 0x80:  # the long form: so many bytes of length follow
        digits = length - 0x80
        length = int.from_bytes(description[start : start + digits], "big")
        start += digits
    return description[start : start + length].decode("ascii")


def read_database(name):
    """Yields the (accession, sequence) of a database."""
    descriptions, sequences = read_index(name + ".pin")
    with open(name + ".phr", "rb") as file:
        headers = file.read()
    with open(name + ".psq", "rb") as file:
        residues = file.read()
    if sequences[-1] > len(residues):
        raise ValueError(f"{name}.psq: {len(residues)} bytes, not the {sequences[-1]} of the index")
    for k in range(len(sequences) - 1):
        accession = title(headers[descriptions[k] : descriptions[k + 1]]).split("|")[0]
        yield accession, residues[sequences[k] : sequences[k + 1] - 1].translate(LETTERS).decode("ascii")


def main():
    parser = argparse.ArgumentParser(description="Writes protein databases of BLAST as FASTA.")
    parser.add_argument("databases", nargs="+", help="a database: its path without .pin, .phr, .psq")
    parser.add_argument("--shortest", type=int, default=30, help="shortest protein to keep (default: 30 residues)")
    parser.add_argument("-o", "--output", required=True, help="FASTA file to write")
    options = parser.parse_args()
    found = {}
    for database in options.databases:
        count = 0
        for accession, sequence in read_database(database):
            count += 1
            if found.setdefault(accession, sequence) != sequence:
                raise ValueError(f"{database}: {accession} has two sequences")
        print(f"{database}: {count} sequences")
    kept = [("sp:" + name, sequence) for name, sequence in found.items() if len(sequence) >= options.shortest]
    write_fasta(options.output, kept)
    print(f"{options.output}: {len(found)} accessions, {len(kept)} of at least {options.shortest} residues")


if __name__ == "__main__":
    main()
