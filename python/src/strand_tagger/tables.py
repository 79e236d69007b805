"""Labelled chains as tables and files. pyarrow, pandas and polars are imported where they are used, and need not be there."""

import contextlib
import gzip
import os
import tempfile
from typing import Any, Dict, Iterable, Iterator, List, Optional

import numpy as np

from ._inputs import in_batches
from .proteins import LabelledChain
from .records import RESIDUES_AT_ONCE, Path


@contextlib.contextmanager
def _whole_file(path: Path) -> Iterator[str]:
    """A name to write to, whose file takes the place of `path` when it is whole: that of a link's target, with the permissions of
    the file it replaces. What is no regular file, such as a pipe, is written to itself."""
    target = os.path.realpath(os.fsdecode(path))
    if os.path.isdir(target):
        raise IsADirectoryError(f"{os.fsdecode(path)}: is a directory; name a file to write")
    if os.path.exists(target) and not os.path.isfile(target):
        yield target
        return
    handle, part = tempfile.mkstemp(prefix=f".{os.path.basename(target)}.", suffix=".part", dir=os.path.dirname(target))
    os.close(handle)
    try:
        yield part
        if os.path.exists(target):
            os.chmod(part, os.stat(target).st_mode & 0o7777)
        else:
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(part, 0o666 & ~mask)
        os.replace(part, target)
    except BaseException:
        os.remove(part)
        raise


def _states(chains: List[LabelledChain]) -> str:
    states = chains[0].states
    if any(chain.states != states for chain in chains):
        raise ValueError("chains of different labels cannot share a table")
    return states


def _batches(chains: Iterable[LabelledChain]) -> Iterator[List[LabelledChain]]:
    return in_batches(chains, 4 * RESIDUES_AT_ONCE, len)


def _record_batch(chains: List[LabelledChain], bits: Optional[int] = None) -> Any:
    import pyarrow as pa

    states = _states(chains)
    offsets = np.concatenate([[0], np.cumsum([len(chain) for chain in chains])])
    if offsets[-1] >= 1 << 31:
        raise ValueError(f"{offsets[-1]} residues in a batch: a list of Arrow holds 2,147,483,647")
    rows = np.concatenate([chain.probabilities for chain in chains])
    confidence = np.add.reduceat(rows.max(axis=1), offsets[:-1]) / np.diff(offsets)
    if bits is not None:
        rows = np.round(rows * np.float32(1 << bits)) / np.float32(1 << bits)

    def lists(values: np.ndarray) -> Any:
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(np.ascontiguousarray(values)))

    columns = {
        "id": pa.array([chain.id for chain in chains], pa.string()),
        "header": pa.array([chain.header for chain in chains], pa.string()),
        "sequence": pa.array([chain.sequence for chain in chains], pa.string()),
        "labels": pa.array([chain.labels for chain in chains], pa.string()),
        "confidence": pa.array(confidence.astype(np.float32)),
    }
    columns.update({f"p_{state}": lists(rows[:, column]) for column, state in enumerate(states)})
    return pa.RecordBatch.from_pydict(columns)


def to_arrow(chains: Iterable[LabelledChain], *, states: str = "HEC") -> Any:
    """A pyarrow.Table with a row a chain: id, header, sequence and labels as strings; confidence, the mean probability of the
    labels; and p_H, p_E, ..., lists of float32 with the probability of the state at each residue.

    states  the labels that a table of no chains is to have"""
    import pyarrow as pa

    batches = [_record_batch(batch) for batch in _batches(chains)]
    if not batches:
        texts = {name: pa.array([], pa.string()) for name in ("id", "header", "sequence", "labels")}
        lists = {f"p_{state}": pa.array([], pa.list_(pa.float32())) for state in states}
        return pa.table({**texts, "confidence": pa.array([], pa.float32()), **lists})
    return pa.Table.from_batches(batches)


def write_parquet(chains: Iterable[LabelledChain], path: Path, *, bits: Optional[int] = 12) -> int:
    """Writes a Parquet file with the columns of ``to_arrow``, a few hundred thousand residues at a time; returns the number
    of chains. The file appears when it is whole.

    bits  probabilities are rounded to multiples of 2 ** -bits: with 12, to 0.00024, the file has half the bytes of a gzipped
          table with three decimals; None: as they are, five times as large"""
    import pyarrow.parquet as pq

    if bits is not None and not 1 <= bits <= 23:
        raise ValueError(f"bits={bits}: give 1 to 23, or None")
    writer, count = None, 0
    with _whole_file(path) as part:
        try:
            for batch in _batches(chains):
                rows = _record_batch(batch, bits)
                if writer is None:
                    writer = pq.ParquetWriter(part, rows.schema, compression="zstd")
                writer.write_batch(rows)
                count += len(batch)
        finally:
            if writer is not None:
                writer.close()
        if writer is None:
            pq.write_table(to_arrow([]), part)
    return count


def _residues(chains: Iterable[LabelledChain]) -> Dict[str, Any]:
    everything = list(chains)
    states = _states(everything) if everything else ""
    lengths = [len(chain) for chain in everything]
    rows = np.concatenate([chain.probabilities for chain in everything]) if everything else np.zeros((0, 0), np.float32)
    columns: Dict[str, Any] = {
        "id": np.repeat(np.array([chain.id for chain in everything], object), lengths),
        "residue": np.concatenate([np.arange(1, length + 1) for length in lengths]) if everything else np.zeros(0, int),
        "amino_acid": np.array(list("".join(chain.sequence for chain in everything)), object),
        "label": np.array(list("".join(chain.labels for chain in everything)), object),
    }
    columns.update({f"p_{state}": rows[:, column] for column, state in enumerate(states)})
    return columns


def to_pandas(chains: Iterable[LabelledChain]) -> Any:
    """A pandas.DataFrame with a row a residue: id, residue (from 1), amino_acid, label, p_H, p_E, ..."""
    import pandas as pd

    return pd.DataFrame(_residues(chains))


def to_polars(chains: Iterable[LabelledChain]) -> Any:
    """A polars.DataFrame with the same rows as ``to_pandas``."""
    import polars as pl

    strings = {name: pl.String for name in ("id", "amino_acid", "label")}
    return pl.DataFrame(_residues(chains), schema_overrides=strings)


def write_labelled_fasta(chains: Iterable[LabelledChain], path: Path) -> int:
    """Writes header, sequence and labels, three lines a chain, as `strand label` does, in gzip if the name ends in ``.gz``;
    returns the number of chains. The file appears when it is whole."""
    count = 0
    with _whole_file(path) as part:
        compressed = os.fsdecode(path).endswith(".gz")
        with gzip.GzipFile(part, "wb", mtime=0) if compressed else open(part, "wb") as file:
            for chain in chains:
                file.write(f">{chain.header}\n{chain.sequence}\n{chain.labels}\n".encode())
                count += 1
    return count
