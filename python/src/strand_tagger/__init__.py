"""Strand: secondary structure of proteins, and text of pen strokes.

>>> import strand_tagger
>>> for chain in strand_tagger.label(["MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ"]):
...     print(chain.labels)
CCCHHHHHHHHHHHHHHHHHHHHHHHHCCCCCC

The models are inside the package. ``label`` and ``Labeller`` label proteins, ``read`` and ``Reader`` read ink, ``evaluate``
and ``score`` measure, ``read_fasta`` reads records as Strand does. The same input gives the same labels on every processor.
"""

from ._errors import InputError, ModelError, RepairWarning, StrandError
from ._library import library_version
from ._version import __version__
from .ink import Character, InkPiece, Reader, Reading, read
from .measures import evaluate, run_program, score
from .proteins import LabelledChain, Labeller, label
from .records import Record, read_alignments, read_fasta
from .remote import Client
from .tables import to_arrow, to_pandas, to_polars, write_labelled_fasta, write_parquet

__all__ = [
    "Character",
    "Client",
    "InkPiece",
    "InputError",
    "LabelledChain",
    "Labeller",
    "ModelError",
    "Reader",
    "Reading",
    "Record",
    "RepairWarning",
    "StrandError",
    "__version__",
    "evaluate",
    "label",
    "library_version",
    "read",
    "read_alignments",
    "read_fasta",
    "run_program",
    "score",
    "to_arrow",
    "to_pandas",
    "to_polars",
    "write_labelled_fasta",
    "write_parquet",
]
