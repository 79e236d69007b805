"""Reading and writing of the files the other scripts share: labelled chains (ssfa.gz), FASTA, tables of mmseqs,
safetensors."""

import gzip
import hashlib
import json
import os

import numpy


def open_text(path):
    """Opens a text file for reading, gzip or not."""
    path = str(path)
    return gzip.open(path, "rt", encoding="ascii") if path.endswith(".gz") else open(path, encoding="ascii")


def read_ssfa(path):
    """Returns the (id, sequence, labels) of a file of three lines a chain: `>id`, sequence, labels."""
    with open_text(path) as file:
        lines = file.read().splitlines()
    if len(lines) % 3:
        raise ValueError(f"{path}: {len(lines)} lines, not three a chain")
    chains = []
    for k in range(0, len(lines), 3):
        header, sequence, labels = lines[k : k + 3]
        if not header.startswith(">") or len(sequence) != len(labels):
            raise ValueError(f"{path}:{k + 1}: not a header, a sequence and as many labels")
        chains.append((header[1:], sequence, labels))
    return chains


def read_fasta(path):
    """Yields the (id, sequence) of a FASTA file; the id is the header up to the first blank."""
    name, parts = None, []
    with open_text(path) as file:
        for line in file:
            if line.startswith(">"):
                if name is not None:
                    yield name, "".join(parts)
                name, parts = line[1:].split()[0], []
            else:
                parts.append(line.strip())
    if name is not None:
        yield name, "".join(parts)


def write_gzip(path, text):
    """Writes text gzipped, with neither time nor name in the header: the same text is the same bytes."""
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode("ascii"))


def write_ssfa(path, chains):
    """Writes (id, sequence, labels) to a gzipped file of three lines a chain."""
    write_gzip(path, "".join(f">{name}\n{sequence}\n{labels}\n" for name, sequence, labels in chains))


def write_safetensors(path, arrays):
    """Writes a dictionary of float16 arrays, in order of name, so that equal contents are equal bytes."""
    header, end = {}, 0
    for name in sorted(arrays):
        size = arrays[name].nbytes
        header[name] = {"dtype": "F16", "shape": list(arrays[name].shape), "data_offsets": [end, end + size]}
        end += size
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    text += b" " * (-len(text) % 8)
    with open(path + ".part", "wb") as file:
        file.write(len(text).to_bytes(8, "little"))
        file.write(text)
        for name in sorted(arrays):
            file.write(numpy.ascontiguousarray(arrays[name], "<f2").tobytes())
    os.replace(path + ".part", path)


def read_safetensors(path):
    """Reads a dictionary of float16 arrays."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        content = file.read()
    arrays = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        arrays[name] = numpy.frombuffer(content[first:last], "<f2").reshape(entry["shape"])
    return arrays


def write_fasta(path, records):
    """Writes (id, sequence) to a FASTA file, a line a sequence; gzipped if the name ends in .gz."""
    lines = (f">{name}\n{sequence}\n" for name, sequence in records)
    if str(path).endswith(".gz"):
        write_gzip(path, "".join(lines))
    else:
        with open(path, "w", encoding="ascii") as file:
            file.writelines(lines)


def read_hits(path):
    """Yields a dictionary for each hit in a table of `mmseqs easy-search` with the columns of HIT_COLUMNS."""
    with open_text(path) as file:
        for line in file:
            fields = dict(zip(HIT_COLUMNS, line.rstrip("\n").split("\t")))
            for column in HIT_COLUMNS[2:]:
                fields[column] = float(fields[column])
            yield fields


def read_audit(path):
    """Yields a dictionary for each near pair in a table of `strand audit`."""
    with open_text(path) as file:
        columns = file.readline().rstrip("\n").split("\t")
        for line in file:
            yield dict(zip(columns, line.rstrip("\n").split("\t")))


HIT_COLUMNS = "query target fident alnlen evalue qlen tlen qcov tcov".split()


def describe(chains):
    """One line on labelled chains: how many, how many residues, the share of each label among the labelled."""
    counts = {}
    for _, _, labels in chains:
        for label in set(labels):
            counts[label] = counts.get(label, 0) + labels.count(label)
    unlabelled = counts.pop("-", 0)
    labelled = sum(counts.values())
    shares = " ".join(f"{label} {100 * counts[label] / labelled:.2f}" for label in sorted(counts))
    return f"{len(chains)} chains, {labelled + unlabelled} residues, {labelled} labelled: {shares} %"


def sha256(path):
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
