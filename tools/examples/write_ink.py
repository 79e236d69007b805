"""Writes the example of handwriting: ink drawn from the letters below by two made-up writers.

    python write_ink.py ../../data/examples/handwriting.jsonl.gz

Standard library only, seeded: the same ink every time. The letters are a plain printed hand, pen lifted between them,
with i-dots and t-crosses right after their letter. The file has a sample a line, gzipped:
    {"id", "writer", "text", "strokes": [[[x, y, t], ...], ...], "upmm", "hz"}
x to the right and y downwards in units of 1/upmm mm, t in ms from the first touch of the pen.
"""
import gzip
import json
import math
import random
import sys

UNITS_PER_MM, HERTZ = 100, 100
STEP = 1000 // HERTZ  # ms

# Letters on an em of 1000, y upwards: baseline 0, x-height 450, ascender 800, descender -250. Each has its width and
# its strokes, separated by '|'. The pen moves smoothly through the points x,y of a stroke; '/' is a corner at the point
# before.
LETTERS = {
    "a": (430, "335,375 290,438 215,455 110,395 52,240 75,70 170,2 270,70 330,220 352,435 "
               "/ 345,230 350,80 380,15 435,20"),
    "b": (390, "75,800 68,520 62,250 60,15 / 66,190 105,365 205,448 310,395 350,240 310,75 205,0 110,25 62,100"),
    "c": (370, "338,372 295,435 215,452 110,380 55,220 95,60 190,0 280,22 352,92"),
    "d": (430, "335,375 290,438 215,452 110,390 52,230 80,65 170,0 265,65 325,230 352,500 362,800 "
               "/ 352,420 350,110 382,15 435,20"),
    "e": (380, "62,212 170,228 280,262 338,330 300,425 210,455 105,385 52,225 90,60 190,0 285,22 358,95"),
    "f": (300, "318,735 260,800 180,765 145,640 138,420 134,200 128,0 | 30,428 130,436 265,446"),
    "g": (420, "335,380 290,438 215,452 110,395 55,250 80,95 170,28 265,90 325,230 352,435 "
               "/ 350,200 342,-50 290,-205 180,-250 85,-215 45,-160"),
    "h": (410, "75,800 68,520 62,250 58,0 / 66,170 115,345 215,448 305,405 335,270 336,120 338,0"),
    "i": (170, "70,445 62,260 62,90 92,12 145,30 | 78,622 82,612 84,600"),
    "j": (170, "110,445 108,230 104,0 80,-180 10,-248 -60,-205 | 118,622 121,612 123,600"),
    "k": (370, "75,800 68,520 62,250 58,0 | 305,445 240,360 150,265 72,205 / 135,238 185,205 255,105 345,0"),
    "l": (165, "72,800 66,540 62,280 66,90 98,12 150,30"),
    "m": (600, "66,445 62,300 58,0 / 66,180 110,355 200,450 272,405 292,270 290,0 "
               "/ 298,180 345,355 430,450 502,405 524,270 520,100 550,14 605,28"),
    "n": (415, "66,445 62,300 58,0 / 66,180 115,350 215,450 305,405 332,270 330,100 362,14 420,28"),
    "o": (410, "232,448 140,428 62,330 55,190 110,45 205,0 305,55 355,205 325,365 235,448 180,436"),
    "p": (400, "66,445 64,220 60,-20 56,-250 / 62,0 70,220 115,375 210,450 312,395 352,240 315,75 215,0 125,18 68,85"),
    "q": (420, "335,380 290,438 215,452 110,395 52,245 80,75 170,5 265,75 325,220 352,435 "
               "/ 350,200 346,-20 342,-245 / 375,-190 425,-140"),
    "r": (290, "66,445 62,300 58,0 / 66,190 108,350 185,440 285,430"),
    "s": (340, "298,378 255,438 180,452 105,415 88,335 140,270 215,225 292,165 300,80 235,12 145,2 50,62"),
    "t": (270, "142,690 134,480 128,250 136,75 180,5 255,42 | 25,448 130,456 258,464"),
    "u": (420, "66,445 58,270 70,95 140,5 230,45 305,190 336,442 / 330,230 336,80 370,12 425,25"),
    "v": (360, "45,445 90,300 130,150 180,5 / 232,160 285,310 335,448"),
    "w": (530, "42,445 72,290 104,140 142,5 / 190,140 235,270 272,400 / 305,270 342,130 385,5 "
               "/ 430,150 470,300 505,448"),
    "x": (360, "50,442 130,330 230,160 345,2 | 325,446 230,300 130,140 35,0"),
    "y": (400, "62,445 60,280 95,140 180,105 265,175 320,300 342,442 / 340,220 325,0 270,-180 165,-250 60,-195"),
    "z": (360, "50,432 150,444 310,440 / 230,300 140,150 45,8 / 150,16 240,8 345,14"),
    "A": (540, "275,760 225,590 130,290 30,0 | 275,755 330,590 420,280 510,0 | 108,262 250,276 440,270"),
    "B": (460, "82,752 74,500 70,250 66,0 | 80,735 200,765 330,720 358,590 290,455 120,402 "
               "/ 270,405 395,330 415,180 330,40 190,-5 66,8"),
    "C": (490, "455,620 395,722 285,758 155,690 70,520 60,310 125,100 260,0 390,30 475,125"),
    "D": (530, "82,752 76,500 70,250 66,0 | 55,730 220,752 400,660 482,450 455,220 320,50 170,-2 52,8"),
    "E": (420, "82,752 74,500 70,250 68,5 / 200,0 390,12 | 84,748 220,752 375,756 | 74,395 180,402 325,408"),
    "G": (530, "470,630 400,725 290,758 155,690 70,515 62,300 130,95 260,0 395,45 462,170 470,310 / 400,312 300,305"),
    "H": (520, "82,752 76,500 70,250 66,0 | 440,755 436,500 432,250 432,0 | 72,382 240,394 436,398"),
    "I": (150, "78,752 74,500 70,250 66,0"),
    "L": (400, "82,752 74,480 70,230 72,8 / 180,2 270,4 390,18"),
    "M": (640, "66,0 78,260 95,500 112,750 / 180,540 245,340 315,130 / 395,340 460,540 530,752 "
               "/ 545,500 560,260 575,0"),
    "N": (520, "66,0 70,260 76,500 82,745 / 200,510 320,260 432,5 / 436,260 440,510 446,752"),
    "O": (570, "320,755 180,720 75,560 60,340 130,100 275,0 425,60 512,260 500,510 400,700 300,755 250,744"),
    "P": (430, "82,752 74,500 70,250 66,0 | 78,735 210,765 350,715 390,580 320,430 200,375 76,378"),
    "R": (470, "82,752 74,500 70,250 66,0 | 78,735 210,765 345,715 378,590 310,450 190,395 82,392 "
               "/ 180,380 300,210 450,0"),
    "S": (450, "405,640 345,732 240,758 130,705 95,590 155,480 270,400 375,310 400,180 330,45 205,-2 95,35 45,105"),
    "T": (500, "262,748 256,500 250,250 246,0 | 25,742 150,752 300,752 485,760"),
    "W": (700, "35,752 80,500 130,240 185,5 / 240,220 300,440 352,640 / 400,440 455,220 515,5 "
               "/ 570,240 625,500 670,755"),
    "0": (420, "235,702 130,660 62,500 55,270 110,60 210,0 315,70 368,270 350,510 290,665 220,704 175,680"),
    "1": (260, "50,555 110,605 170,700 / 166,480 162,240 158,0"),
    "2": (400, "62,560 110,668 215,704 320,640 330,500 260,340 160,180 48,8 / 130,26 240,8 375,18"),
    "3": (390, "68,635 145,698 250,692 322,600 290,460 165,382 / 290,362 362,250 330,90 215,0 110,15 42,85"),
    "4": (430, "235,702 185,560 120,400 48,232 / 170,226 280,232 410,244 | 305,450 300,280 296,0"),
    "5": (400, "118,695 104,580 88,405 / 180,440 300,410 364,280 335,110 220,5 110,10 42,75 | 116,692 220,696 355,704"),
    "6": (390, "305,690 200,600 110,430 60,230 90,60 195,0 310,60 345,200 285,330 180,345 95,260 62,170"),
    "7": (390, "48,690 160,698 360,700 / 300,520 220,260 165,0"),
    "8": (400, "322,610 275,690 190,704 105,635 110,510 200,400 300,290 345,150 280,25 180,0 80,55 62,180 130,310 "
               "240,420 320,530 325,620"),
    "9": (390, "330,600 270,690 180,700 85,620 65,490 125,380 225,385 305,480 338,660 / 325,420 300,210 270,0"),
    ",": (140, "70,50 82,0 60,-70 25,-125"),
    ".": (130, "58,14 62,6 66,0"),
    "-": (260, "35,240 120,246 225,250"),
}
BLANK = 300


