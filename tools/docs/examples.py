"""Writes the Swift examples of documentation comments and pages into files of their own, so that they can be compiled.

python3 examples.py FOLDER FILE...

An example stands between ```swift and ```. In a comment it is the body of a function that may throw: what it uses of its
surroundings is declared in SETTING. A page's example is a program.
"""

import re
import sys
from pathlib import Path

SETTING = """
let compute = Compute(threads: 1)
let chain = Array("MKTAYIAKQR".utf8)
let trainingChains = [chain], benchmarkChains = [chain]
let sample = InkSample(id: "a", strokes: [])
"""


def examples(path):
    """The line and the text of each example of a file."""
    prefix = "/// " if path.suffix == ".swift" else ""
    lines, start = [], None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        text = line.strip() if prefix else line
        if text == f"{prefix}```swift".rstrip():
            lines, start = [], number
        elif start and text == f"{prefix}```".rstrip():
            yield start, lines
            start = None
        elif start:
            lines.append(re.sub(r"^/// ?", "", text) if prefix else line)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    for path in map(Path, sys.argv[2:]):
        for start, lines in examples(path):
            body = "\n".join(lines)
            head = [f"// {path}:{start}"]
            if path.suffix == ".swift":
                imports = sorted({"import Strand"} | {line for line in lines if line.startswith("import ")})
                body = "\n".join(line for line in lines if not line.startswith("import "))
                body = f"func example() throws {{\n{SETTING}\ndo {{\n{body}\n}}\n}}"
                head += imports
            name = f"{path.stem}-{start}.swift".replace("+", "-")
            (folder / name).write_text("\n".join(head) + "\n" + body + "\n")


if __name__ == "__main__":
    main()
