"""How well handwriting is read when it comes as it should not: perturbs labelled ink and prints error rates before and after.

    python3 robustness.py .build/release/strand words.jsonl.gz lines.jsonl.gz [--samples 400] [--seed 1] [--only jitter]

Every perturbation takes the samples of the files that it can be made of. Lengths are in sizes: the mean height of the ups
and downs of the ink, about that of a letter. A page is made of samples of one writer; before it is them one by one.
"""

import argparse
import gzip
import json
import math
import pathlib
import random
import subprocess
import tempfile


def size(strokes):
    """Mean height of the ups and downs, each weighted by itself."""
    swings = []
    for stroke in strokes:
        ys = [point[1] for point in stroke]
        turns = [ys[0]] + [b for a, b, c in zip(ys, ys[1:], ys[2:]) if (b - a) * (c - b) < 0] + [ys[-1]]
        swings += [abs(b - a) for a, b in zip(turns, turns[1:])]
    return sum(swing * swing for swing in swings) / sum(swings) if any(swings) else 1


def box(strokes):
    xs, ys = zip(*(point for stroke in strokes for point in stroke))
    return min(xs), min(ys), max(xs), max(ys)


def moved(strokes, x, y):
    return [[(px + x, py + y) for px, py in stroke] for stroke in strokes]


def jitter(rate, correlation, noise=0.02):
    """Points `rate` times as dense, each off by Gaussian noise that is correlated with that of the last one."""

    def perturb(strokes, _, rng):
        deviation = noise * size(strokes)
        fresh = (1 - correlation**2) ** 0.5
        result = []
        for stroke in strokes:
            dense = [
                (a[0] + (b[0] - a[0]) * k / rate, a[1] + (b[1] - a[1]) * k / rate)
                for a, b in zip(stroke, stroke[1:])
                for k in range(rate)
            ] + [stroke[-1]]
            off = [rng.gauss(0, 1), rng.gauss(0, 1)]
            noisy = []
            for x, y in dense:
                noisy.append((round(x + deviation * off[0], 2), round(y + deviation * off[1], 2)))
                off = [correlation * value + fresh * rng.gauss(0, 1) for value in off]
            result.append(noisy)
        return result

    return perturb


def resting(strokes, _, rng):
    """The pen rests for 30 points at both ends of a stroke, and trembles."""
    deviation = 0.02 * size(strokes)

    def cloud(point):
        return [(point[0] + rng.gauss(0, deviation), point[1] + rng.gauss(0, deviation)) for _ in range(30)]

    return [cloud(stroke[0]) + stroke + cloud(stroke[-1]) for stroke in jitter(3, 0)(strokes, _, rng)]


def repeated(strokes, _, rng):
    """Every point is sent up to three times."""
    return [[point for point in stroke for _ in range(rng.randint(1, 3))] for stroke in strokes]


def dropped(share):
    """Points are lost inside strokes."""

    def perturb(strokes, _, rng):
        return [
            stroke[:1] + [point for point in stroke[1:-1] if rng.random() >= share] + stroke[1:][-1:]
            for stroke in strokes
        ]

    return perturb


def segments(points):
    """A stroke is cut into strokes of some points, each beginning where the last one ended."""

    def perturb(strokes, _, rng):
        return [
            part
            for stroke in strokes
            for start in range(0, max(len(stroke) - 1, 1), points - 1)
            for part in [stroke[start : start + points]]
        ]

    return perturb


