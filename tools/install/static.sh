#!/bin/sh
# Builds .build/strand-static: one file that holds the models and all libraries, and runs on any Linux of its processor.
set -eu
cd "$(dirname "$0")/../.."
sh tools/install/libraries.sh --static

# Debugging information would name the compiler's caches of C modules, which are other bytes each time.
# The linker warns of calls by which FoundationEssentials would look for users; Strand does not.
swift build -c release --product strand --scratch-path .build/static -Xswiftc -gnone \
    --static-swift-stdlib -Xswiftc -static-executable -Xlinker -lexpat -Xlinker -lz -Xlinker -ldeflate -Xlinker -lstdc++ -Xlinker -lm \
    -Xlinker -s -Xlinker --gc-sections -Xlinker --icf=safe -Xlinker --no-eh-frame-hdr 2>&1 |
    { grep -v -e "requires at runtime the shared libraries" -e "the use of .mktemp. is dangerous" || true; }
cp .build/static/release/strand .build/strand-static
ls -l .build/strand-static | awk '{ printf "%s: %.0f MB\n", $NF, $5 / 1e6 }'
