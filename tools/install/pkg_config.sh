#!/bin/sh
# Prints what pkg-config says of libstrand below PREFIX.
# usage: pkg_config.sh PREFIX
set -eu
cd "$(dirname "$0")/../.."
cat <<end
prefix=$1
Name: strand
Description: Secondary structure of proteins, and text of pen strokes
Version: $(sed -n 's/^public let strandVersion = "\(.*\)"/\1/p' Sources/StrandEngine/Version.swift)
Cflags: -I\${prefix}/include
Libs: -L\${prefix}/lib -lstrand
end
