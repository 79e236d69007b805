#!/bin/sh
# Makes dist/: the static program with completions and manual, the Python package, a bill of materials, and SHA256SUMS. Two
# runs on one commit with one toolchain give the same bytes. `make release` makes what it puts together.
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^public let strandVersion = "\(.*\)"/\1/p' Sources/StrandEngine/Version.swift)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
rm -rf dist
mkdir dist
sh tools/packaging/tarball.sh .build/strand-static .build/man1 dist
cp .build/dist/strand_tagger-"$version"-*.whl dist/
for shell in bash zsh fish; do cp .build/completions/strand.$shell "dist/strand-$version.$shell"; done
tar --create --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw \
    --directory .build man1 | gzip -n9 >"dist/strand-$version-man.tar.gz"
swift=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p')
"${PYTHON:-python3}" tools/install/sbom.py Package.resolved "$swift" "$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)" \
    -o "dist/strand-$version.cdx.json"
cd dist
sha256sum -- * >../.build/SHA256SUMS
mv ../.build/SHA256SUMS .
cat SHA256SUMS
