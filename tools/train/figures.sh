#!/bin/sh
# Prints the figures of the shipped model that README and card quote, as a Markdown table.
#
#   sh tools/train/figures.sh [FOLDER]
#
# FOLDER holds the benchmarks as ../shared/data/protein does (default: $STRAND_DATA/protein, else that).
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
data=${1:-${STRAND_DATA:-$project/../shared/data}/protein}
set --
for name in valid_q8 cb513 cb513_cuffbarton ts115 casp10 casp11 casp12; do set -- "$@" "$data/$name.ssfa.gz"; done
"$project/.build/release/strand" evaluate --markdown "$@"
