"""How often `strand read` notices that ink is upside down, mirrored or turned, and how often it says so of ink that is not.

    python3 axes.py .build/release/strand words.jsonl.gz [--samples 20]

Each writer's first samples are turned in each way and read; what is advised is compared with what was done.
"""

import argparse
import collections
import gzip
import json
import pathlib
import re
import subprocess
import tempfile

# What has to be advised, and what was done to a point.
WAYS = {
    "x,y": lambda x, y: (x, y),
    "x,-y": lambda x, y: (x, -y),
    "-x,y": lambda x, y: (-x, y),
    "-x,-y": lambda x, y: (-x, -y),
    "y,-x": lambda x, y: (-y, x),
    "-y,x": lambda x, y: (y, -x),
}


def advised(strand, samples, way, path):
    with open(path, "w", encoding="utf-8") as file:
        for sample in samples:
            strokes = [[way(*point[:2]) for point in stroke] for stroke in sample["strokes"]]
            file.write(json.dumps({"id": sample["id"], "strokes": strokes}) + "\n")
    result = subprocess.run([strand, "read", path], capture_output=True, text=True, check=True)
    found = re.search(r"--axes=([^']*)", result.stderr)
    return found[1] if found else "x,y"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("strand")
    parser.add_argument("words", help="samples with writers, JSON Lines")
    parser.add_argument("--samples", type=int, default=20, help="of each writer")
    options = parser.parse_args()
    writers = collections.defaultdict(list)
    with gzip.open(options.words, "rt", encoding="utf-8") as file:
        for sample in map(json.loads, file):
            if len(writers[sample["writer"]]) < options.samples:
                writers[sample["writer"]].append(sample)
    print(f"{len(writers)} writers\n\n| axes | right | nothing said | another way |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder, "ink.jsonl"))
        for name, way in WAYS.items():
            found = [advised(options.strand, samples, way, path) for samples in writers.values()]
            right, nothing = found.count(name), found.count("x,y") if name != "x,y" else 0
            print(f"| {name} | {right} | {nothing} | {len(found) - right - nothing} |", flush=True)


if __name__ == "__main__":
    main()
