"""Reads the labelled chains out of ProMod3's database of structures (structure_db.dat, Debian package promod3-data).

The file is little-endian and has no padding:

    uint32      1234
    uint32      version, 2
    uint32 x11  sizes in bytes of the types of the program that wrote it
    ...         the value 1 in six of these types: uint32, float32, uint8, int16, uint64, uint16
    int32       which arrays there are, one bit each; -1: all
    uint64      number of chains
    chains      for each: id, chain (both uint32 length, then ASCII), uint32 first row, uint16 rows,
                uint16 number in the chain's full sequence of the first residue (from 1), float32 x3 shift of coordinates
    arrays      for each: uint64 rows, then the rows, which are those of all chains one after another:
                  sequence          uint8, ASCII
                  coordinates       int16 x12: N, CA, C, O, in hundredths of an angstrom after the shift
                  dihedral angles   int16 x2, thousandths
                  accessibility     int16
                  depth             uint16
                  secondary struct. uint8, ASCII: DSSP's H G I E B T S, C for blank
                  sequence profile  uint16 x20, ten-thousandths, columns ACDEFGHIKLMNPQRSTVWY
                  structure profile uint16 x20, the same

A chain is the longest stretch of residues that are all observed and bonded; what lies before and after it in the chain's
full sequence is not in the file. This script checks that: no distance of neighbouring CA may exceed `--longest-bond`.
"""

import argparse
import struct

import numpy as np

from records import describe, sha256, write_ssfa

TYPE_SIZES = (4, 4, 2, 8, 2, 6, 88, 40, 24, 6, 4)
ONES = struct.pack("<IfBhQH", 1, 1.0, 1, 1, 1, 1)
ARRAYS = (
    ("sequence", "u1", 1),
    ("coordinates", "<i2", 12),
    ("dihedrals", "<i2", 2),
    ("accessibility", "<i2", 1),
    ("depth", "<u2", 1),
    ("structure", "u1", 1),
    ("sequence_profile", "<u2", 20),
    ("structure_profile", "<u2", 20),
)
LETTERS = "ACDEFGHIKLMNPQRSTVWY"


class Reader:
    """Takes values from a buffer one after another."""

    def __init__(self, buffer):
        self.buffer = buffer
        self.position = 0

    def take(self, layout):
        values = struct.unpack_from("<" + layout, self.buffer, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def text(self):
        (length,) = self.take("I")
        return self.take(f"{length}s")[0].decode("ascii")


def read_database(path):
    """Returns the chains, a list of (id, first row, rows, first residue number), and the arrays by name.

    Raises ValueError where the file is not as the head of this script says.
    """
    buffer = np.memmap(path, np.uint8, "r")
    reader = Reader(buffer)
    if reader.take("II") != (1234, 2) or reader.take("11I") != TYPE_SIZES:
        raise ValueError(f"{path}: not a structure database of version 2")
    if reader.take(f"{len(ONES)}s") != (ONES,) or reader.take("i") != (-1,):
        raise ValueError(f"{path}: written on a machine of another kind, or without some of the arrays")
    chains, total = [], 0
    for _ in range(reader.take("Q")[0]):
        name = reader.text() + reader.text()
        first, rows, number, *_ = reader.take("IHHfff")
        if first != total:
            raise ValueError(f"{path}: chain {name} begins at row {first}, not {total}")
        chains.append((name, first, rows, number))
        total += rows
    arrays = {}
    for name, kind, width in ARRAYS:
        if reader.take("Q") != (total,):
            raise ValueError(f"{path}: the array {name} has not {total} rows")
        size = total * width * np.dtype(kind).itemsize
        array = buffer[reader.position : reader.position + size].view(kind)
        arrays[name] = array.reshape(total, width) if width > 1 else array
        reader.position += size
    if reader.position != len(buffer):
        raise ValueError(f"{path}: {len(buffer) - reader.position} bytes after the last array")
    return chains, arrays


def longest_bonds(chains, coordinates):
    """The largest distance, in angstrom, of two neighbouring CA in each chain."""
    alpha = coordinates[:, 3:6].astype(np.float32) / 100
    steps = np.sqrt(np.square(np.diff(alpha, axis=0)).sum(1))
    return np.array([steps[first : first + rows - 1].max(initial=0) for _, first, rows, _ in chains])


def main():
    parser = argparse.ArgumentParser(description="Reads labelled chains out of ProMod3's structure_db.dat.")
    parser.add_argument("database", help="structure_db.dat")
    parser.add_argument("--labelled", required=True, help="labelled chains to write (.ssfa.gz)")
    parser.add_argument("--profiles", help="profiles to write (.npz)")
    parser.add_argument("--longest-bond", type=float, default=4.5, help="of neighbouring CA, in angstrom (4.5)")
    options = parser.parse_args()

    chains, arrays = read_database(options.database)
    sequence = arrays["sequence"].tobytes().decode("ascii")
    structure = arrays["structure"].tobytes().decode("ascii")
    structure = "".join(label if label in "HGIEBTSC" else "C" for label in structure)
    records = [
        (name, sequence[first : first + rows], structure[first : first + rows]) for name, first, rows, _ in chains
    ]
    write_ssfa(options.labelled, records)
    print(f"{options.labelled}: {describe(records)}; sha256 {sha256(options.labelled)}")

    numbers = np.array([number for _, _, _, number in chains])
    bonds = longest_bonds(chains, arrays["coordinates"])
    print(
        f"{len(set(name for name, *_ in chains))} different ids; {np.mean(numbers > 1):.1%} of the chains do not begin"
        f" with the first residue of the full sequence; {np.sum(bonds > options.longest_bond)} have neighbouring CA more"
        f" than {options.longest_bond} angstrom apart, the largest distance is {bonds.max():.2f}"
    )
    if options.profiles:
        np.savez_compressed(
            options.profiles,
            ids=np.array([name for name, *_ in chains]),
            offsets=np.array([0] + [first + rows for _, first, rows, _ in chains], np.int64),
            profile=(arrays["sequence_profile"].astype(np.float32) / 10000).astype(np.float16),
            columns=np.array(LETTERS),
            first_residue=numbers.astype(np.int32),
        )
        print(f"{options.profiles}: columns {LETTERS}; sha256 {sha256(options.profiles)}")


if __name__ == "__main__":
    main()
