"""Labels of residues."""

import functools
import os
from ctypes import byref
from typing import Any, Iterable, Iterator, List, Mapping, Optional, Tuple, Union

import numpy as np

from ._errors import InputError
from ._library import SHIPPED, Chains, Error, Model, RunsModel, StrandArgumentError, check, library
from ._inputs import Chain, NamedChain, encoded, in_batches, named_chains, shown
from .records import FASTA, RESIDUES_AT_ONCE, Path, RecordBatches

ChainSource = Union[Path, Mapping[str, str], Iterable[Chain]]
THREE_STATES = "HEC"


class LabelledChain:
    """A chain with its labels.

    id             first word of the header, or the number of the chain, from 1, if it came without a name
    header         the header as it came, without its ``>``
    sequence       L residues, as they came
    labels         L letters, the most probable state of each residue
    probabilities  float32 (L, K): of each of ``states``, a view of memory shared with its neighbours
    states         the K letters in the order of the columns: "HEC", "HGIEBTSC", or the model's own
    """

    __slots__ = ("header", "id", "labels", "probabilities", "sequence", "states")

    def __init__(
        self, header: str, sequence: str, labels: str, probabilities: np.ndarray, states: str
    ) -> None:
        self.id = header.split(maxsplit=1)[0] if header.strip() else header
        self.header, self.sequence, self.labels = header, sequence, labels
        self.probabilities, self.states = probabilities, states

    @property
    def confidence(self) -> np.ndarray:
        """float32 (L,): the probability of each residue's label."""
        confidence: np.ndarray = self.probabilities.max(axis=1)
        return confidence

    def segments(self) -> List[Tuple[str, int, int]]:
        """The runs of one label: (label, first residue, end), counted from 0, the end not included."""
        if not self.labels:
            return []
        codes = np.frombuffer(self.labels.encode("ascii"), np.uint8)
        starts = np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1, [len(codes)]])
        return [(self.labels[a], int(a), int(b)) for a, b in zip(starts, starts[1:])]

    def __len__(self) -> int:
        return len(self.labels)

    def __repr__(self) -> str:
        shown = self.labels if len(self) <= 40 else self.labels[:37] + "..."
        return f"LabelledChain({self.id!r}, {len(self)} residues, {shown!r})"

    def __reduce__(self) -> Tuple[Any, ...]:
        return LabelledChain, (self.header, self.sequence, self.labels, self.probabilities.copy(), self.states)


