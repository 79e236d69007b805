"""Text of pen strokes."""

import ctypes
import functools
import re
from ctypes import POINTER, byref
from dataclasses import dataclass
from typing import Any, Iterable, Iterator, List, Optional, Sequence, Tuple

import numpy as np

from ._errors import InputError
from ._library import Decoding, Error, Ink, Model, Readings, RunsModel, StrandArgumentError, check, library
from ._library import Reading as _Reading
from ._inputs import in_batches
from .records import Path

SAMPLES_AT_ONCE = 240


@dataclass(frozen=True)
class InkPiece:
    """Consecutive points of a stroke, counted from 0: ``first`` to ``last``, both included."""

    stroke: int
    first: int
    last: int


@dataclass(frozen=True)
class Character:
    """A character of a text and its ink.

    probability  the largest that the network gives it along its ink
    ink          its pieces of strokes; of a blank none
    time         start and end in milliseconds, if the points have times
    """

    text: str
    probability: float
    ink: Tuple[InkPiece, ...]
    time: Optional[Tuple[float, float]]


@dataclass(frozen=True)
class Reading:
    """What a sample says.

    text          lines are separated by line feeds
    probability   of the most probable path, CTC's probability of the text; of a search, its share among the texts left
    characters    those of the text but the line feeds
    alternatives  (text, probability) of the most probable texts, ``text`` first
    """

    text: str
    probability: float
    characters: Tuple[Character, ...]
    alternatives: Tuple[Tuple[str, float], ...]


class Reader(RunsModel):
    """Reads ink with one model, which is loaded once. May be shared by threads, and used after a fork.

    model           "ink" (English, printable ASCII), or the path of a model file
    language_model  whether to search with the language model inside the package: English
    beam            texts kept while searching; None: 16 with a language model or alternatives, else the most probable path
    alternatives    texts wanted of each sample
    only            the only characters that a text may have, such as "0123456789"
    precision       "int8", "fp32" or "bf16"
    threads         how many compute; None: all processors that this process may use
    """

    def __init__(
        self, model: Path = "ink", *, language_model: bool = False, beam: Optional[int] = None, alternatives: int = 1,
        only: Optional[str] = None, precision: str = "int8", threads: Optional[int] = None,
    ) -> None:
        self._options = {
            "model": model, "language_model": language_model, "beam": beam, "alternatives": alternatives, "only": only,
            "precision": precision, "threads": threads,
        }
        self._model = Model(model, threads, precision)
        if self._model.task != "ink":
            raise StrandArgumentError(f"{model!r} is a model for proteins: use Labeller")
        if beam is not None and not (isinstance(beam, int) and 1 <= beam <= 10_000):
            raise StrandArgumentError(f"beam={beam!r}: give 1 to 10000, or None")
        if not (isinstance(alternatives, int) and 1 <= alternatives <= 10_000):
            raise StrandArgumentError(f"alternatives={alternatives!r}: give 1 to 10000")
        if only is not None and (not isinstance(only, str) or not only or "\0" in only):
            raise StrandArgumentError(f"only={only!r}: give a string of characters, or None for all")
        characters = None if only is None else only.encode("utf-8")
        self._decoding = Decoding(beam or 0, alternatives, bool(language_model), characters)

    @property
    def characters(self) -> str:
        """The characters that can be read."""
        return self._model.labels

    def read(self, samples: Iterable[Sequence[Any]]) -> List[Reading]:
        """The readings of samples, in their order: see ``stream``."""
        return list(self.stream(samples))

    def stream(self, samples: Iterable[Sequence[Any]]) -> Iterator[Reading]:
        """Reads any number of samples, one at a time.

        A sample is a word, a line or a page: a list of strokes in the order of writing, each an array (points, 2) of x to
        the right and y downwards in any unit, or (points, 3) with milliseconds, NaN where unknown.
        """
        first = 0
        for group in in_batches(samples, SAMPLES_AT_ONCE, lambda sample: 1):
            yield from self._read(group, first)
            first += len(group)

    def _read(self, samples: List[Sequence[Any]], first: int) -> List[Reading]:
        strokes = [_stroke(stroke, number) for number, sample in enumerate(samples, first) for stroke in sample]
        coordinates = np.ascontiguousarray(np.concatenate([np.zeros((0, 3)), *strokes]))
        stroke_offsets = _offsets([len(sample) for sample in samples])
        point_offsets = _offsets([len(stroke) for stroke in strokes])
        ink = Ink(
            len(samples), stroke_offsets.ctypes.data, point_offsets.ctypes.data, coordinates.ctypes.data, 3
        )
        readings, error = POINTER(Readings)(), Error()
        status = library.strand_read(
            self._model.pointer, byref(ink), byref(self._decoding), byref(readings), byref(error)
        )
        try:
            check(status, error)
        except InputError as problem:  # counts the samples of this call
            text = re.sub(r"^sample (\d+)", lambda match: f"sample {first + int(match[1])}", str(problem))
            raise InputError(text) from None
        try:
            return [_reading(readings.contents.readings[k]) for k in range(len(samples))]
        finally:
            library.strand_readings_free(readings)


def _offsets(lengths: List[int]) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def _stroke(stroke: Any, sample: int) -> np.ndarray:
    """A stroke as (points, 3)."""
    points = np.asarray(stroke, np.float64)
    if points.size == 0:
        return np.zeros((0, 3))
    if points.ndim != 2 or points.shape[1] not in (2, 3):
        raise StrandArgumentError(f"sample {sample}: a stroke of shape {points.shape}: give (points, 2) or (points, 3)")
    if points.shape[1] == 2:
        points = np.column_stack([points, np.full(len(points), np.nan)])
    return points


def _reading(reading: _Reading) -> Reading:
    characters = tuple(_character(reading.characters[k]) for k in range(reading.character_count))
    alternatives = tuple(
        (reading.alternatives[k].text.decode(), reading.alternatives[k].probability)
        for k in range(reading.alternative_count)
    )
    return Reading(reading.text.decode(), reading.probability, characters, alternatives)


def _character(character: ctypes.Structure) -> Character:
    pieces = (character.pieces[k] for k in range(character.piece_count))
    ink = tuple(InkPiece(piece.stroke, piece.first_point, piece.last_point) for piece in pieces)
    time = None if np.isnan(character.start) else (character.start, character.end)
    return Character(character.text.decode(), character.probability, ink, time)


@functools.lru_cache(maxsize=4, typed=True)
def _reader(language_model: bool, beam: Optional[int], alternatives: int, only: Optional[str]) -> Reader:
    return Reader(language_model=language_model, beam=beam, alternatives=alternatives, only=only)


def read(
    samples: Iterable[Sequence[Any]], *, language_model: bool = False, beam: Optional[int] = None, alternatives: int = 1,
    only: Optional[str] = None,
) -> List[Reading]:
    """Reads samples of ink with the model inside the package, which stays loaded for the next call.

    >>> read([[[(0, 0), (0, 10), (0, 20)], [(8, 0), (8, 20)]]])[0].text
    '11'

    See ``Reader`` for the options and ``Reader.stream`` for what a sample is.
    """
    return _reader(language_model, beam, alternatives, only).read(samples)