class Hand:
    """How a writer writes; lengths in mm, speed in mm/s."""

    def __init__(self, name, seed, slant, x_height, width, gap, wobble, speed):
        self.name, self.random = name, random.Random(seed)
        self.slant, self.scale, self.width, self.gap = slant, x_height * UNITS_PER_MM / 450, width, gap
        self.wobble, self.speed = wobble, speed * UNITS_PER_MM / 1000 * STEP  # units a step


HANDS = {
    "upright": Hand("upright", 1, slant=0.03, x_height=3.1, width=1.04, gap=66, wobble=11, speed=27),
    "slanted": Hand("slanted", 2, slant=0.30, x_height=2.6, width=0.92, gap=48, wobble=13, speed=33),
}
TEXTS = [
    ("upright", "strand"), ("upright", "a sheet of ink"), ("upright", "hello world"),
    ("slanted", "beta 42"), ("slanted", "Write it down"), ("slanted", "pack my box, quiz 1906"),
]


def strokes_of(letter):
    """Its strokes, each a list of smooth runs of points; a run starts at the corner where the one before ends."""
    strokes = []
    for stroke in LETTERS[letter][1].split("|"):
        runs = []
        for run in stroke.split("/"):
            points = [tuple(map(float, point.split(","))) for point in run.split()]
            runs.append(runs[-1][-1:] + points if runs else points)
        strokes.append(runs)
    return strokes


