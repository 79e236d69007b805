"""Labelled chains as tables and files. pyarrow, pandas and polars are imported where they are used, and need not be there."""

import os
from typing import Any, Dict, Iterable, Iterator, List, Optional

import numpy as np

from .proteins import LabelledChain
from .records import RESIDUES_AT_ONCE, Path


def _batches(chains: Iterable[LabelledChain]) -> Iterator[List[LabelledChain]]:
    batch: List[LabelledChain] = []
    residues = 0
    for chain in chains:
        batch.append(chain)
        residues += len(chain)
        if residues >= 4 * RESIDUES_AT_ONCE:
            yield batch
            batch, residues = [], 0
    if batch:
        yield batch


def _record_batch(chains: List[LabelledChain], bits: Optional[int] = None) -> Any:
    import pyarrow as pa

    states = chains[0].states
    if any(chain.states != states for chain in chains):
        raise ValueError("chains of different labels cannot share a table")
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


def to_arrow(chains: Iterable[LabelledChain]) -> Any:
    """A pyarrow.Table with a row a chain: id, header, sequence and labels as strings; confidence, the mean probability of the
    labels; and p_H, p_E, ..., lists of float32 with the probability of the state at each residue."""
    import pyarrow as pa

    batches = [_record_batch(batch) for batch in _batches(chains)]
    if not batches:
        return pa.table({name: pa.array([], pa.string()) for name in ("id", "header", "sequence", "labels")})
    return pa.Table.from_batches(batches)


def write_parquet(chains: Iterable[LabelledChain], path: Path, *, bits: Optional[int] = 12) -> int:
    """Writes a Parquet file with the columns of ``to_arrow``, a few hundred thousand residues at a time; returns the number
    of chains. The file appears when it is whole.

    bits  probabilities are rounded to multiples of 2 ** -bits: with 12, to 0.00024, the file has half the bytes of a gzipped
          table with three decimals; None: as they are, five times as large"""
    import pyarrow.parquet as pq

    if bits is not None and not 1 <= bits <= 23:
        raise ValueError(f"bits={bits}: give 1 to 23, or None")
    writer, count, part = None, 0, os.fspath(path) + ".part"
    try:
        for batch in _batches(chains):
            rows = _record_batch(batch, bits)
            if writer is None:
                writer = pq.ParquetWriter(part, rows.schema, compression="zstd")
            writer.write_batch(rows)
            count += len(batch)
        if writer is None:
            pq.write_table(to_arrow([]), part)
        else:
            writer.close()
        os.replace(part, path)
    except BaseException:
        if writer is not None:
            writer.close()
        if os.path.exists(part):
            os.remove(part)
        raise
    return count


def _residues(chains: Iterable[LabelledChain]) -> Dict[str, Any]:
    everything = list(chains)
    states = everything[0].states if everything else ""
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
    """Writes header, sequence and labels, three lines a chain, as `strand label` does; returns the number of chains. The file
    appears when it is whole."""
    count, part = 0, os.fspath(path) + ".part"
    try:
        with open(part, "w", encoding="utf-8", newline="\n") as file:
            for chain in chains:
                file.write(f">{chain.header}\n{chain.sequence}\n{chain.labels}\n")
                count += 1
        os.replace(part, path)
    except BaseException:
        if os.path.exists(part):
            os.remove(part)
        raise
    return count
