#!/bin/sh
# safetensors' `save_file` for NumPy writes an array that is not in C order as its memory lies, under the shape it has.
#
# Packages: safetensors 0.8.0 and numpy 2.4.6 of PyPI.
# Behaviour: the format is row-major, and the function takes an array of any strides without a word: what is read back has
# the right shape and type, and its numbers at other places. Columns chosen by a list (`table[:, [2, 0]]`), a transpose and
# a cut are such arrays, so profiles with their columns put in another order, or embeddings with a few columns taken out,
# are scrambled. (PyTorch's `save_file` raises an error for them.) `numpy.ascontiguousarray` before saving helps.
# Output seen: "chosen: [[2, 0], [6, 4], [10, 8]] is read back as [[2, 6], [10, 0], [4, 8]]" and
# "cut: [[0, 2], [4, 6], [8, 10]] is read back as [[0, 1], [2, 3], [4, 5]]".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6 safetensors==0.8.0
cat >look.py <<'EOF2'
import numpy
from safetensors.numpy import load_file, save_file

table = numpy.arange(12, dtype="float32").reshape(3, 4)
seen = {"chosen": [[2, 6], [10, 0], [4, 8]], "cut": [[0, 1], [2, 3], [4, 5]]}
for name, array in (("chosen", table[:, [2, 0]]), ("cut", table[:, ::2])):
    save_file({"x": array}, "x.safetensors")
    read = load_file("x.safetensors")["x"]
    print(f"{name}: {array.astype(int).tolist()} is read back as {read.astype(int).tolist()}")
    assert read.tolist() == seen[name] and read.shape == array.shape
    save_file({"x": numpy.ascontiguousarray(array)}, "x.safetensors")
    assert (load_file("x.safetensors")["x"] == array).all()
EOF2
venv/bin/python look.py
