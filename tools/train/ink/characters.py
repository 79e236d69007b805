"""Makes samples of isolated characters for training a reader, from UNIPEN train_r01_v07.

    python3 characters.py UNIPEN DATA -o RUNS [--strand strand]

UNIPEN is a copy of its folders `data` and `include` (github.com/GreenCappuccino/train_r01_v07, commit 552a4d44), DATA the
development data, which has words and lines of the same set under other names of writers. To RUNS go
unipen-characters.train.jsonl.gz and unipen-characters.valid.jsonl.gz: the segments of the categories 1a to 1d, digits,
capitals, small letters and the rest.

The shipped reader has learned from a part, characters-some.train.jsonl.gz: without l, I, |, O and o, as a single stroke or ring
is more often a digit, and with a third of the small letters, which words teach; at last from the digits alone,
characters-digits.train.jsonl.gz. All of them, equal in weight to words, brought pen digits from a character error rate of 6.7 to
11.2 %.

Nobody's characters are trained on whose words or lines are in another part. Writers are told by their ink: a word or line
of UNIPEN and one of the development data are the same if contributor, text, number of strokes and proportions are. A writer is
the development data's with whom most agree. Names count within a family of contributors (ap*, ce*), which share people. Writers
of words or lines that the development data lack are left out; those who wrote nothing but characters are trained on.
"""

import argparse
import collections
import gzip
import json
import pathlib
import subprocess

LEVELS = {"1a": "CHARACTER", "1b": "CHARACTER", "1c": "CHARACTER", "1d": "CHARACTER", "7": "WORD", "8": "TEXT"}
# What a digit looks like that stands alone, and how many small letters there are for one that is kept.
LIKE_DIGITS = set("lI|Oo")
SMALL_LETTERS = 3
# Coordinates that no tablet has.
BROKEN = {"t2032064.dat"}


def family(contributor):
    return contributor[:2] if contributor.startswith(("ap", "ce")) else contributor


def converted(unipen, category, strand):
    """The (contributor, sample) of a category, files that cannot be read left out and named."""
    for folder in sorted(pathlib.Path(unipen, "data", category).iterdir()):
        files = sorted(path for path in folder.rglob("*.dat") if path.name not in BROKEN)
        command = [strand, "convert", "--root", "include", "--skip-missing", "--level", LEVELS[category], "--to", "jsonl"]
        run = subprocess.run(
            [*command, *(path.relative_to(unipen) for path in files)], cwd=unipen, capture_output=True, text=True
        )
        if run.returncode:
            print(f"left out: data/{category}/{folder.name}: {run.stderr.strip().splitlines()[-1]}")
            continue
        for line in run.stdout.splitlines():
            sample = json.loads(line)
            if sample.get("text") and any(sample["strokes"]):
                yield folder.name, sample


def signature(contributor, sample):
    """What is the same in both sets, and the proportions, which are nearly so."""
    points = [point for stroke in sample["strokes"] for point in stroke]
    width, height = (max(point[axis] for point in points) - min(point[axis] for point in points) for axis in (0, 1))
    strokes = sum(1 for stroke in sample["strokes"] if stroke)
    return (contributor, "".join(sample["text"].split()), strokes), width / max(height, 1e-9)


def development(data):
    """Proportions and writers by what else is the same; the part of each writer."""
    samples, parts = collections.defaultdict(list), {}
    for kind in ("words", "lines"):
        for part in ("train", "valid", "test"):
            with gzip.open(pathlib.Path(data, f"unipen-{kind}.{part}.jsonl.gz"), "rt") as lines:
                for sample in map(json.loads, lines):
                    same, proportions = signature(sample["id"].split("-")[1], sample)
                    samples[same].append((proportions, sample["writer"]))
                    parts[sample["writer"]] = part
    return samples, parts


def parts_of_writers(unipen, data, strand):
    """The part of each (family, name) that wrote words or lines; None: those that the development data lack."""
    samples, parts = development(data)
    votes = collections.defaultdict(collections.Counter)
    for category in ("7", "8"):
        for contributor, sample in converted(unipen, category, strand):
            same, proportions = signature(contributor, sample)
            near = {
                writer for other, writer in samples[same]
                if abs(other - proportions) <= 0.02 * max(other, proportions) + 0.01
            }
            votes[family(contributor), sample.get("writer")].update(near if len(near) == 1 else ())
    found = {}
    for writer, counts in votes.items():
        best = counts.most_common(2)
        is_clear = len(best) == 1 or len(best) == 2 and best[0][1] > 3 * best[1][1]
        # Any doubt about a writer counts against using the characters.
        found[writer] = parts[best[0][0]] if is_clear else None
    return found


def some(lines):
    """The characters that the shipped reader has learned from."""
    chosen, small = [], 0
    for line in lines:
        text = json.loads(line)["text"]
        small += text.islower() and text not in LIKE_DIGITS
        if text not in LIKE_DIGITS and (not text.islower() or small % SMALL_LETTERS == 0):
            chosen.append(line)
    return chosen


def digits(lines):
    return [line for line in lines if json.loads(line)["text"].isdigit()]


def main():
    parser = argparse.ArgumentParser(description="Isolated characters of UNIPEN for training a reader.")
    parser.add_argument("unipen", help="folder with data/ and include/")
    parser.add_argument("data", help="the development data")
    parser.add_argument("-o", "--output", required=True, help="folder to write to")
    parser.add_argument("--strand", default="strand", help="the program (default: strand)")
    options = parser.parse_args()
    options.strand = str(pathlib.Path(options.strand).resolve()) if "/" in options.strand else options.strand
    parts = parts_of_writers(options.unipen, options.data, options.strand)
    kept = {"train": [], "valid": []}
    left_out = collections.Counter()
    numbers, seen = {}, set()
    for category in ("1a", "1b", "1c", "1d"):
        for contributor, sample in converted(options.unipen, category, options.strand):
            writer = family(contributor), sample.get("writer")
            part = parts.get(writer, "train")
            if sample.get("writer") is None or part not in kept or len(sample["text"]) != 1:
                left_out["no single character" if len(sample["text"]) != 1 else f"writer: {part}"] += 1
                continue
            ink = json.dumps(sample["strokes"])
            if ink in seen:
                left_out["seen before"] += 1
                continue
            seen.add(ink)
            # The source has people's names.
            sample["writer"] = f"c{numbers.setdefault(writer, len(numbers) + 1):03}"
            sample["id"] = f"uchars-{contributor}-{len(kept[part]) + 1:06}"
            kept[part].append(json.dumps(sample, separators=(",", ":"), ensure_ascii=False))
    for name, lines in (
        ("unipen-characters.train", kept["train"]), ("unipen-characters.valid", kept["valid"]),
        ("characters-some.train", some(kept["train"])), ("characters-digits.train", digits(kept["train"])),
    ):
        path = pathlib.Path(options.output, f"{name}.jsonl.gz")
        with gzip.GzipFile(path, "wb", 6, mtime=0) as output:
            for line in lines:
                output.write(f"{line}\n".encode())
        print(f"{path}: {len(lines)} characters")
    print("left out:", dict(left_out))


if __name__ == "__main__":
    main()
