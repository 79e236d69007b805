"""Alignments (A3M) and what profiles keep of them.

Shapes: N rows (the query is the first), L columns (the residues of the query), 20 amino acids ACDEFGHIKLMNPQRSTVWY.
Letters are numbers: 0 to 19 the amino acids, 20 any other residue, 21 a gap.

- Weights of rows are position-based (Henikoff & Henikoff, J Mol Biol 243:574, 1994): in a column of k different amino
  acids, of which that of row n stands in m rows, the row gets 1 / (k m); a row's weight is its mean over the columns where
  it has an amino acid.
- Frequencies of a column are the shares of amino acids by the weights of the rows that have one there. No pseudocounts.
- Neff of a column is that of HH-suite with fixed weights: of the rows that have a residue in the column, exp of the mean,
  over all columns, of the entropy of their frequencies. 1 is the query alone, 20 the most there can be.
- The share of gaps of a column is the share, by weight, of the rows without a residue there.
"""

import gzip

import numpy

LETTERS = "ACDEFGHIKLMNPQRSTVWY"
OTHER, GAP = 20, 21
INSERTIONS = bytes(range(ord("a"), ord("z") + 1)) + b"."
CODES = numpy.full(256, OTHER, numpy.uint8)
for _index, _letter in enumerate(LETTERS.encode("ascii")):
    CODES[_letter] = _index
CODES[ord("-")] = GAP


def read_archive(path):
    """Yields the (name, A3M) of a gzipped file of alignments, each after a line `#NAME`."""
    name, lines = None, []
    with gzip.open(path, "rt", encoding="ascii") as file:
        for line in file:
            if line.startswith("#"):
                if name is not None:
                    yield name, "".join(lines)
                name, lines = line[1:].rstrip("\n"), []
            else:
                lines.append(line)
    if name is not None:
        yield name, "".join(lines)


def rows(alignment):
    """The match columns of an A3M, uint8 [N, L]."""
    sequences = []
    for record in alignment.split(">")[1:]:
        text = record[record.index("\n") :].encode("ascii").translate(None, INSERTIONS + b"\r\n")
        sequences.append(text)
    if len({len(text) for text in sequences}) != 1:
        raise ValueError(f"rows of different lengths: {sorted({len(text) for text in sequences})}")
    return CODES[numpy.frombuffer(b"".join(sequences), numpy.uint8)].reshape(len(sequences), -1)


def weights(letters):
    """Position-based weights [N] of rows [N, L]; the mean weight is 1."""
    length = letters.shape[1]
    columns = numpy.arange(length)
    counts = numpy.stack([(letters == code).sum(0) for code in range(OTHER)], axis=1)  # [L, 20]
    different = numpy.maximum((counts > 0).sum(1), 1)
    shares = numpy.zeros((length, GAP + 1), numpy.float32)
    shares[:, :OTHER] = 1 / (different[:, None] * numpy.maximum(counts, 1))
    covered = (letters < OTHER).sum(1)
    found = shares[columns, letters].sum(1) / numpy.maximum(covered, 1)
    if not found.any():
        found[0] = 1
    return found * (len(found) / found.sum())


def profile(letters, rows_at_once=64):
    """Frequencies [L, 20], Neff [L] and shares of gaps [L] of rows [N, L], all float32.

    A column without an amino acid has frequencies of 0.
    """
    count, length = letters.shape
    weight = weights(letters).astype(numpy.float32)
    one_hot = (letters[:, :, None] == numpy.arange(OTHER, dtype=numpy.uint8)).astype(numpy.float32)
    totals = numpy.einsum("n,nlk->lk", weight, one_hot)
    frequencies = totals / numpy.maximum(totals.sum(1, keepdims=True), 1e-9)
    there = (letters != GAP) * weight[:, None]  # [N, L]
    gaps = numpy.clip(1 - there.sum(0) / weight.sum(), 0, 1)
    neff = numpy.ones(length, numpy.float32)
    flat = one_hot.reshape(count, -1)
    for first in range(0, length, rows_at_once):
        part = (there[:, first : first + rows_at_once].T @ flat).reshape(-1, length, OTHER)
        part /= numpy.maximum(part.sum(2, keepdims=True), 1e-9)
        entropy = -(part * numpy.log(numpy.maximum(part, 1e-9))).sum(2)
        neff[first : first + rows_at_once] = numpy.exp(entropy.mean(1))
    return frequencies, neff, gaps
