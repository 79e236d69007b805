"""Gets the benchmark sets of sets.json, from where they are published or from a mirror, and refuses a wrong hash.

    python3 tools/benchmarks/fetch.py                        all that are published, into .build/benchmarks
    python3 tools/benchmarks/fetch.py cb513 ts115            these
    python3 tools/benchmarks/fetch.py --mirror DIR           copies that are already converted

Prints a line a set: its name and its file.
"""
import argparse
import gzip
import hashlib
import json
import os
import sys
import tempfile
import urllib.error
import urllib.request
import zlib
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from converters import CONVERTERS
from sets import PROJECT, BenchmarkError, choose_sets, load_sets

CACHE = PROJECT / ".build" / "benchmarks"
TIMEOUT = 60  # seconds without a byte


def obtain(benchmark, cache, mirror=None):
    """The checked file of a set; None where it cannot be had: not in the mirror, or not published."""
    if mirror is not None:
        return from_mirror(benchmark, Path(mirror), Path(cache))
    if benchmark.source is None:
        return None
    path = Path(cache) / benchmark.file
    if path.exists():
        if content_hash(path) == benchmark.sha256:
            return path
        note(f"{path} has another content than sets.json says: it is fetched anew")
    return from_source(benchmark, path)


def from_source(benchmark, path):
    """Downloads, converts, checks; leaves `path` or nothing."""
    with temporary(path.parent) as source:
        download(benchmark.source, source, benchmark.name)
        try:
            chains = CONVERTERS[benchmark.converter](source, benchmark.name)
        except BenchmarkError:
            raise
        except Exception as error:  # A damaged archive, HDF5 or CSV: each library has its own.
            raise BenchmarkError(
                f"{benchmark.name}: what {benchmark.source} sent cannot be read: {type(error).__name__}: {error}") from error
    return keep(labelled_fasta(chains), benchmark, path, benchmark.source)


def from_mirror(benchmark, mirror, cache):
    """The file by its name anywhere in the mirror, or the part of another that a list of ids names; None without."""
    found = find(mirror, benchmark.file)
    if found:
        check(content_hash(found), benchmark, found)
        return found
    if not benchmark.subsetOf:
        return None
    whole, ids = find(mirror, benchmark.subsetOf), find(mirror, ids_name(benchmark))
    if not (whole and ids):
        return None
    return keep(subset(whole, ids), benchmark, cache / benchmark.file, f"{whole} with {ids}")


# MARK: Files

def ids_name(benchmark):
    return benchmark.file.split(".jsonl")[0] + ".ids"


def find(mirror, name):
    """The one file of this name; several are an error only if their contents differ."""
    if not mirror.is_dir():
        raise BenchmarkError(f"{mirror} is no folder")
    found = sorted(path for path in mirror.rglob(name) if path.is_file())
    if len(found) > 1 and len({content_hash(path) for path in found}) > 1:
        raise BenchmarkError(f"{mirror} holds different files of the name {name}: {', '.join(map(str, found))}")
    return found[0] if found else None


def content_hash(path):
    """SHA-256 of the content, uncompressed where the file is gzip; what is wrong with a damaged one instead."""
    digest = hashlib.sha256()
    with open(path, "rb") as plain:
        opened = gzip.open(plain) if plain.read(2) == b"\x1f\x8b" else plain
        plain.seek(0)
        try:
            while block := opened.read(1 << 20):
                digest.update(block)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            return f"damaged gzip: {error}"
    return digest.hexdigest()


def check(found, benchmark, origin):
    if found != benchmark.sha256:
        raise BenchmarkError(
            f"{benchmark.name}: wrong hash of the content of {origin}\n"
            f"  expected {benchmark.sha256}\n  found    {found}\n"
            "Nothing of it is kept. The source has changed or was damaged, or sets.json is not this version's.")


def keep(content, benchmark, path, origin):
    """Writes a content that has the right hash; nothing for one that has not."""
    check(hashlib.sha256(content).hexdigest(), benchmark, origin)
    with temporary(path.parent) as part:
        # Neither time nor name in the header: the same content is the same bytes.
        with open(part, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(content)
        os.replace(part, path)
    return path


@contextmanager
def temporary(folder):
    """A file to be written in the folder, gone at the end whatever happens."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="part-", dir=folder) as part:
        yield Path(part) / "file"


def labelled_fasta(chains):
    return "".join(f">{chain}\n{sequence}\n{labels}\n" for chain, sequence, labels in chains).encode("ascii")


def subset(whole, ids):
    """The lines of gzipped JSON Lines whose id is listed, in their order."""
    wanted = set(Path(ids).read_text(encoding="utf-8").split())
    with gzip.open(whole) as lines:
        return b"".join(line for line in lines if json.loads(line)["id"] in wanted)


# MARK: Network

def download(url, path, name):
    """The bytes at the address, all of them or an error."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer, open(path, "wb") as file:
            length = answer.headers.get("Content-Length")
            done = 0
            while block := answer.read(1 << 16):
                file.write(block)
                done += len(block)
                show_progress(name, done, length)
    except urllib.error.HTTPError as error:
        raise BenchmarkError(f"{name}: {url} answers {error.code} {error.reason}") from error
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise BenchmarkError(
            f"{name}: cannot fetch {url}: {reason}\nWithout a network use --mirror DIR (make benchmark MIRROR=DIR).") from error
    finally:
        show_progress(name, None, None)
    if length is not None and done != int(length):
        raise BenchmarkError(f"{name}: {url} ended after {done:,} of {int(length):,} bytes: try again")


def show_progress(name, done, length):
    """On a terminal only; no number of bytes ends it."""
    if not sys.stderr.isatty():
        return
    of = f" of {int(length) / 1e6:.1f}" if length else ""
    text = "" if done is None else f"{name}: {done / 1e6:.1f}{of} MB"
    print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def note(text):
    print(text, file=sys.stderr)


def obtain_all(chosen, cache, mirror):
    """(set, file) of each set that can be had; of a kind that is not there at all it is only said."""
    found = [(benchmark, obtain(benchmark, cache, mirror)) for benchmark in chosen]
    here = {benchmark.task for benchmark, path in found if path}
    missing = [benchmark for benchmark, path in found if not path]
    torn = [benchmark.file for benchmark in missing if benchmark.task in here]
    if mirror and torn:
        raise BenchmarkError(f"{mirror} holds no {', '.join(torn)}: add them, or choose others with --sets")
    if missing:
        reason = f"not in {mirror}" if mirror else "not published as they are used here (tools/benchmarks/README.md)"
        note(f"left out, as {reason}: {', '.join(each.name for each in missing)}")
    return [(benchmark, path) for benchmark, path in found if path]


def add_options(parser):
    parser.add_argument("--mirror", metavar="DIR", type=Path, help="take converted copies from here, not from the network")
    parser.add_argument("--cache", metavar="DIR", type=Path, default=CACHE, help="where fetched sets stay (.build/benchmarks)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("names", metavar="SET", nargs="*", help="a set's name (default: all)")
    options = parser.parse_args()
    for benchmark, path in obtain_all(choose_sets(options.names, load_sets()), options.cache, options.mirror):
        print(f"{benchmark.name}\t{path}")


if __name__ == "__main__":
    try:
        main()
    except (BenchmarkError, OSError) as error:
        sys.exit(f"fetch.py: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