def first_word_last(strokes, text, rng):
    """The ink up to the widest gap between words in the first half is written at the end."""
    if " " not in text:
        return None
    letter = size(strokes)
    best = None
    for k in range(1, len(strokes) // 2 + 1):
        gap = box(strokes[k:])[0] - box(strokes[:k])[2]
        if gap > 0.8 * letter and (best is None or gap > best[0]):
            best = gap, k
    return best and strokes[best[1] :] + strokes[: best[1]]


def wavering(corners, rng, deviation, step):
    """Points along the lines between corners, about `step` apart, off by smooth noise as of a hand."""
    points, off = [], [0.0, 0.0]
    for (ax, ay), (bx, by) in zip(corners, corners[1:]):
        steps = max(2, int(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 / step))
        for k in range(steps):
            off = [0.9 * value + rng.gauss(0, 0.4 * deviation) for value in off]
            points.append((ax + (bx - ax) * k / steps + off[0], ay + (by - ay) * k / steps + off[1]))
    return points + [corners[-1]]


def underlined(strokes, _, rng):
    """A line is drawn beneath all of it, from the left or from the right."""
    letter = size(strokes)
    left, _, right, bottom = box(strokes)
    y = bottom + rng.uniform(0.1, 0.5) * letter
    ends = [(left, y), (right, y + rng.gauss(0, 0.02) * (right - left))]
    return strokes + [wavering(ends if rng.random() < 0.8 else ends[::-1], rng, 0.05 * letter, 0.2 * letter)]


def boxed(lines):
    """A frame is drawn around it, of one stroke or of four, before or after it is written."""

    def perturb(strokes, _, rng):
        letter = size(strokes)
        left, top, right, bottom = box(strokes)
        left, top = left - rng.uniform(0.3, 1) * letter, top - rng.uniform(0.3, 1) * letter
        right, bottom = right + rng.uniform(0.3, 1) * letter, bottom + rng.uniform(0.3, 1) * letter
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        paths = [corners] if lines == 1 else list(zip(corners, corners[1:]))
        frame = [wavering(path, rng, 0.05 * letter, 0.3 * letter) for path in paths]
        return frame + strokes if rng.random() < 0.3 else strokes + frame

    return perturb


def circled(strokes, _, rng):
    """A circle is drawn around it, and a little farther."""
    letter = size(strokes)
    left, top, right, bottom = box(strokes)
    width, height = 0.72 * (right - left) + letter, 0.72 * (bottom - top) + 0.4 * letter
    start, turn = rng.uniform(0, 2 * math.pi), rng.choice((-1, 1))
    angles = [start + turn * k / 40 * (2 * math.pi + 0.3) for k in range(41)]
    middle = (left + right) / 2, (top + bottom) / 2
    corners = [(middle[0] + width * math.cos(angle), middle[1] + height * math.sin(angle)) for angle in angles]
    return strokes + [wavering(corners, rng, 0.05 * letter, 0.3 * letter)]


def pointed_at(strokes, _, rng):
    """An arrow points at it from the left, of one stroke or of two."""
    letter = size(strokes)
    left, top, _, bottom = box(strokes)
    tip = left - 1.5 * letter, (top + bottom) / 2
    tail = tip[0] - rng.uniform(5, 9) * letter, tip[1] + rng.gauss(0, 1) * letter
    barbs = [(tip[0] - letter, tip[1] - 0.8 * letter), tip, (tip[0] - letter, tip[1] + 0.8 * letter)]
    if rng.random() < 0.5:
        paths = [[tail, tip], barbs]
    else:
        paths = [[tail, tip, barbs[0], tip, barbs[2]]]
    return strokes + [wavering(path, rng, 0.04 * letter, 0.2 * letter) for path in paths]


def rotated(degrees):
    """All of it is turned, to one side or the other."""

    def perturb(strokes, _, rng):
        angle = math.radians(degrees) * rng.choice((-1, 1))
        cosine, sine = math.cos(angle), math.sin(angle)
        return [[(cosine * x - sine * y, sine * x + cosine * y) for x, y in stroke] for stroke in strokes]

    return perturb


def slanted(degrees):
    """Letters lean, to the right for positive angles."""

    def perturb(strokes, _, rng):
        shear = math.tan(math.radians(degrees))
        return [[(x - shear * y, y) for x, y in stroke] for stroke in strokes]

    return perturb


def gridded(steps):
    """Coordinates are whole numbers of a coarse grid: a letter is `steps` units high."""

    def perturb(strokes, _, rng):
        unit = size(strokes) / steps
        return [[(round(x / unit), round(y / unit)) for x, y in stroke] for stroke in strokes]

    return perturb


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


PERTURBATIONS = {
    "as it is": lambda strokes, text, rng: strokes,
    **{f"jitter, {rate} x the points": jitter(rate, 0) for rate in (1, 2, 3, 5)},
    **{f"correlated jitter, {rate} x the points": jitter(rate, 0.6) for rate in (1, 2, 3, 5)},
    "jitter, resting pen": resting,
    "points repeated": repeated,
    "30 % of the points lost": dropped(0.3),
    "half of the points lost": dropped(0.5),
    "a stroke every 2 points": segments(2),
    "a stroke every 10 points": segments(10),
    "first word written last": first_word_last,
    "coarse grid, 12 units a letter": gridded(12),
    "coarse grid, 6 units a letter": gridded(6),
    **{f"rotated by {degrees} degrees": rotated(degrees) for degrees in (5, 10, 15, 20)},
    "leaning right by 25 degrees": slanted(25),
    "leaning left by 25 degrees": slanted(-25),
    "underlined": underlined,
    "in a frame of one stroke": boxed(1),
    "in a frame of four strokes": boxed(4),
    "circled": circled,
    "an arrow beside it": pointed_at,
}
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
