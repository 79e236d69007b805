#!/bin/sh
# The C sources without a warning of -Wall -Wextra.
set -eu
cd "$(dirname "$0")/../.."
for target in CStrand CStrandBytes CStrandKernels CStrandModels CStrandPage; do
    for file in Sources/$target/*.c; do
        clang -std=c2x -Wall -Wextra -Werror -Wno-c23-extensions -I "Sources/$target/include" -fsyntax-only "$file"
    done
done
clang -std=c2x -Wall -Wextra -Werror -I Sources/CStrandKernels/include -I Tests/AMXEmulation/include -fsyntax-only Tests/AMXEmulation/*.c
