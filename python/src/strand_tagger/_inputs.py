"""What people give as chains, and batches of it."""

from typing import Any, Callable, Iterable, Iterator, List, Mapping, NamedTuple, Optional, Tuple, TypeVar, Union

import numpy as np

from ._errors import InputError
from ._library import StrandArgumentError
from .records import Record

# A sequence, a (name, sequence) pair, a Record, or one of Biopython's.
Chain = Any
Item = TypeVar("Item")


def in_batches(items: Iterable[Item], most: int, size: Callable[[Item], int]) -> Iterator[List[Item]]:
    """Consecutive items in lists, each ended by the item that brings its sizes to `most`."""
    batch: List[Item] = []
    gathered = 0
    for item in items:
        batch.append(item)
        gathered += size(item)
        if gathered >= most:
            yield batch
            batch, gathered = [], 0
    if batch:
        yield batch


class NamedChain(NamedTuple):
    header: str
    sequence: str
    features: Optional[np.ndarray]


def named_chains(chains: Union[Mapping[str, str], Iterable[Chain]], features: Optional[Iterable[Any]]) -> Iterator[NamedChain]:
    if type(chains).__name__ in ("DataFrame", "LazyFrame", "Table", "RecordBatch"):
        raise StrandArgumentError("a table: give its column of sequences, or zip(names, sequences)")
    if isinstance(chains, (bytes, bytearray)):
        raise StrandArgumentError("chains as bytes: give str, or a list of them")
    if isinstance(features, (Mapping, np.ndarray)):
        raise StrandArgumentError("features: give a list with an array (L, D) for each chain, in their order")
    try:
        source = iter(chains.items() if isinstance(chains, Mapping) else chains)
    except TypeError:
        raise StrandArgumentError(f"chains as {type(chains).__name__}: give a path, or a list of sequences") from None
    further = None if features is None else iter(features)
    for number, chain in enumerate(source, 1):
        header, sequence, own = unpacked(chain, number)
        if any(end in header for end in "\r\n\0"):
            raise InputError(f"chain {number}: its name {shown(header)} has a line end in it")
        if further is not None:
            try:
                own = next(further)
            except StopIteration:
                raise StrandArgumentError(f"features of {number - 1} chains, and there are more chains") from None
        yield NamedChain(header, sequence, own)
    if further is not None and next(further, further) is not further:
        raise StrandArgumentError("features of more chains than there are")


def unpacked(chain: Chain, number: int) -> Tuple[str, str, Optional[np.ndarray]]:
    if isinstance(chain, Record):
        return chain.header, text_of(chain.sequence, number), chain.profile
    if isinstance(chain, tuple) and len(chain) == 2:
        return text_of(chain[0], number, "name"), text_of(chain[1], number), None
    if hasattr(chain, "seq") and hasattr(chain, "id") and hasattr(chain, "description"):  # Biopython's SeqRecord
        description = str(chain.description or "")
        header = description if description.split(" ")[0] == chain.id else str(chain.id)
        return header, text_of(chain.seq, number), None
    return str(number), text_of(chain, number), None


def text_of(value: Any, number: int, part: str = "sequence") -> str:
    """A text of Python, of Biopython (Seq) or of Arrow; a missing value is none of them."""
    if hasattr(value, "as_py"):
        value = value.as_py()
    if isinstance(value, str):
        return str(value)
    if type(value).__name__ in ("Seq", "MutableSeq"):
        return str(value)
    missing = value is None or type(value).__name__ == "NAType" or (isinstance(value, float) and value != value)
    raise StrandArgumentError(
        f"chain {number}: its {part} is {'missing' if missing else 'a ' + type(value).__name__}; give sequences,"
        " (name, sequence) pairs, Records or SeqRecords"
    )


def encoded(chain: NamedChain) -> bytes:
    try:
        return chain.sequence.encode("ascii")
    except UnicodeEncodeError as error:
        letter = chain.sequence[error.start]
        raise InputError(f"chain {chain.header!r}: {letter!r} is not a letter of residues") from None


def shown(text: str) -> str:
    return repr(text if len(text) <= 30 else text[:27] + "...")
