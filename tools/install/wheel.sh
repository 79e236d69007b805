#!/bin/sh
# Makes .build/dist/strand_tagger-VERSION-py3-none-manylinux_2_NN_x86_64.whl: the Python package with libstrand and the
# program inside. Needs .build/libstrand.so and .build/strand-static (make library static) and a Python 3 with pip.
set -eu
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}
tree=.build/wheel
rm -rf "$tree"
mkdir -p "$tree" .build/dist
cp -r python/pyproject.toml python/platform_tag.py python/README.md python/src LICENSE "$tree"
find "$tree" -name __pycache__ -exec rm -r {} +
cp .build/libstrand.so "$tree/src/strand_tagger/"
cp .build/strand-static "$tree/strand"
version=$(sed -n 's/^public let strandVersion = "\(.*\)"/\1/p' Sources/StrandEngine/Version.swift)
printf '"""The version of the package."""\n\n__version__ = "%s"\n' "$version" >"$tree/src/strand_tagger/_version.py"
# One date for all files, so that equal contents are an equal wheel.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1577836800)}
"$python" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir .build/dist "$tree"
ls -l .build/dist/strand_tagger-"$version"-*.whl | awk '{ printf "%s: %.1f MB\n", $NF, $5 / 1e6 }'
