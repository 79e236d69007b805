"""The benchmark sets (sets.json), and the error that ends a run in one line."""
import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parent.parent


class BenchmarkError(Exception):
    """What went wrong and what to do about it, in a sentence."""


@dataclass(frozen=True)
class BenchmarkSet:
    """A row of sets.json, where each field is said."""

    name: str
    task: str
    title: str
    file: str
    source: str | None
    sha256: str
    records: int
    counted: int
    terms: str
    converter: str | None = None
    subsetOf: str | None = None
    onlyGreedy: bool = False


def load_sets(path=FOLDER / "sets.json"):
    return [BenchmarkSet(**row) for row in json.loads(Path(path).read_text(encoding="utf-8"))["sets"]]


def load_train_sets(path=FOLDER / "sets.json"):
    """Names of the files the shipped protein model was trained on."""
    return json.loads(Path(path).read_text(encoding="utf-8"))["trainSets"]


def choose_sets(names, sets):
    """The sets of these names, in the order of the table; all for no names."""
    unknown = set(names) - {each.name for each in sets}
    if unknown:
        raise BenchmarkError(
            f"no set is called {', '.join(sorted(unknown))}; there are {', '.join(each.name for each in sets)}")
    return [each for each in sets if not names or each.name in names]