class Labeller(RunsModel):
    """Labels residues with one model, which is loaded once. May be shared by threads, and used after a fork.

    model      "structure" (the default: secondary structure from the sequence), "profile" (from profiles), "disorder",
               or the path of a model file
    states     3 (H, E, C) or 8 (DSSP's) for secondary structure; None for a model's own labels
    precision  "int8" (the same bytes on every processor), "fp32" or "bf16"
    threads    how many compute; None: all processors that this process may use
    """

    def __init__(
        self, model: Path = "structure", *, states: Optional[int] = 3, precision: str = "int8",
        threads: Optional[int] = None,
    ) -> None:
        self._options = {"model": model, "states": states, "precision": precision, "threads": threads}
        self._model = Model(model, threads, precision)
        if self._model.task != "protein":
            raise StrandArgumentError(f"{os.fspath(model)} is a model for ink: use Reader")
        if not self._model.has_three_states:
            if states not in (3, None):
                raise StrandArgumentError(f"states={states!r}: this model labels with {self._model.labels}, give None")
            states = None
        if states is not None and (type(states) is not int or states not in (3, 8)):
            raise StrandArgumentError(f"states={states!r}: give 3, 8, or None for the model's own labels")
        self._letters = THREE_STATES if states == 3 else self._model.labels
        self._states = states or 0

    @property
    def states(self) -> str:
        """The K letters in the order of the columns of probabilities."""
        return self._letters

    def label(self, chains: ChainSource, *, features: Optional[Iterable[Any]] = None) -> List[LabelledChain]:
        """The labelled chains, in their order: see ``stream``."""
        return list(self.stream(chains, features=features))

    def stream(self, chains: ChainSource, *, features: Optional[Iterable[Any]] = None) -> Iterator[LabelledChain]:
        """Labels any number of chains, one at a time, in memory that does not grow with their number.

        chains    the path of a FASTA file, plain or gzip (for "profile" also of alignments or HMMs: give
                  ``read_alignments(path)``); or any iterable of sequences, (name, sequence) pairs, ``Record`` or
                  Biopython's SeqRecord; or a dictionary of sequences by name
        features  for a model that sees profiles or features of your own: an array (L, D) for each chain, or None for a
                  chain without a profile; D = 21 for profiles, see ``Record``
        """
        if isinstance(chains, (str, os.PathLike)):
            if features is not None:
                raise StrandArgumentError("features go with chains in memory: give read_fasta(path)")
            yield from self._label_file(chains)
            return
        for group in in_batches(named_chains(chains, features), RESIDUES_AT_ONCE, lambda chain: len(chain.sequence)):
            yield from self._label_group(group)

    def _label_file(self, path: Path) -> Iterator[LabelledChain]:
        if isinstance(path, str) and not os.path.exists(path) and path.rstrip("*").isalpha():
            raise InputError(f"there is no file {shown(path)}; of a sequence give a list: [{shown(path)}]")
        if not os.fspath(path):
            raise InputError("the path is empty: give that of a FASTA file, or a list of sequences")
        for batch in RecordBatches(path, FASTA):
            labels, probabilities = self._run(batch.chains, int(batch.offsets[-1]))
            yield from self._parts(batch.headers, batch.sequences, batch.offsets, labels, probabilities)

    def _label_group(self, group: List[NamedChain]) -> Iterator[LabelledChain]:
        sequences = [encoded(chain) for chain in group]
        offsets = np.zeros(len(group) + 1, np.int64)
        np.cumsum([len(sequence) for sequence in sequences], out=offsets[1:])
        residues = b"".join(sequences)
        features, has = self._features(group, offsets)
        chains = Chains(
            len(group), _address(np.frombuffer(residues, np.uint8)), offsets.ctypes.data, _address(features), _address(has)
        )
        try:
            labels, probabilities = self._run(chains, len(residues))
        except InputError as error:
            raise InputError(_with_name(str(error), group)) from None
        yield from self._parts(
            [chain.header for chain in group], [chain.sequence for chain in group], offsets, labels, probabilities
        )

    def _features(
        self, group: List[NamedChain], offsets: np.ndarray
    ) -> Tuple[Optional[np.ndarray], Optional[np.ndarray]]:
        width = self._model.feature_count
        if all(chain.features is None for chain in group):
            return None, None
        if width == 0:
            raise StrandArgumentError(
                "the model sees residues alone: take Labeller(\"profile\") or model=\"profile\" for chains with profiles"
            )
        rows = np.zeros((int(offsets[-1]), width), np.float32)
        for chain, start, end in zip(group, offsets, offsets[1:]):
            if chain.features is None:
                continue
            try:
                given = np.asarray(np.ma.filled(chain.features, np.nan), np.float32)
            except (TypeError, ValueError):
                raise InputError(f"chain {chain.header!r}: its features are no array (L, {width}) of numbers") from None
            if given.shape != (end - start, width):
                raise InputError(f"chain {chain.header!r}: features {given.shape}, and {(int(end - start), width)} are needed")
            rows[start:end] = given
        if not self._model.features_are_profile:
            return rows, None
        return rows, np.array([chain.features is not None for chain in group], np.uint8)

    def _run(self, chains: Chains, residues: int) -> Tuple[bytes, np.ndarray]:
        labels = np.empty(residues, np.uint8)
        probabilities = np.empty((residues, len(self.states)), np.float32)
        error = Error()
        check(
            library.strand_label(
                self._model.pointer, byref(chains), self._states, labels.ctypes.data, probabilities.ctypes.data,
                byref(error),
            ),
            error,
        )
        return labels.tobytes(), probabilities

    def _parts(
        self, headers: List[str], sequences: List[str], offsets: np.ndarray, labels: bytes, probabilities: np.ndarray
    ) -> Iterator[LabelledChain]:
        text, bounds = labels.decode("ascii"), offsets.tolist()
        for header, sequence, start, end in zip(headers, sequences, bounds, bounds[1:]):
            yield LabelledChain(header, sequence, text[start:end], probabilities[start:end], self.states)

    def __repr__(self) -> str:
        return f"Labeller({self.name!r}, states={self.states!r}, {self.arithmetic}, {self.threads} threads)"


def _address(array: Optional[np.ndarray]) -> Optional[int]:
    return None if array is None else int(array.ctypes.data)


def _with_name(message: str, group: List[NamedChain]) -> str:
    """The library counts chains from 0 in each call: their names say more."""
    number, rest = message[len("chain "):].split(maxsplit=1)
    separator = ", " if number.endswith(",") else ": " if number.endswith(":") else " "
    return f"chain {group[int(number.rstrip(',:'))].header!r}{separator}{rest}"


@functools.lru_cache(maxsize=8, typed=True)
def _labeller(model: str, states: Optional[int], precision: str, threads: Optional[int]) -> Labeller:
    return Labeller(model, states=states, precision=precision, threads=threads)


def label(
    chains: ChainSource, *, states: Optional[int] = 3, model: Path = "structure", precision: str = "int8",
    threads: Optional[int] = None, features: Optional[Iterable[Any]] = None,
) -> List[LabelledChain]:
    """Labels chains: those of a FASTA file, or sequences in memory. The model stays loaded for the next call.

    >>> label(["MKTAYIAKQRQISFVKSHFSRQ"], states=3)[0].probabilities.shape
    (22, 3)

    See ``Labeller`` for model, states, precision and threads, and ``Labeller.stream`` for chains and features, and for
    more chains than memory holds.
    """
    is_file = not (isinstance(model, str) and model in SHIPPED)
    if is_file:  # which may change
        return Labeller(model, states=states, precision=precision, threads=threads).label(chains, features=features)
    return _labeller(str(model), states, precision, threads).label(chains, features=features)


