"""Reading and writing of labelled chains and of predictions; the files of ../data/records.py are shared."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data"))

from records import open_text, read_ssfa, sha256, write_fasta, write_gzip, write_ssfa

__all__ = [
    "open_text", "read_predictions", "read_ssfa", "sha256", "stem", "write_fasta", "write_gzip", "write_predictions",
    "write_ssfa",
]


def stem(path):
    """The name of a file without folder and endings."""
    return os.path.basename(path).split(".")[0]


def read_predictions(path):
    """Yields (id, sequence, probabilities of D) from what `strand label` writes as jsonl or tsv, plain or gzipped."""
    with open_text(path) as file:
        first = file.readline()
        if first.startswith("{"):
            yield from read_jsonl(path, first, file)
        elif first.startswith("id\t"):
            yield from read_tsv(path, first, file)
        else:
            raise ValueError(f"{path}:1: neither jsonl nor tsv of `strand label`")


def read_jsonl(path, first, file):
    for number, line in enumerate([first, *file], 1):
        record = json.loads(line)
        probabilities = record.get("probabilities", {}).get("D")
        if probabilities is None or len(probabilities) != len(record["sequence"]):
            raise ValueError(f"{path}:{number}: {record.get('id')} has no probability of D for each residue")
        yield record["id"], record["sequence"], probabilities


def read_tsv(path, first, file):
    columns = first.rstrip("\n").split("\t")
    if "P(D)" not in columns:
        raise ValueError(f"{path}:1: no column P(D)")
    column = columns.index("P(D)")
    name, letters, probabilities = None, [], []
    for line in file:
        cells = line.rstrip("\n").split("\t")
        if cells[1] == "1":
            if name is not None:
                yield name, "".join(letters), probabilities
            name, letters, probabilities = cells[0], [], []
        letters.append(cells[2])
        probabilities.append(float(cells[column]))
    if name is not None:
        yield name, "".join(letters), probabilities


def write_predictions(path, predictions):
    """Writes (id, sequence, probabilities of D) as `strand label --format jsonl` does, gzipped."""
    lines = []
    for name, sequence, probabilities in predictions:
        labels = "".join("D" if p >= 0.5 else "O" for p in probabilities)
        ordered, missing = (",".join(f"{p:.4f}" for p in column) for column in (1 - probabilities, probabilities))
        lines.append(
            f'{{"id":"{name}","header":"{name}","sequence":"{sequence}","labels":"{labels}",'
            f'"probabilities":{{"D":[{missing}],"O":[{ordered}]}}}}\n')
    write_gzip(path, "".join(lines))
