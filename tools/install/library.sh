#!/bin/sh
# Builds .build/libstrand.so: the C interface with the models and all libraries inside but those of C and C++.
set -eu
cd "$(dirname "$0")/../.."
sh tools/install/libraries.sh --static

# The build finds libraries by pkg-config: here in a folder that has archives alone.
folder=$PWD/.build/archives
mkdir -p "$folder"
for name in zlib/z expat/expat libdeflate/deflate; do
    ln -sf "$(clang -print-file-name="lib${name#*/}.a")" "$folder"
    sed "s|^Libs:.*|Libs: -L$folder -l${name#*/}|" "$(pkg-config --variable=pcfiledir "${name%/*}")/${name%/*}.pc" \
        >"$folder/${name%/*}.pc"
done
export PKG_CONFIG_PATH="$folder"

# Debugging information would name the compiler's caches of C modules, which are other bytes each time.
swift build -c release --product StrandC --scratch-path .build/library -Xswiftc -gnone \
    -Xswiftc -static-stdlib -Xlinker -soname=libstrand.so.1 \
    -Xlinker --defsym=hypotf=strand_hypotf -Xlinker --defsym=arc4random_buf=strand_random_bytes \
    -Xlinker --version-script="$PWD/tools/install/libstrand.map" -Xlinker --gc-sections -Xlinker --icf=safe -Xlinker -s
cp .build/library/release/libStrandC.so .build/libstrand.so

# All that the header declares, and nothing else.
clang -E -P Sources/CStrand/include/strand.h | grep -o 'strand_[a-z_]*(' | tr -d '(' | sort >.build/declared
nm -D --defined-only .build/libstrand.so | awk '$2 == "T" { print $3 }' | sort | diff .build/declared - >&2 || {
    echo "libstrand.so and strand.h differ" >&2
    exit 1
}
ls -l .build/libstrand.so | awk '{ printf "%s: %.0f MB\n", $NF, $5 / 1e6 }'
