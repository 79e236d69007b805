"""Writes the alignments of CB513's domains (Cuff & Barton 1999) as alignments that `strand --profiles` reads.

The source has, for each domain, `>` and its name, the sequence, its states, and the rows of its alignment, the domain first,
with `.` for gaps. The result has for each a line `#NAME` and rows of FASTA.
"""

import argparse

from records import open_text, write_gzip


def alignments(path):
    """Yields the name and the rows of each alignment."""
    name, lines = None, []
    with open_text(path) as file:
        for line in file:
            if line.startswith(">"):
                if name is not None:
                    yield name, lines[2:]
                name, lines = line[1:].split()[0], []
            elif line.strip():
                lines.append(line.strip())
    yield name, lines[2:]


def main():
    parser = argparse.ArgumentParser(description="Writes the alignments of CB513's domains as FASTA.")
    parser.add_argument("alignments", help="the source (cb513_cuffbarton.msa.txt.gz)")
    parser.add_argument("-o", "--output", required=True, help="file to write (.a3m.gz)")
    options = parser.parse_args()
    parts, depths = [], []
    for name, rows in alignments(options.alignments):
        headers = [name] + [f"relative{number}" for number in range(1, len(rows))]
        parts.append(f"#{name}\n" + "".join(f">{h}\n{row.replace('.', '-')}\n" for h, row in zip(headers, rows)))
        depths.append(len(rows))
    write_gzip(options.output, "".join(parts))
    print(f"{options.output}: {len(depths)} alignments, median of {sorted(depths)[len(depths) // 2]} rows")


if __name__ == "__main__":
    main()
