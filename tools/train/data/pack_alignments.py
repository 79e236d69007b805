"""Packs a database of alignments of mmseqs (result2msa --msa-format-mode 6) in one gzipped file, and makes their profiles.

The file of alignments has, for each query, a line `#NAME` and its A3M: rows `>TARGET IDENTITY E`, the query first. The
profiles are an .npz: `ids`, `offsets` int64 [n + 1], and by residue `profile` float16 [rows, 20] (columns
ACDEFGHIKLMNPQRSTVWY), `neff` float16, `gaps` float16; `sequences` uint8 ASCII; `depth` int32 [n], rows of the alignment
with the query. What they are is said in alignments.py.
"""

import argparse
import os

import numpy

from alignments import profile, rows
from records import read_fasta, write_gzip


def entries(path):
    """Yields the entries of a database of mmseqs as text, in the order of the file."""
    with open(path + ".index", encoding="ascii") as file:
        places = sorted(tuple(map(int, line.split())) for line in file)
    names = [path] if os.path.exists(path) else sorted(
        (path + "." + name.rsplit(".", 1)[1] for name in os.listdir(os.path.dirname(path) or ".")
         if name.startswith(os.path.basename(path) + ".") and name.rsplit(".", 1)[1].isdigit()),
        key=lambda name: int(name.rsplit(".", 1)[1]),
    )
    content = b"".join(open(name, "rb").read() for name in names)
    for _, offset, length in places:
        yield content[offset : offset + length].rstrip(b"\0").decode("ascii")


def shortened(alignment):
    """The name of the query and the alignment with headers `>TARGET IDENTITY E`."""
    lines = alignment.splitlines()
    name = lines[0][1:].split()[0]
    for k in range(0, len(lines), 2):
        fields = lines[k].split("\t")
        lines[k] = fields[0].split()[0] if len(fields) < 4 else f"{fields[0].split()[0]} {fields[2]} {fields[3]}"
    return name, "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Packs alignments of mmseqs and makes profiles of them.")
    parser.add_argument("database", help="database of alignments made by mmseqs result2msa --msa-format-mode 6")
    parser.add_argument("queries", help="FASTA of the queries; one without an alignment is its own")
    parser.add_argument("--alignments", required=True, help="file to write (.a3m.gz)")
    parser.add_argument("--profiles", required=True, help="file to write (.npz)")
    options = parser.parse_args()

    found = dict(map(shortened, entries(options.database)))
    packed, sizes, parts, depths, queries = [], [], {"profile": [], "neff": [], "gaps": []}, [], []
    for name, sequence in read_fasta(options.queries):
        alignment = found.get(name) or f">{name}\n{sequence}\n"
        letters = rows(alignment)
        if letters.shape[1] != len(sequence):
            raise ValueError(f"{name}: an alignment of {letters.shape[1]} columns for {len(sequence)} residues")
        packed.append(f"#{name}\n{alignment}")
        for part, values in zip(parts.values(), profile(letters)):
            part.append(values.astype(numpy.float16))
        queries.append((name, sequence))
        depths.append(len(letters))
        sizes.append(len(sequence))
    write_gzip(options.alignments, "".join(packed))
    with open(options.profiles, "wb") as file:
        numpy.savez_compressed(
            file,
            ids=numpy.array([name for name, _ in queries]),
            offsets=numpy.concatenate([[0], numpy.cumsum(sizes)]).astype(numpy.int64),
            sequences=numpy.frombuffer("".join(sequence for _, sequence in queries).encode("ascii"), numpy.uint8),
            depth=numpy.array(depths, numpy.int32),
            columns=numpy.array("ACDEFGHIKLMNPQRSTVWY"),
            **{name: numpy.concatenate(part) for name, part in parts.items()},
        )
    print(f"{options.profiles}: {len(queries)} chains, {len(found)} with an alignment, median depth"
          f" {numpy.median(depths):.0f}, median Neff {numpy.median(numpy.concatenate(parts['neff'])):.2f}", flush=True)


if __name__ == "__main__":
    main()
