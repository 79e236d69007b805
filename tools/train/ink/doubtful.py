"""Lists training samples whose labels seem to be wrong: a reader is sure of quite another text.

    python3 doubtful.py SAMPLES.jsonl.gz ... -o doubtful.ids [--strand strand] [--model ink.safetensors]

A label is doubtful if it and the reading, case, blanks and punctuation aside, differ in more than `--difference` of the longer
one's characters, and the reading's mean probability of a character is `--certainty` or more. A row is an id; the label, the reading
and the probability go to standard output, to be looked at. `select_samples.py --without` leaves them out.
`doubtful.ids` are those that the shipped reader finds among UNIPEN's training words and lines; it was trained with them.
"""

import argparse
import gzip
import json
import subprocess


def plain(text):
    """Without what is often labelled otherwise, if enough is left."""
    letters = "".join(letter for letter in text.casefold() if letter.isalnum())
    text = "".join(text.split())
    return letters if 2 * len(letters) > len(text) else text


def distance(first, second):
    """Levenshtein's distance."""
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        corner, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (a != b))
    return row[-1]


def main():
    parser = argparse.ArgumentParser(description="Lists training samples whose labels seem to be wrong.")
    parser.add_argument("samples", nargs="+", help="ink with texts (.jsonl.gz)")
    parser.add_argument("-o", "--output", required=True, help="file for their ids")
    parser.add_argument("--strand", default="strand", help="the program (default: strand)")
    parser.add_argument("--model", help="a reader instead of the shipped one")
    parser.add_argument("--difference", type=float, default=0.6)
    parser.add_argument("--certainty", type=float, default=0.8)
    options = parser.parse_args()
    model = ["--model", options.model] if options.model else []
    doubtful, all_samples = [], 0
    for path in options.samples:
        with gzip.open(path, "rt") as lines:
            labels = {sample["id"]: sample["text"] for sample in map(json.loads, lines)}
        all_samples += len(labels)
        read = subprocess.run(
            [options.strand, "read", "--format", "jsonl", *model, path], check=True, capture_output=True, text=True
        )
        for reading in map(json.loads, read.stdout.splitlines()):
            label, text = plain(labels[reading["id"]]), plain(reading["text"])
            sure = [character["probability"] for character in reading["characters"]]
            certainty = sum(sure) / len(sure) if sure else 0
            longer = max(len(label), len(text))
            if certainty >= options.certainty and distance(label, text) > options.difference * longer:
                doubtful.append(reading["id"])
                print(reading["id"], repr(labels[reading["id"]]), repr(reading["text"]), f"{certainty:.2f}", sep="\t")
    with open(options.output, "w") as file:
        file.write("".join(name + "\n" for name in doubtful))
    print(f"{len(doubtful)} of {all_samples} samples")


if __name__ == "__main__":
    main()
