#!/bin/sh
# Builds .build/strand-static: one file that holds the models and all libraries, and runs on any Linux of its processor.
set -eu
cd "$(dirname "$0")/../.."
libraries="xml2 icuuc icudata lzma z"

# Static archives of what FoundationXML and gzip need.
missing=$(for name in $libraries; do clang -print-file-name="lib$name.a" | grep -v / || true; done)
if [ -n "$missing" ]; then
    echo "Static libraries are missing ($(echo $missing)): installing them with apt-get."
    if [ "$(id -u)" -eq 0 ]; then sudo=; else sudo=sudo; fi
    $sudo apt-get update -q
    $sudo apt-get install -q -y libxml2-dev libicu-dev liblzma-dev libz-dev
fi

flags=
for name in $libraries stdc++ m; do flags="$flags -Xlinker -l$name"; done
# The linker warns of calls by which Foundation would look for users and plug-ins; Strand does neither.
swift build -c release --product strand --scratch-path .build/static \
    --static-swift-stdlib -Xswiftc -static-executable $flags -Xlinker -s 2>&1 |
    { grep -v -e "requires at runtime the shared libraries" -e "the use of .mktemp. is dangerous" || true; }
cp .build/static/release/strand .build/strand-static
ls -l .build/strand-static | awk '{ printf "%s: %.0f MB\n", $NF, $5 / 1e6 }'
