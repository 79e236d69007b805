#!/bin/sh
# Makes sure that libraries the build needs are there: their headers, and with --static their archives. As root on Debian it
# installs what is missing, and says so; else it prints the command.
set -eu
static=
if [ "${1:-}" = --static ]; then static=yes; fi

packages=
# need HEADER ARCHIVE PACKAGE
need() {
    if echo "#include <$1>" | clang -E - >/dev/null 2>&1; then
        case "$static$(clang -print-file-name="$2")" in
            yes/*) return ;;
            yes*) ;;
            *) return ;;
        esac
    fi
    packages="$packages $3"
}
need zlib.h libz.a zlib1g-dev
need libdeflate.h libdeflate.a libdeflate-dev
need expat.h libexpat.a libexpat1-dev
if [ -z "$packages" ]; then exit 0; fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Libraries are missing. Install them, on Debian with: sudo apt-get install$packages" >&2
    exit 1
fi
echo "Libraries are missing: installing$packages with apt-get."
apt-get update -q
apt-get install -q -y $packages
