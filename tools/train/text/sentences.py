"""Prints the sentences of prose, one a line, in printable ASCII.

    python3 sentences.py [--without SAMPLES.jsonl.gz ...] BOOK.txt ...

Paragraphs are told by blank lines. Of a book of Project Gutenberg what stands before and behind the work itself is left out, as are
headings. A sentence that shares six successive words with a text of `--without` is left out: texts to be measured on are often
prompts from printed prose. Counts go to standard error.
"""

import argparse
import collections
import gzip
import json
import re
import sys

SHARED_WORDS = 6
ASCII = str.maketrans({
    "“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "…": "...", "\u00a0": " ", "é": "e", "è": "e", "ê": "e",
    "à": "a", "â": "a", "ç": "c", "ô": "o", "î": "i", "ï": "i", "ü": "u", "ö": "o", "ä": "a", "æ": "ae", "œ": "oe", "É": "E",
})
# Abbreviations whose point ends no sentence.
TITLES = {"Mr", "Mrs", "Ms", "Dr", "St", "Messrs", "Prof", "Gen", "Col", "Capt", "Rev", "Hon", "Sen", "Gov", "Lt", "Sgt", "Jr", "Sr"}


def words(text):
    return re.findall(r"[a-z0-9]+", text.casefold().replace("'", ""))


def runs(text):
    found = words(text)
    return {tuple(found[i:i + SHARED_WORDS]) for i in range(len(found) - SHARED_WORDS + 1)}


def decoded(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def work(text):
    """The work itself, without what Project Gutenberg puts around it."""
    start = re.search(r"^\*\*\* ?START OF .*$", text, re.MULTILINE)
    end = re.search(r"^\*\*\* ?END OF |^End of (the )?Project Gutenberg", text, re.MULTILINE)
    return text[start.end() if start else 0:end.start() if end else len(text)]


def sentences(paragraph):
    """Sentences end at . ! ? and what closes, before a capital, a digit or a quote."""
    begin = 0
    for match in re.finditer(r"""[.!?]['")]*\s+(?=['"(]?[A-Z0-9])""", paragraph):
        before = re.search(r"([A-Za-z]+)\.\s+$", paragraph[begin:match.end()])
        if before and (before[1] in TITLES or len(before[1]) == 1 and before[1] != "I"):
            continue
        yield paragraph[begin:match.end()].strip()
        begin = match.end()
    yield paragraph[begin:].strip()


def main():
    parser = argparse.ArgumentParser(description="Prints the sentences of prose, one a line, in printable ASCII.")
    parser.add_argument("books", nargs="+", metavar="BOOK.txt")
    parser.add_argument("--without", action="append", default=[], metavar="SAMPLES.jsonl.gz")
    options = parser.parse_args()
    measured = set()
    for path in options.without:
        with gzip.open(path, "rt") as lines:
            for line in lines:
                measured |= runs(json.loads(line)["text"])
    counts = collections.Counter()
    for path in options.books:
        text = re.sub(r"\r\n?", "\n", work(decoded(path))).translate(ASCII)
        for paragraph in re.split(r"\n\s*\n", text):
            # Marks of italics; two hyphens are a dash.
            plain = re.sub(r"\s+", " ", paragraph.replace("_", "").replace("--", "-")).strip()
            for sentence in sentences(plain):
                if not re.search(r"[a-z]", sentence) or len(sentence) < 4:
                    counts["headings"] += 1
                elif not sentence.isascii() or not sentence.isprintable():
                    counts["with other characters"] += 1
                elif measured and runs(sentence) & measured:
                    counts["shared with texts to be measured on"] += 1
                else:
                    counts["printed"] += 1
                    print(sentence)
    print("sentences:", ", ".join(f"{count:,} {what}" for what, count in counts.most_common()), file=sys.stderr)


if __name__ == "__main__":
    main()
