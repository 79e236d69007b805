#!/bin/sh
# NumPy writes the archive of a tiny array as if it were larger than 4 GiB: its local headers hold no sizes.
#
# Package: numpy 2.4.6 of PyPI.
# Behaviour: `numpy.savez` and `savez_compressed` ask for zip64 for every member, so the local header of an array of four
# numbers has 0xFFFFFFFF as both sizes and the true ones in an extra field; in the directory at the end the sizes are plain. A
# reader that goes through an .npz by its local headers, as one of a pipe must, and takes zip64 for a matter of huge files,
# refuses or misreads every file of embeddings.
# Output seen: "savez: local sizes ffffffff ffffffff, extra field of 20 bytes; directory 144 144" and
# "savez_compressed: local sizes ffffffff ffffffff, extra field of 20 bytes; directory 73 144".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6
cat >look.py <<'EOF'
import struct
import zipfile

import numpy

for save in (numpy.savez, numpy.savez_compressed):
    save("x.npz", chain=numpy.zeros((2, 2), "<f4"))
    with open("x.npz", "rb") as file:
        header = file.read(30)
    packed, plain = struct.unpack("<II", header[18:26])
    extra = struct.unpack("<H", header[28:30])[0]
    entry = zipfile.ZipFile("x.npz").infolist()[0]
    print(f"{save.__name__}: local sizes {packed:x} {plain:x}, extra field of {extra} bytes;"
          f" directory {entry.compress_size} {entry.file_size}")
    assert packed == plain == 0xFFFFFFFF and extra == 20 and entry.file_size == 144
EOF
venv/bin/python look.py
