"""Chains of residues as the teacher's programs share them: reading, cutting in windows, batches of similar length.

Shapes: B sequences, T residues of the longest, K = 8 labels.
"""

import os
import sys

import numpy
import torch

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data"))
from records import read_fasta, read_ssfa, sha256  # noqa: E402, F401 (for the other programs)

LABELS = "HGIEBTSC"
THREE_STATES = torch.tensor([0, 0, 0, 1, 1, 2, 2, 2])
UNLABELLED = -100
RESIDUES = "ACDEFGHIKLMNPQRSTVWY"
ONE_HOT = len(RESIDUES) + 1  # the last is any other letter


def codes(text, alphabet, other):
    """The places of letters in an alphabet, int64 [T]."""
    table = numpy.full(256, other, numpy.int64)
    for index, letter in enumerate(alphabet.encode("ascii")):
        table[letter] = index
    return torch.from_numpy(table[numpy.frombuffer(text.encode("ascii"), numpy.uint8)])


def label_codes(labels):
    return codes(labels, LABELS, UNLABELLED)


def residue_codes(sequence):
    return codes(sequence, RESIDUES, len(RESIDUES))


def windows(length, longest, overlap=200):
    """The (start, end, first kept, last kept) of windows over a chain; what they keep covers it once.

    A residue is kept from a window where it is at least half the overlap away from where the chain was cut.
    """
    if length <= longest:
        return [(0, length, 0, length)]
    starts = list(range(0, length - longest, longest - overlap)) + [length - longest]
    ends = [start + longest for start in starts]
    cuts = [0] + [(end + start) // 2 for end, start in zip(ends, starts[1:])] + [length]
    return list(zip(starts, ends, cuts, cuts[1:]))


def batches(lengths, residues, random=None, jitter=20):
    """Lists of indices of chains, alike in length, of about `residues` each with padding; shuffled with `random`."""
    noise = random.random(len(lengths)) * jitter if random is not None else numpy.zeros(len(lengths))
    made, batch = [], []
    for index in numpy.argsort(numpy.asarray(lengths) + noise, kind="stable"):
        if batch and (len(batch) + 1) * max(lengths[index], lengths[batch[-1]]) > residues:
            made.append(batch)
            batch = []
        batch.append(int(index))
    made.append(batch)
    if random is not None:
        random.shuffle(made)
    return made


def padded(rows, value=0):
    """Tensors [T_i, ...] as one [B, T, ...], padded at the end."""
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=value)


def reversal(lengths):
    """Indices [B, T] that turn each sequence around and leave its padding at the end."""
    lengths = torch.as_tensor(lengths)[:, None]
    places = torch.arange(int(lengths.max()))[None]
    return torch.where(places < lengths, lengths - 1 - places, places)
