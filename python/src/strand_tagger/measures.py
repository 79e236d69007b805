"""Measures: the program's `evaluate` and `score`, whose figures come back as its JSON has them."""

import contextlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence, Union

from ._errors import StrandError
from .proteins import LabelledChain
from .records import Path
from .tables import write_labelled_fasta

LabelledChains = Union[Path, Iterable[LabelledChain]]


def program_path() -> str:
    """Where the program `strand` of this package is."""
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        for file in importlib.metadata.files("strand-tagger") or []:
            if file.name == "strand" and os.path.isfile(str(file.locate())):
                return os.path.realpath(str(file.locate()))
    beside = os.path.join(sysconfig.get_path("scripts"), "strand")
    found = beside if os.path.isfile(beside) else shutil.which("strand")
    if not found:
        raise StrandError("the program strand is not there: install the package anew, or add it to PATH")
    return found


def run_program(*arguments: Path) -> str:
    """Runs `strand` with these arguments, and returns what it prints on standard output.

    Raises StrandError with its message if it fails.
    """
    result = subprocess.run(
        [program_path(), *(os.fspath(argument) for argument in arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if result.returncode != 0:
        raise StrandError(result.stderr.strip() or f"strand ended with status {result.returncode}")
    return result.stdout


def evaluate(
    *files: Path, model: Optional[Path] = None, task: Optional[str] = None, options: Sequence[str] = ()
) -> List[Dict[str, Any]]:
    """Measures a model on labelled chains or on ink with its text: the document of `strand evaluate --json`, a dictionary
    for each file, with every figure and its 95 % interval.

    model    a model file; None: the one inside the package
    task     another model inside the package, such as "disorder"
    options  further options of `strand evaluate`, such as ("--train-set", "train.ssfa.gz")
    """
    arguments = ["evaluate", *(["--model", os.fspath(model)] if model is not None else [])]
    return _figures([*arguments, *(["--task", task] if task else []), *options, *(os.fspath(file) for file in files)])


def score(truth: LabelledChains, *predictions: LabelledChains, options: Sequence[str] = ()) -> List[Dict[str, Any]]:
    """Compares predictions of any program with the truth: the document of `strand score --json`, a dictionary for each.

    truth, predictions  files in any format that the program reads, or LabelledChains in memory
    options             further options of `strand score`, such as ("--reduction", "H/E")
    """
    with contextlib.ExitStack() as files:
        paths = [files.enter_context(_as_file(chains)) for chains in (truth, *predictions)]
        return _figures(["score", *options, *paths])


@contextlib.contextmanager
def _as_file(chains: LabelledChains) -> Iterator[str]:
    if isinstance(chains, (str, os.PathLike)):
        yield os.fspath(chains)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "chains.ssfa")
        write_labelled_fasta(chains, path)
        yield path


def _figures(arguments: List[str]) -> List[Dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "figures.json")
        run_program(arguments[0], "--json", path, *arguments[1:])
        with open(path, encoding="utf-8") as file:
            figures = json.load(file)
    return figures if isinstance(figures, list) else [figures]
