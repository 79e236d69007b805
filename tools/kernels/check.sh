#!/bin/sh
# Compares what all paths of the kernels compute, also on AArch64 by qemu: see README.md. CC is clang (default: clang).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kernels=$here/../../Sources/CStrandKernels
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
compile() { ${CC:-clang} "$@" -O2 -std=c2x -Wall -Wextra -Werror -I"$kernels/include"; }

compile "$kernels"/*.c "$here/hashes.c" -o "$build/hashes" -lpthread -lm
"$build/hashes" | sed 's/^/x /' > "$build/found"
case $(uname -m) in
    aarch64) sed -i 's/^x /arm /' "$build/found" ;;
    *)
        if command -v aarch64-linux-gnu-gcc > /dev/null && command -v qemu-aarch64 > /dev/null; then
            for source in "$kernels"/*.c "$here/hashes.c"; do
                compile --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -c "$source" \
                    -o "$build/$(basename "$source" .c).o"
            done
            aarch64-linux-gnu-gcc -static "$build"/*.o -o "$build/hashes-arm" -lpthread -lm
            qemu-aarch64 "$build/hashes-arm" | sed 's/^/arm /' >> "$build/found"
        else
            echo "AArch64 is not checked: packages gcc-aarch64-linux-gnu and qemu-user are needed" >&2
        fi
        ;;
esac

# Of each precision and cell, all lines have the same hashes; x86-64's portable path of 32 bits is one of its own.
grep -v '^x fp32 portable' "$build/found" | awk '
    { key = $2 " " $4; paths[key] = paths[key] " " $1 ":" $3; if (!(key in hash)) hash[key] = $5 " " $6 }
    hash[key] != $5 " " $6 { paths[key] = paths[key] " differs"; failed = 1 }
    END { for (key in hash) print key ":" paths[key]; exit failed }' > "$build/compared" || failed=yes
sort "$build/compared"
[ -z "${failed:-}" ]
