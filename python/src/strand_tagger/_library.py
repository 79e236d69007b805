"""The shared library: the functions and structures of strand.h, by ctypes, which releases the GIL during each call."""

import ctypes
import functools
import os
from ctypes import POINTER, Structure, byref, c_char, c_char_p, c_double, c_int, c_int64, c_size_t, c_void_p
from typing import Any, Dict, Optional, Tuple, Union

from ._errors import InputError, ModelError, StrandError

INTERFACE_VERSION = 1
PRECISIONS = {"int8": 0, "fp32": 1, "bf16": 2}
SHIPPED = ("structure", "profile", "disorder", "ink")


class Error(Structure):
    _fields_ = [("status", c_int), ("text", c_char * 1020)]


class ModelInfo(Structure):
    _fields_ = [
        ("task", c_char_p), ("name", c_char_p), ("labels", c_char_p), ("label_count", c_int),
        ("has_three_states", c_int), ("feature_count", c_int), ("features_are_profile", c_int), ("sha256", c_char_p),
        ("arithmetic", c_char_p), ("threads", c_int),
    ]


class Chains(Structure):
    _fields_ = [
        ("count", c_size_t), ("residues", c_void_p), ("offsets", c_void_p), ("features", c_void_p),
        ("has_features", c_void_p),
    ]


class Batch(Structure):
    _fields_ = [("chains", Chains), ("headers", c_void_p), ("header_offsets", c_void_p)]


class Ink(Structure):
    _fields_ = [
        ("count", c_size_t), ("strokes", c_void_p), ("points", c_void_p), ("coordinates", c_void_p), ("columns", c_int),
    ]


class Decoding(Structure):
    _fields_ = [("beam", c_int), ("alternatives", c_int), ("language_model", c_int), ("only", c_char_p)]


class Piece(Structure):
    _fields_ = [("stroke", c_int64), ("first_point", c_int64), ("last_point", c_int64)]


class Character(Structure):
    _fields_ = [
        ("text", c_char_p), ("probability", c_double), ("start", c_double), ("end", c_double),
        ("piece_count", c_size_t), ("pieces", POINTER(Piece)),
    ]


class Alternative(Structure):
    _fields_ = [("text", c_char_p), ("probability", c_double)]


class Reading(Structure):
    _fields_ = [
        ("text", c_char_p), ("probability", c_double), ("character_count", c_size_t),
        ("characters", POINTER(Character)), ("alternative_count", c_size_t), ("alternatives", POINTER(Alternative)),
    ]


class Readings(Structure):
    _fields_ = [("count", c_size_t), ("readings", POINTER(Reading))]


def _load() -> Any:
    path = os.environ.get("STRAND_LIBRARY") or os.path.join(os.path.dirname(__file__), "libstrand.so")
    library = ctypes.CDLL(path)
    functions = {
        "strand_interface_version": (c_int, []),
        "strand_version": (c_char_p, []),
        "strand_model_open_shipped": (c_int, [c_char_p, c_int, c_int, POINTER(c_void_p), POINTER(Error)]),
        "strand_model_open": (c_int, [c_char_p, c_int, c_int, POINTER(c_void_p), POINTER(Error)]),
        "strand_model_close": (None, [c_void_p]),
        "strand_model_describe": (ModelInfo, [c_void_p]),
        "strand_label": (c_int, [c_void_p, POINTER(Chains), c_int, c_void_p, c_void_p, POINTER(Error)]),
        "strand_records_open": (c_void_p, [c_char_p, c_int]),
        "strand_records_close": (None, [c_void_p]),
        "strand_records_next": (c_int, [c_void_p, c_size_t, POINTER(Batch), POINTER(Error)]),
        "strand_records_repairs": (c_char_p, [c_void_p]),
        "strand_read":
            (c_int, [c_void_p, POINTER(Ink), POINTER(Decoding), POINTER(POINTER(Readings)), POINTER(Error)]),
        "strand_readings_free": (None, [POINTER(Readings)]),
    }
    for name, (result, arguments) in functions.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    found = library.strand_interface_version()
    if found != INTERFACE_VERSION:
        raise ImportError(f"{path} has version {found} of Strand's C interface; this package needs {INTERFACE_VERSION}")
    return library


library = _load()


def library_version() -> str:
    """The version of the shared library."""
    return str(library.strand_version().decode())


def check(status: int, error: Error) -> None:
    """Raises what a call reported, if it failed."""
    if status == 0:
        return
    text = error.text.decode("utf-8", "replace")
    raise {2: InputError, 3: ModelError}.get(status, StrandArgumentError)(text)


class StrandArgumentError(StrandError, ValueError):
    """An argument that is out of range or does not fit the model."""


class Model:
    """A model ready to run, closed when nothing refers to it any more."""

    def __init__(self, model: Union[str, "os.PathLike[str]"], threads: Optional[int], precision: str) -> None:
        if precision not in PRECISIONS:
            raise StrandArgumentError(f"precision {precision!r}: give one of {', '.join(PRECISIONS)}")
        if threads is not None and not (isinstance(threads, int) and 1 <= threads <= 1024):
            raise StrandArgumentError(f"threads={threads!r}: give 1 to 1024, or None for all processors")
        if "\0" in os.fspath(model):
            raise StrandArgumentError(f"the model's name {os.fspath(model)!r} has a NUL in it")
        self.pointer: Optional[c_void_p] = c_void_p()
        error = Error()
        is_shipped = isinstance(model, str) and model in SHIPPED
        function = library.strand_model_open_shipped if is_shipped else library.strand_model_open
        name = os.fsencode(model)
        check(function(name, threads or 0, PRECISIONS[precision], byref(self.pointer), byref(error)), error)
        info = library.strand_model_describe(self.pointer)
        self.task, self.name = str(info.task.decode()), str(info.name.decode())
        self.labels, self.sha256 = str(info.labels.decode()), str(info.sha256.decode())
        self.arithmetic, self.threads = str(info.arithmetic.decode()), int(info.threads)
        self.has_three_states = bool(info.has_three_states)
        self.feature_count, self.features_are_profile = int(info.feature_count), bool(info.features_are_profile)

    def __copy__(self) -> "Model":
        return self

    def __del__(self, close: Any = library.strand_model_close) -> None:  # the module may be gone already at the end
        if getattr(self, "pointer", None):
            close(self.pointer)
            self.pointer = None


class RunsModel:
    """What is known of the model that a Labeller or a Reader runs."""

    _model: Model
    # The arguments it was made with.
    _options: Dict[str, Any]

    def __reduce__(self) -> Tuple[Any, ...]:
        return functools.partial(type(self), **self._options), ()

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    @property
    def sha256(self) -> str:
        """SHA-256 of the model's file, in hexadecimal."""
        return self._model.sha256

    @property
    def arithmetic(self) -> str:
        """What results depend on beside model and input."""
        return self._model.arithmetic

    @property
    def threads(self) -> int:
        """Threads that compute."""
        return self._model.threads
