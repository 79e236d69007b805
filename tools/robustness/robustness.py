"""How well handwriting is read when it comes as it should not: perturbs labelled ink and prints error rates before and after.

    python3 robustness.py .build/release/strand words.jsonl.gz lines.jsonl.gz [--samples 400] [--seed 1] [--only jitter]

Every perturbation takes the samples of the files that it can be made of. Lengths are in sizes: the mean height of the ups
and downs of the ink, about that of a letter. A page is made of samples of one writer; before it is them one by one.
"""

import argparse
import gzip
import json
import pathlib
import random
import subprocess
import tempfile

from perturbations import PERTURBATIONS, box, moved, size


def column(count, align, fits, gap):
    """A column of samples, each as far below the one before as `gap` says."""

    def build(pool, rng):
        members = rng.sample(pool, min(count, len(pool)))
        strokes, y = [], 0
        for member in members:
            left, top, right, bottom = box(member["strokes"])
            letter = size(member["strokes"])
            x = {"left": -left, "right": -right, "middle": -(left + right) / 2}[align] + rng.gauss(0, 0.2) * letter
            strokes += moved(member["strokes"], x, y - top)
            y += bottom - top + rng.uniform(*gap) * letter
        return members, strokes, "\n".join(member["text"] for member in members)

    return fits, build


def two_columns(fits):
    """Two columns of notes, the left one written first."""

    def build(pool, rng):
        left = column(3, "left", fits, (0.4, 1))[1](pool, rng)
        right = column(3, "left", fits, (0.4, 1))[1](pool, rng)
        x = box(left[1])[2] + 4 * size(left[1]) - box(right[1])[0]
        return left[0] + right[0], left[1] + moved(right[1], x, 0), left[2] + "\n" + right[2]

    return fits, build


def is_number(text):
    return text.isdigit()


def is_short(text):
    return 1 < len(text) <= 4


def is_word(text):
    return " " not in text and len(text) > 2


def is_line(text):
    return " " in text


PAGES = {
    "column of numbers": column(4, "left", is_number, (0.2, 0.8)),
    "column of numbers, right-aligned": column(4, "right", is_number, (0.2, 0.8)),
    "column of short words": column(4, "left", is_short, (0.2, 0.8)),
    "short words, right-aligned": column(4, "right", is_short, (0.2, 0.8)),
    "column of words": column(4, "left", is_word, (0.1, 0.8)),
    "words, centred": column(3, "middle", is_word, (0.1, 0.8)),
    "page of lines": column(4, "left", is_line, (0, 0.6)),
    "two columns": two_columns(is_short),
}


def read_samples(path):
    """The samples with ink and text; points as (x, y)."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt") as lines:
        for line in lines:
            sample = json.loads(line)
            strokes = [[(point[0], point[1]) for point in stroke] for stroke in sample["strokes"] if stroke]
            if strokes and sample["text"]:
                yield {"text": sample["text"], "writer": sample.get("writer"), "strokes": strokes}


def error_rate(strand, samples):
    """CER in percent."""
    with tempfile.TemporaryDirectory() as folder:
        ink, figures = pathlib.Path(folder, "ink.jsonl"), pathlib.Path(folder, "figures.json")
        with ink.open("w") as file:
            for index, sample in enumerate(samples):
                file.write(json.dumps({"id": str(index), **sample}) + "\n")
        command = [strand, "evaluate", "--json", figures, ink]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return 100 * json.loads(figures.read_text())[0]["characters"]["value"]


def perturbed(samples, perturb, rng):
    """Samples before and after."""
    for sample in samples:
        strokes = perturb(sample["strokes"], sample["text"], rng)
        if strokes:
            yield [sample], {**sample, "strokes": strokes}


def pages(samples, fits, build, count, rng):
    """The samples of a page one by one, and the page."""
    writers = {}
    for sample in samples:
        if fits(sample["text"]):
            writers.setdefault(sample["writer"], []).append(sample)
    pools = [pool for pool in writers.values() if len(pool) > 1]
    for _ in range(count if pools else 0):
        members, strokes, text = build(rng.choice(pools), rng)
        yield members, {"text": text, "writer": members[0]["writer"], "strokes": strokes}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("strand")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--samples", type=int, default=400, help="of each file, and a fourth as many pages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="perturbations whose name has this in it")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    everything = [list(read_samples(path)) for path in options.files]
    some = [sample for samples in everything for sample in rng.sample(samples, min(options.samples, len(samples)))]
    tests = {name: list(perturbed(some, perturb, rng)) for name, perturb in PERTURBATIONS.items()}
    samples = sum(everything, [])
    for name, (fits, build) in PAGES.items():
        tests[name] = list(pages(samples, fits, build, options.samples // 4, rng))
    print("| ink | samples | CER % before | after |\n|---|---|---|---|")
    for name, pairs in tests.items():
        if pairs and options.only in name:
            before = error_rate(options.strand, [sample for members, _ in pairs for sample in members])
            after = error_rate(options.strand, [sample for _, sample in pairs])
            print(f"| {name} | {len(pairs)} | {before:.1f} | {after:.1f} |", flush=True)


main()