def spline(points, pieces=24):
    """A smooth path through all points: the centripetal Catmull-Rom spline (Barry & Goldman 1988)."""
    if len(points) == 2:
        points = [points[0], tuple((a + b) / 2 for a, b in zip(*points)), points[1]]
    first = tuple(2 * a - b for a, b in zip(points[0], points[1]))
    last = tuple(2 * a - b for a, b in zip(points[-1], points[-2]))
    padded = [first, *points, last]
    path = [points[0]]
    for p in zip(padded, padded[1:], padded[2:], padded[3:]):
        knots = [0.0]
        for a, b in zip(p, p[1:]):
            knots.append(knots[-1] + max(math.dist(a, b), 1e-6) ** 0.5)
        for piece in range(1, pieces + 1):
            t = knots[1] + (knots[2] - knots[1]) * piece / pieces
            level = list(p)
            for span, starts in ((1, (0, 1, 2)), (2, (0, 1)), (1, (1,))):
                level = [
                    mix(level[k], level[k + 1], (t - knots[s]) / (knots[s + span] - knots[s]))
                    for k, s in enumerate(starts)
                ]
            path.append(level[0])
    return path


def mix(a, b, share):
    return tuple(x + (y - x) * share for x, y in zip(a, b))


def worn_letter(letter, hand):
    """The letter as this hand writes it this time: runs of points, a little off in size, turn and form."""
    draw = hand.random.gauss
    size, stretch, turn, shift = draw(1, 0.03), draw(1, 0.035), draw(0, 0.018), draw(0, 9)
    waves = [(draw(0, hand.wobble), hand.random.uniform(0, math.tau)) for _ in range(2)]

    def place(point):
        # Neighbouring points move together in long waves, so that curves stay smooth; each moves a little by itself.
        sway = [height * math.sin(phase + sum(point) / 150) + draw(0, hand.wobble / 5) for height, phase in waves]
        x = (point[0] + sway[0]) * hand.width * size * stretch
        y = (point[1] + sway[1]) * size
        x, y = x - turn * y, y + turn * x
        return x + hand.slant * y, y + shift

    strokes = []
    for runs in strokes_of(letter):
        placed = []
        for run in runs:
            points = [place(point) for point in (run[1:] if placed else run)]
            placed.append(placed[-1][-1:] + points if placed else points)
        strokes.append(placed)
    return strokes, LETTERS[letter][0] * hand.width * size * stretch


