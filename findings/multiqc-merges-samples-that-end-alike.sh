#!/bin/sh
# MultiQC cuts a sample's name at its last "/", and of samples with equal names it keeps one.
#
# Package: multiqc 1.35 of PyPI.
# Behaviour: names in files of custom content (`*_mqc.json`) are cleaned as if they were paths. Runs named "yeast 1/2",
# "human 1/2" and "human.sorted 1/2" give a table with one row, "2", that has the numbers of one of them. There is no warning
# and the exit status is 0. `--fullnames` keeps endings such as ".sorted", but not what stands before a "/".
# Output seen: "yeast 1/2, human 1/2, human.sorted 1/2: 2", "with --fullnames: 2", "yeast, human, human.sorted: human, yeast"
# and "with --fullnames: human, human.sorted, yeast".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q multiqc==1.35
cat >look.py <<'EOF'
import json
import pathlib
import subprocess


def rows(names, *options):
    for number, name in enumerate(names):
        file = pathlib.Path("runs", str(number), "reads_mqc.json")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"id": "reads", "plot_type": "table", "data": {name: {"reads": number}}}))
    command = ["venv/bin/multiqc", "--quiet", "--force", "--outdir", "report", *options, "runs"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    table = pathlib.Path("report/multiqc_data/multiqc_reads.txt").read_text().splitlines()
    found = ", ".join(row.split("\t")[0] for row in table[1:])
    print("with " + options[0] if options else ", ".join(names), found, sep=": ")
    return found


shards = ["yeast 1/2", "human 1/2", "human.sorted 1/2"]
plain = ["yeast", "human", "human.sorted"]
assert rows(shards) == rows(shards, "--fullnames") == "2"
assert rows(plain) == "human, yeast" and rows(plain, "--fullnames") == "human, human.sorted, yeast"
EOF
venv/bin/python look.py
