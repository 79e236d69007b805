#!/bin/sh
# Runs the notebooks in a new virtual environment with the wheel in it; what they draw is left in .build/notebooks.
# usage: check.sh WHEEL; PROTEOME and INK name other input than the examples
set -eu
wheel=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
output=$here/../../.build/notebooks
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check "$wheel" nbconvert==7.16.6 ipykernel==6.29.5 pandas==2.3.3 \
    pyarrow==22.0.0 matplotlib==3.10.7
rm -rf "$output"
mkdir -p "$output"
cp "$here"/*.ipynb "$output"
cd "$output"
for name in proteome ink; do
    "$folder/bin/python" -m nbconvert --log-level=WARN --to notebook --execute --inplace \
        --ExecutePreprocessor.timeout=600 "$name.ipynb"
done
ls proteome.png chain.png ink.png
