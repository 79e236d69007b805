"""Records of FASTA and of alignments, read as the program reads them."""

import ctypes
import os
import warnings
from ctypes import byref
from dataclasses import dataclass
from typing import Any, Iterator, List, Optional, Union

import numpy as np

from ._errors import InputError, RepairWarning
from ._library import Batch, Error, check, library

Path = Union[str, "os.PathLike[str]"]
FASTA, UNGAPPED, ALIGNMENTS = range(3)
RESIDUES_AT_ONCE = 1 << 16


@dataclass(frozen=True)
class Record:
    """A chain.

    ``header`` is the line without its ``>``, read as UTF-8 or else Latin-1; ``profile``, of alignments, is float32 (L, 21): frequencies of
    ACDEFGHIKLMNPQRSTVWY and the share of gaps, or None if no relatives are known.
    """

    header: str
    sequence: str
    profile: Optional[np.ndarray] = None

    @property
    def id(self) -> str:
        """The first word of the header."""
        return self.header.split(maxsplit=1)[0] if self.header.split() else ""


class RecordBatches:
    """The records of a file in batches of about 65,536 residues; each is valid until the next."""

    def __init__(self, path: Path, kind: int) -> None:
        if "\0" in os.fsdecode(path):
            raise InputError(f"the path {os.fsdecode(path)!r} has a NUL in it")
        self.pointer: Optional[int] = library.strand_records_open(os.fsencode(path), kind)

    def __iter__(self) -> Iterator["RecordBatch"]:
        while True:
            batch, error = Batch(), Error()
            check(library.strand_records_next(self.pointer, RESIDUES_AT_ONCE, byref(batch), byref(error)), error)
            if batch.chains.count == 0:
                break
            yield RecordBatch(batch, self)
        repairs = library.strand_records_repairs(self.pointer).decode()
        if repairs:
            warnings.warn(repairs, RepairWarning, stacklevel=3)

    def __copy__(self) -> "RecordBatches":
        return self

    def __del__(self, close: Any = library.strand_records_close) -> None:
        if getattr(self, "pointer", None):
            close(self.pointer)
            self.pointer = None


class RecordBatch:
    """Some records, in the library's memory."""

    def __init__(self, batch: Batch, reader: RecordBatches) -> None:
        self.reader = reader  # which keeps the memory
        self.chains = batch.chains
        self.offsets = _numbers(batch.chains.offsets, batch.chains.count + 1, ctypes.c_int64)
        self.sequences = _texts(batch.chains.residues, self.offsets)
        self.headers = _texts(batch.headers, _numbers(batch.header_offsets, batch.chains.count + 1, ctypes.c_int64))

    def __len__(self) -> int:
        return len(self.headers)

    def records(self) -> Iterator[Record]:
        for index, (header, sequence) in enumerate(zip(self.headers, self.sequences)):
            yield Record(header, sequence, self._profile(index))

    def _profile(self, index: int) -> Optional[np.ndarray]:
        has = self.chains.has_features
        if not self.chains.features or (has and not ctypes.cast(has, ctypes.POINTER(ctypes.c_uint8))[index]):
            return None
        start, end = self.offsets[index], self.offsets[index + 1]
        rows = _numbers(self.chains.features, int(self.offsets[-1]) * 21, ctypes.c_float).reshape(-1, 21)
        return rows[start:end].copy()


def _numbers(address: int, count: int, kind: type) -> np.ndarray:
    return np.ctypeslib.as_array(ctypes.cast(address, ctypes.POINTER(kind)), (count,))


def _texts(address: Optional[int], offsets: np.ndarray) -> List[str]:
    bounds = offsets.tolist()
    everything = ctypes.string_at(address, bounds[-1]) if address and bounds[-1] else b""
    parts = (everything[start:end] for start, end in zip(bounds, bounds[1:]))
    # Headers may be in any encoding; Latin-1 takes every byte.
    return [part.decode("ascii") if part.isascii() else _decoded(part) for part in parts]


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def read_fasta(path: Path, *, ungap: bool = False) -> Iterator[Record]:
    """The records of a FASTA file, plain or gzip, one at a time; "-" is standard input.

    What is not FASTA is an ``InputError`` that names the line. Stops at the ends of sequences are removed, and letters
    other than the 20 amino acids kept; what was changed is a ``RepairWarning`` at the end.

    ungap: whether to remove the gaps ``-`` and ``.``, which are errors otherwise.
    """
    for batch in RecordBatches(path, UNGAPPED if ungap else FASTA):
        yield from batch.records()


def read_alignments(path: Path) -> Iterator[Record]:
    """The chains of alignments (A3M, A2M, aligned FASTA, Stockholm, Clustal), of HMMs (.hhm, HMMER's .hmm) or of tables of
    scores (PSI-BLAST, MMseqs2), plain or gzip, each with its profile."""
    for batch in RecordBatches(path, ALIGNMENTS):
        yield from batch.records()
