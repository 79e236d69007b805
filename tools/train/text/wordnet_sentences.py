"""Prints the definitions and the example sentences of WordNet 3.0, one a line.

    python3 wordnet_sentences.py /usr/share/wordnet/data.*

In a data file (wndb(5WN)) what follows the bar is the gloss: definitions apart by semicolons, examples in quotes.
"""

import re
import sys


def sentences(gloss):
    """The examples of a gloss and what is left of it."""
    examples = re.findall(r'"([^"]+)"', gloss)
    definitions = re.split(r";", re.sub(r'"[^"]*"', "", gloss))
    return [text.strip(" ;,:\n") for text in definitions + examples]


def main(paths):
    for path in paths:
        with open(path, encoding="latin-1") as lines:
            for line in lines:
                if line.startswith("  ") or "|" not in line:
                    continue
                for sentence in sentences(line.split("|", 1)[1]):
                    if len(sentence) > 2 and sentence.isascii():
                        print(sentence)


main(sys.argv[1:])
