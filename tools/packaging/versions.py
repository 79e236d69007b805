"""The version that recipes, CITATION.cff and the program name: one, or the places that differ.

usage: versions.py                                 compares all places with Sources/StrandEngine/Version.swift
       versions.py --set VERSION [--sums FILE]     writes VERSION into all of them, and the release's hash from SHA256SUMS
"""

import argparse
import pathlib
import re
import sys
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = "Sources/StrandEngine/Version.swift"
RECIPES = "tools/packaging"
NUMBER = r"(\d+\.\d+\.\d+)"

# Each expression finds the version by its group, at least once in its file.
PLACES = {
    SOURCE: [rf'strandVersion = "{NUMBER}"'],
    "CITATION.cff": [rf"^version: {NUMBER}$"],
    "README.md": [rf"^  version = \{{{NUMBER}\}},$"],
    f"{RECIPES}/bioconda/meta.yaml": [rf'set version = "{NUMBER}"'],
    f"{RECIPES}/container/Containerfile": [rf'image\.version="{NUMBER}"', rf"blob/v{NUMBER}/"],
    f"{RECIPES}/cwl/strand-label.cwl": [rf'version: \["{NUMBER}"\]'],
    f"{RECIPES}/galaxy/macros.xml": [rf'"@TOOL_VERSION@">{NUMBER}<'],
    f"{RECIPES}/nf-core/strand/label/environment.yml": [rf"bioconda::strand={NUMBER}\b"],
    f"{RECIPES}/nf-core/strand/label/main.nf": [rf"biocontainers/strand:{NUMBER}--"],
}
HASH_PLACE = f"{RECIPES}/bioconda/meta.yaml"
HASH = r'set sha256 = "([0-9a-f]{64})"'


def found(root: pathlib.Path) -> Iterator[tuple[str, int, str | None]]:
    """Each place as file, line, version; without a version where a file names none."""
    for name, expressions in PLACES.items():
        text = (root / name).read_text()
        for expression in expressions:
            matches = list(re.finditer(expression, text, re.MULTILINE))
            if not matches:
                yield name, 1, None
            for match in matches:
                yield name, text.count("\n", 0, match.start()) + 1, match[1]


def differences(root: pathlib.Path = ROOT) -> list[str]:
    """The places that do not name the version of the program."""
    places = list(found(root))
    version = next(version for name, _, version in places if name == SOURCE)
    return [
        f"{name}:{line}: version {named or 'missing'}, {SOURCE} has {version}"
        for name, line, named in places
        if named != version
    ]


def replace_group(expression: str, text: str, value: str) -> str:
    """The text with the group of each match replaced by a value."""

    def replaced(match: re.Match[str]) -> str:
        start, end = (position - match.start() for position in match.span(1))
        return match[0][:start] + value + match[0][end:]

    return re.sub(expression, replaced, text, flags=re.MULTILINE)


def set_version(version: str, sums: str | None, root: pathlib.Path = ROOT) -> None:
    """Writes a version into every place, and the hash of its release where SHA256SUMS is given."""
    digest = None if sums is None else release_hash(version, sums)
    for name, expressions in PLACES.items():
        text = (root / name).read_text()
        for expression in expressions:
            text = replace_group(expression, text, version)
        if digest is not None and name == HASH_PLACE:
            text = replace_group(HASH, text, digest)
        (root / name).write_text(text)


def release_hash(version: str, sums: str) -> str:
    """The SHA-256 that SHA256SUMS has for the release of a version."""
    release = f"strand-{version}-x86_64-linux.tar.xz"
    for line in sums.splitlines():
        digest, _, name = line.partition(" ")
        if name.lstrip(" *").removeprefix("./") == release and re.fullmatch("[0-9a-f]{64}", digest):
            return digest
    raise SystemExit(f"no SHA-256 of {release}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Compares or sets the version that recipes name.")
    parser.add_argument("--set", metavar="VERSION", dest="version")
    parser.add_argument("--sums", metavar="FILE", type=pathlib.Path, help="SHA256SUMS of the release")
    options = parser.parse_args()
    if options.sums and not options.version:
        parser.error("--sums needs --set")
    if options.version:
        if not re.fullmatch(NUMBER, options.version):
            parser.error(f"not a version: {options.version}")
        set_version(options.version, options.sums and options.sums.read_text())
    if messages := differences():
        sys.exit("\n".join(messages))


if __name__ == "__main__":
    main()
