#!/bin/sh
# Installs the wheel of .build/dist into a new virtual environment and runs the package's tests there; then times the way of a
# newcomer: five lines that print the labels of a protein.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
started=$(date +%s)
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check .build/dist/strand_tagger-*.whl
cat >"$folder/five_lines.py" <<'end'
import strand_tagger

thioredoxin = next(strand_tagger.read_fasta("data/examples/proteins.fasta"))
for chain in strand_tagger.label([thioredoxin]):
    print(chain.labels)
end
"$folder/venv/bin/python" "$folder/five_lines.py"
echo "installed, and labelled a protein, in $(($(date +%s) - started)) s"
"$folder/venv/bin/strand" label data/examples/proteins.fasta >/dev/null
tests=$PWD/python/tests
cd "$folder"
venv/bin/python -m unittest discover "$tests"
