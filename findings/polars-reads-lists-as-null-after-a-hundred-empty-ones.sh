#!/bin/sh
# polars reads the values of a list in JSON Lines as null if that list is empty in the first hundred lines.
#
# Package: polars 2.1.0 of PyPI.
# Behaviour: `read_ndjson` infers types from 100 lines. A list that is empty in all of them becomes a list of null, and later
# numbers, texts and truth values in it are read as null: lengths are right, values are gone, there is no error. (A number
# after a hundred nulls is an error.) `infer_schema_length=None` helps, or the type in `schema_overrides`.
# Output seen: "99 empty lists: [0.25, 0.75], 100: [None, None], with infer_schema_length=None: [0.25, 0.75]" and
# "100 nulls, then 57: got non-null value for NULL-typed column: 57".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q polars==2.1.0
cat >look.py <<'EOF'
import json

import polars


def last(first, count, value, **options):
    with open("x.jsonl", "w") as file:
        file.writelines(json.dumps({"x": x}) + "\n" for x in [first] * count + [value])
    values = polars.read_ndjson("x.jsonl", **options)["x"]
    return values.to_list()[-1]


few, many = last([], 99, [0.25, 0.75]), last([], 100, [0.25, 0.75])
told = last([], 100, [0.25, 0.75], infer_schema_length=None)
print(f"99 empty lists: {few}, 100: {many}, with infer_schema_length=None: {told}")
assert few == told == [0.25, 0.75] and many == [None, None]
try:
    raise SystemExit(f"100 nulls, then 57: {last(None, 100, 57)}")
except polars.exceptions.ComputeError as error:
    print(f"100 nulls, then 57: {error}")
EOF
venv/bin/python look.py
