"""Makes lines of words: words of one writer side by side, some with numbers of isolated digits among them.

    python3 joined.py WORDS.jsonl.gz DIGITS.jsonl.gz --lines LINES.jsonl.gz --rest REST.jsonl.gz

More than half of the words go to LINES, two to six a line, in a random order; the others to REST as they are. Words stand on a
common line and have clear blanks between them, of 0.7 to 2.5 heights of their small letters and wider than the gaps within them.
One line in five has a number of one to four digits that one hand wrote, which may be another's. Further lines are of numbers
alone.

Words do not say where their baseline is. It is the median of the places where the pen turns at the bottom, the upper edge of the
small letters that of the turns at the top.
"""

import argparse
import gzip
import json
import random
import statistics

SHARE_OF_WORDS = 0.55
WORDS = (2, 6)
BLANK = (0.7, 2.5)
BLANK_PER_GAP = (1.25, 2.5)
SHARE_WITH_NUMBER = 0.2
NUMBERS = 3000


def turns(strokes):
    """The y of the pen's turns at the top and at the bottom, y growing downwards, small ones left out."""
    values = [y for stroke in strokes for _, y in stroke]
    least = 0.15 * (max(values) - min(values))
    tops, bottoms = [], []
    for stroke in strokes:
        ys = [y for _, y in stroke]
        low = high = ys[0]
        falls = None
        for y in ys:
            low, high = min(low, y), max(high, y)
            if falls is not True and y > low + least:
                tops.append(low)
                falls, high = True, y
            elif falls is not False and y < high - least:
                bottoms.append(high)
                falls, low = False, y
        if falls is True:
            bottoms.append(high)
        elif falls is False:
            tops.append(low)
    return tops or [min(values)], bottoms or [max(values)]


class Word:
    def __init__(self, sample):
        self.text = sample["text"]
        self.strokes = sample["strokes"]
        tops, bottoms = turns(self.strokes)
        self.baseline = statistics.median(bottoms)
        self.size = max(self.baseline - statistics.median(tops), 1e-6)
        xs = [x for stroke in self.strokes for x, _ in stroke]
        self.left, self.right = min(xs), max(xs)
        # The widest gap between its letters.
        self.gap, reached = 0.0, self.left
        for left, right in sorted((min(x for x, _ in stroke), max(x for x, _ in stroke)) for stroke in self.strokes):
            self.gap, reached = max(self.gap, left - reached), max(reached, right)

    def placed(self, x, y):
        """Its strokes from x on, its baseline at y, and where they end."""
        strokes = [[[x + a - self.left, y + b - self.baseline] for a, b in stroke] for stroke in self.strokes]
        return strokes, x + self.right - self.left


def number(digits, height, draw):
    """One to four digits of one hand, as high as is asked: the word they make."""
    hand = draw.choice(digits)
    count = draw.randint(1, 4)
    strokes, text, x = [], "", 0.0
    for _ in range(count):
        sample = draw.choice(hand)
        ys = [y for stroke in sample["strokes"] for _, y in stroke]
        xs = [x for stroke in sample["strokes"] for x, _ in stroke]
        scale = height * draw.uniform(0.85, 1.15) / max(max(ys) - min(ys), 0.5 * (max(xs) - min(xs)), 1e-6)
        for stroke in sample["strokes"]:
            strokes.append([[x + scale * (a - min(xs)), scale * (b - max(ys))] for a, b in stroke])
        x += scale * (max(xs) - min(xs)) + height * draw.uniform(0.08, 0.4)
        text += sample["text"]
    word = Word({"text": text, "strokes": strokes})
    # It stands on the line, whatever its turns.
    word.baseline = 0.0
    return word


def line(words, size, draw):
    strokes, x = [], 0.0
    widest = max(word.gap for word in words)
    for word in words:
        ink, x = word.placed(x, size * draw.gauss(0, 0.06))
        strokes += ink
        x += max(size * draw.uniform(*BLANK), widest * draw.uniform(*BLANK_PER_GAP))
    return {
        "text": " ".join(word.text for word in words),
        "strokes": [[[round(x, 1), round(y, 1)] for x, y in stroke] for stroke in strokes],
    }


def samples(path):
    with gzip.open(path, "rt") as lines:
        return [json.loads(line) for line in lines]


def write(path, samples):
    with gzip.GzipFile(path, "wb", 6, mtime=0) as output:
        for sample in samples:
            output.write((json.dumps(sample, ensure_ascii=False) + "\n").encode())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words")
    parser.add_argument("digits")
    parser.add_argument("--lines", required=True)
    parser.add_argument("--rest", required=True)
    arguments = parser.parse_args()

    draw = random.Random(1)
    by_hand = {}
    for sample in samples(arguments.digits):
        by_hand.setdefault(sample["writer"], []).append(sample)
    digits = list(by_hand.values())

    by_writer, rest = {}, []
    for sample in samples(arguments.words):
        if draw.random() < SHARE_OF_WORDS:
            by_writer.setdefault(sample["writer"], []).append(sample)
        else:
            rest.append(sample)

    lines = []

    def add(words, size, writer):
        lines.append({"id": f"joined-{len(lines):06}", "writer": writer, **line(words, size, draw)})

    for writer, own in by_writer.items():
        draw.shuffle(own)
        words = [Word(sample) for sample in own]
        size = statistics.median(word.size for word in words)
        while words:
            count = min(draw.randint(*WORDS), len(words))
            chosen, words = words[:count], words[count:]
            if draw.random() < SHARE_WITH_NUMBER:
                chosen.insert(draw.randint(0, count), number(digits, size * draw.uniform(1.3, 2.0), draw))
            add(chosen, size, writer)
    for _ in range(NUMBERS):
        add([number(digits, 160, draw) for _ in range(draw.randint(1, 3))], 100, "digits")
    write(arguments.lines, lines)
    write(arguments.rest, rest)
    print(f"{len(lines):,} lines, {len(rest):,} words as they were")


main()
