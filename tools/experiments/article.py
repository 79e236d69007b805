"""Writes the tables of tools/experiments/results into the article that shows them.

    python tools/experiments/article.py

Between `<!-- measured: NAME -->` and `<!-- /measured -->` goes NAME.md, whatever stood there before. Needs nothing but
Python 3.9.
"""
import pathlib
import re

HERE = pathlib.Path(__file__).parent
ARTICLE = HERE.parent.parent / "Sources/Strand/Strand.docc/LongShortTermMemory.md"


def main():
    def filled(match):
        table = (HERE / "results" / f"{match[1]}.md").read_text().strip()
        return f"<!-- measured: {match[1]} -->\n{table}\n<!-- /measured -->"

    text = ARTICLE.read_text()
    ARTICLE.write_text(re.sub(r"<!-- measured: (\S+) -->.*?<!-- /measured -->", filled, text, flags=re.DOTALL))


if __name__ == "__main__":
    main()
