"""Golden numbers of character and word error rates, from jiwer.

    python error_rates_golden.py ../../Tests/StrandMetricsTests/Fixtures/error_rates.json

Needs jiwer. The file holds
    versions    of jiwer and of rapidfuzz, which aligns for it
    total       of all cases, for characters and words: errors, reference, rate (what jiwer calls cer and wer)
    cases       reference, hypothesis; for characters and words: errors, reference, rate (null for an empty reference),
                edits [S, D, I] as jiwer splits them, and whether no other split has so few errors

jiwer gets both texts in NFC, as lists of characters and of words. It sees code points: all texts here are such that NFC
leaves one code point a grapheme cluster.
"""
import json
import random
import sys
import unicodedata
from importlib.metadata import version

import jiwer

FIXED = [
    ("", ""), ("", "a"), ("a", ""), ("a", "a"), ("a", "b"), ("I", "l"), ("", "two words"), ("two words", ""),
    ("kitten", "sitting"), ("ab", "ba"), ("aab", "ab"), ("sunday", "saturday"), (" a b ", "a b"), ("a  b", "a\tb"),
    ("caf\u00e9", "cafe\u0301"), ("cafe\u0301", "cafe"), ("na\u00efve \u00c5ngstr\u00f6m", "naive A\u030angstrom"),
    ("a sheet of ink", "a sheet or ink"), ("to be, or not", "tobe or  not to"), ("Write it down.", "write it Down"),
    ("one\u00a0two\u2003three", "one two three"), ("x" * 40, "x" * 37),
    ("\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab\uad6d"),
]
SENTENCES = ["the quick brown fox", "a b", "Zwölf Boxkämpfer jagen Viktor", "beta strand 42, ink.", "q", "no no no no"]
LETTERS = "ab éE.,"


def worn(text, generator):
    """The text with about one edit in five characters."""
    out = []
    for character in text:
        dice = generator.random()
        if dice < 0.07:
            continue
        out.append(generator.choice(LETTERS) if dice < 0.14 else character)
        if dice > 0.93:
            out.append(generator.choice(LETTERS))
    return "".join(out)


def texts():
    generator = random.Random(20261122)
    yield from FIXED
    for _ in range(40):
        lengths = generator.randrange(1, 13), generator.randrange(0, 13)
        yield tuple("".join(generator.choice(LETTERS) for _ in range(length)) for length in lengths)
    for _ in range(40):
        sentence = generator.choice(SENTENCES)
        yield sentence, worn(sentence, generator)


def nfc(text):
    composed = unicodedata.normalize("NFC", text)
    assert not any(unicodedata.category(c)[0] == "M" for c in composed), text
    return composed


def splits(reference, hypothesis, sign):
    """Least errors, and of the alignments with so few the fewest substitutions (sign 1) or the most (sign -1)."""
    row = [(j, 0) for j in range(len(hypothesis) + 1)]
    for i, a in enumerate(reference):
        above, row = row, [(i + 1, 0)]
        for j, b in enumerate(hypothesis):
            errors, substitutions = above[j]
            diagonal = (errors, substitutions) if a == b else (errors + 1, substitutions + sign)
            row.append(min(diagonal, (above[j + 1][0] + 1, above[j + 1][1]), (row[j][0] + 1, row[j][1])))
    return row[-1][0], sign * row[-1][1]


def figures(pairs):
    """jiwer's figures of pairs of symbol lists, as one corpus."""
    references, hypotheses = [list(pair[0]) for pair in pairs], [list(pair[1]) for pair in pairs]
    # The transforms hand jiwer its symbols; its own would strip the texts.
    output = jiwer.process_words(
        [""] * len(pairs), [""] * len(pairs),
        reference_transform=lambda _: references, hypothesis_transform=lambda _: hypotheses)
    edits = [output.substitutions, output.deletions, output.insertions]
    size = sum(map(len, references))
    return {"errors": sum(edits), "reference": size, "rate": output.wer if size else None, "edits": edits}


def case_figures(reference, hypothesis):
    found = figures([(reference, hypothesis)])
    fewest, most = (splits(reference, hypothesis, sign) for sign in (1, -1))
    assert fewest[0] == most[0] == found["errors"]
    return found | {"isUnique": fewest == most}


senses = {"characters": list, "words": str.split}
pairs = list(texts())
composed = {name: [(split(nfc(a)), split(nfc(b))) for a, b in pairs] for name, split in senses.items()}
fixture = {
    "versions": {name: version(name) for name in ("jiwer", "rapidfuzz")},
    "total": {name: figures(composed[name]) for name in senses},
    "cases": [
        {"reference": a, "hypothesis": b} | {name: case_figures(*composed[name][k]) for name in senses}
        for k, (a, b) in enumerate(pairs)
    ],
}
with open(sys.argv[1], "w", encoding="ascii") as file:
    head = {name: fixture[name] for name in ("versions", "total")}
    file.write(json.dumps(head)[:-1] + ',\n"cases": [\n')
    file.write(",\n".join(json.dumps(case) for case in fixture["cases"]) + "\n]}\n")
