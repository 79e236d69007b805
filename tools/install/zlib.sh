#!/bin/sh
# Installs libz-dev through apt where the headers of libz are missing, and says so.
set -eu
if echo '#include <zlib.h>' | clang -E - >/dev/null 2>&1; then exit 0; fi
echo "The headers of libz are missing: installing libz-dev with apt-get."
if [ "$(id -u)" -eq 0 ]; then sudo=; else sudo=sudo; fi
$sudo apt-get update -q
$sudo apt-get install -q -y libz-dev
