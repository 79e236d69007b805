"""How long `strand label` takes over many records, how many shards to make, and how large the outputs are.

    python3 tools/workflows/sizing.py                                   the tables of README.md
    python3 tools/workflows/sizing.py --records 2e6 --length 350 --machines 1,4 --rate fp32=41000
    python3 tools/workflows/sizing.py --measure .build/release/strand proteome.fasta.gz     bytes a residue of every format
    python3 tools/workflows/sizing.py --check tools/workflows/README.md                     whether its tables are these
"""
import argparse
import gzip
import math
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# Residues a second of one job of two threads on two cores of an AMD EPYC, in one run: `strand label --precision ... -o
# /dev/null` on 7,191 proteins of 1,698,650 residues. The default is int8. docs/speed.md has other machines.
RATES = {"int8": 116_000, "bf16": 65_100, "fp32": 34_600}
# Residues a second that a job passes over on its way to those of its shard, from gzip, on the same machine.
READING = 80e6
# Bytes a residue on the proteome of E. coli K-12 (UniProt UP000000625: 4,363 chains, 1,358,898 residues), plain and
# compressed, by `--measure`; of fasta and blocks those of 3 states. Parquet by tools/workflows/spark, as Spark compresses it.
SIZES = {
    "fasta": (2.380, 0.862),
    "blocks": (2.775, 0.961),
    "tsv, 3 states": (49.655, 11.830),
    "tsv, 8 states": (84.655, 21.811),
    "jsonl, 3 states": (23.701, 8.090),
    "jsonl, 8 states": (58.797, 17.515),
    "Parquet": (None, 1.459),
    "Parquet with 3 probabilities": (None, 7.075),
}
START, END = "<!-- sizing -->\n", "<!-- /sizing -->\n"


def shards_for(residues, rate, machines, hours):
    """The least multiple of the machines with which a job labels for no longer than this."""
    return machines * max(1, math.ceil(residues / rate / 3600 / hours / machines))


def time_rows(residues, rates, machines, hours):
    """Of each precision and number of machines: shards, minutes of a job, hours of all, share of reading."""
    for precision, rate in rates.items():
        for count in machines:
            shards = shards_for(residues, rate, count, hours)
            labelling, reading = residues / rate / shards, residues / READING
            job = labelling + reading
            yield precision, count, shards, job / 60, job * shards / count / 3600, reading / job


def time_table(residues, rates, machines, hours):
    lines = ["| precision | machines | shards | a job | all | of it reading |", "|---|---|---|---|---|---|"]
    for precision, count, shards, minutes, total, share in time_rows(residues, rates, machines, hours):
        lines.append(f"| {precision} | {count:,} | {shards:,} | {minutes:.0f} min | {total:.1f} h | {100 * share:.0f} % |")
    return lines


def size_table(residues):
    lines = ["| format | bytes a residue | all | compressed, bytes a residue | all |", "|---|---|---|---|---|"]
    for name, sizes in SIZES.items():
        cells = [cell for size in sizes for cell in ((f"{size:.2f}", shown(size * residues)) if size else ("", ""))]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def shown(size):
    for unit, scale in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if size >= scale:
            return f"{size / scale:.3g} {unit}"
    return f"{size / 1e3:.3g} kB"


def document(options):
    residues = options.records * options.length
    return "\n".join([
        f"{options.records:,.0f} chains of {options.length:g} residues, {residues:.3g} residues; a machine runs one job of two"
        f" threads; {', '.join(f'{rate:,} residues/s in {name}' for name, rate in options.rates.items())}.", "",
        *time_table(residues, options.rates, options.machines, options.hours), "", *size_table(residues)]) + "\n"


# MARK: Measuring

def count_residues(path):
    with open(path, "rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    with gzip.open(path) if packed else open(path, "rb") as file:
        return sum(len(line.strip()) for line in file if not line.startswith(b">"))


def formats_of(strand):
    """What the program's help says of `--format`."""
    text = subprocess.run([strand, "label", "--help"], capture_output=True, text=True, check=True).stdout
    return re.search(r"--format <name>.*?\(values:\s*([^;)]+)", text, re.S)[1].replace(",", " ").split()


def measure(strand, proteome):
    """Prints bytes a residue of each format and number of states, plain and in gzip."""
    residues = count_residues(proteome)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "out.gz")
        for name in formats_of(strand):
            for states in ("3", "8"):
                # bf16 for speed: a label in thousands differs, which no size shows.
                command = [strand, "label", "--format", name, "--states", states, "--precision", "bf16", "-o", path, proteome]
                if subprocess.run(command, stderr=subprocess.DEVNULL).returncode:
                    print(f'    "{name}, {states} states": not written')
                    continue
                with gzip.open(path) as file:
                    plain = sum(len(block) for block in iter(lambda: file.read(1 << 20), b""))
                print(f'    "{name}, {states} states": ({plain / residues:.3f}, {os.path.getsize(path) / residues:.3f}),')


def check(path, text):
    content = Path(path).read_text(encoding="utf-8")
    return START + text + END in content


def rate_of(text):
    name, _, rate = text.partition("=")
    return name, int(float(rate))


def parse(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=float, default=60e6, help="chains (60 million)")
    parser.add_argument("--length", type=float, default=290, help="mean residues of a chain (290)")
    parser.add_argument("--machines", default="1,10,100", help="numbers with commas between (1,10,100)")
    parser.add_argument("--hours", type=float, default=1, help="the longest that a job should label (1)")
    parser.add_argument("--rate", metavar="NAME=N", type=rate_of, action="append",
                        help="residues a second of a job on your machines")
    parser.add_argument("--measure", nargs=2, metavar=("STRAND", "FASTA"), help="print bytes a residue of every format")
    parser.add_argument("--check", metavar="README", help="exit 1 if the tables in this file are others")
    options = parser.parse_args(arguments)
    options.machines = [int(count) for count in options.machines.split(",")]
    options.rates = dict(options.rate) if options.rate else RATES
    return options


def main():
    options = parse()
    if options.measure:
        measure(*options.measure)
    elif options.check:
        if not check(options.check, document(options)):
            between = f"{START.strip()} and {END.strip()}"
            sys.exit(f"sizing.py: {options.check} has other tables: put these between {between}\n{document(options)}")
    else:
        print(document(options), end="")


if __name__ == "__main__":
    main()