def paths_of(text, hand):
    """Dense paths of all strokes in units of the tablet, y downwards, from a start a little inside the sheet."""
    left, drift, paths = 0.0, 0.0, []
    for character in text:
        if character == " ":
            left += BLANK * hand.width + hand.random.gauss(0, 25)
            continue
        strokes, width = worn_letter(character, hand)
        for runs in strokes:
            path = [point for k, run in enumerate(runs) for point in spline(run)[1 if k else 0:]]
            paths.append([
                ((left + x) * hand.scale + 10 * UNITS_PER_MM, 12 * UNITS_PER_MM - (y + drift) * hand.scale)
                for x, y in path])
        left += width + hand.gap + hand.random.gauss(0, 9)
        drift = 0.85 * drift + hand.random.gauss(0, 7)
    return paths


def speeds(path, hand):
    """Units a step at each point: slower where the path bends (the two-thirds power law) and at its ends.

    v = k R^(1/3) for a radius R of curvature (Lacquaniti, Terzuolo & Viviani 1983).
    """
    lengths = [0.0]
    for a, b in zip(path, path[1:]):
        lengths.append(lengths[-1] + math.dist(a, b))
    reach = 0.35 * UNITS_PER_MM
    found = []
    for place in lengths:
        before, here, after = (at(path, lengths, place + d) for d in (-reach, 0, reach))
        inward, outward = (math.atan2(b[1] - a[1], b[0] - a[0]) for a, b in ((before, here), (here, after)))
        bend = abs(math.remainder(outward - inward, math.tau)) / reach  # 1 / R
        radius = 1 / max(bend, 1e-4)
        from_end = min(place, lengths[-1] - place) / UNITS_PER_MM
        ramp = min(1, 0.3 + 0.9 * math.sqrt(from_end))
        found.append(hand.speed * ramp * min(1.3, max(0.3, (radius / UNITS_PER_MM) ** (1 / 3))))
    return lengths, found


def at(path, lengths, place):
    """The point after so much of the path, by bisection; beyond its ends, the end."""
    low, high = 0, len(path) - 1
    if place <= 0:
        return path[0]
    if place >= lengths[-1]:
        return path[-1]
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if lengths[middle] <= place else (low, middle)
    return mix(path[low], path[high], (place - lengths[low]) / max(lengths[high] - lengths[low], 1e-9))


def sampled(path, hand, start):
    """Points [x, y, t], one every step from `start` on."""
    lengths, speed = speeds(path, hand)
    place, time, points = 0.0, start, []
    tempo = hand.random.gauss(1, 0.06)
    while place < lengths[-1]:
        points.append((*at(path, lengths, place), time))
        index = min(range(len(lengths)), key=lambda k: abs(lengths[k] - place))
        place += max(speed[index] * tempo, 2)
        time += STEP
    points.append((*path[-1], time))
    return [[noisy(x, hand), noisy(y, hand), t] for x, y, t in points]


def noisy(coordinate, hand):
    """As the tablet has it."""
    return round(coordinate + hand.random.gauss(0, 0.6))


def written(text, hand):
    """Strokes of [x, y, t]; between two the pen takes time for its way through the air."""
    strokes = []
    for path in paths_of(text, hand):
        start = 0
        if strokes:
            end = strokes[-1][-1]
            jump = math.dist(end[:2], path[0]) / UNITS_PER_MM
            start = end[2] + STEP * round((60 + 28 * jump + hand.random.uniform(0, 40)) / STEP)
        strokes.append(sampled(path, hand, start))
    return strokes


def main():
    lines = []
    for number, (writer, text) in enumerate(TEXTS, 1):
        sample = {
            "id": f"{writer}-{number}", "writer": writer, "text": text, "strokes": written(text, HANDS[writer]),
            "upmm": UNITS_PER_MM, "hz": HERTZ,
        }
        lines.append(json.dumps(sample, separators=(",", ":")) + "\n")
    # Neither time nor name in the header, so that the bytes depend on nothing else.
    with open(sys.argv[1], "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write("".join(lines).encode())


if __name__ == "__main__":
    main()
