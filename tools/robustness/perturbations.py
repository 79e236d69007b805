"""Ways in which ink comes as it should not: functions of strokes, a text and a random generator that return strokes, or None."""

import math


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
