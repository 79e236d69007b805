#!/bin/sh
# sh tools/fuzz/run.sh SECONDS JOBS [TARGET ...]: fuzzes each target, or all, for so many seconds; see README.md.
set -eu
cd "$(dirname "$0")"
seconds=$1
jobs=$2
shift 2
[ $# -gt 0 ] || set -- $(.build/release/strand-fuzz)

# Seeds: the ones here and the examples; for gzip all of them compressed, without the magic that the target puts in front.
examples=../../data/examples
mkdir -p .build/seeds/plain .build/seeds/gzip
cp seeds/* "$examples"/*.fasta "$examples"/*.ssfa "$examples"/*.gz .build/seeds/plain
for seed in .build/seeds/plain/*; do gzip -nc "$seed" | tail -c +3 >".build/seeds/gzip/${seed##*/}"; done

printf '%-15s %12s %8s %6s %7s\n' target executions exec/s edges corpus
printf '%s\n' "$@" | xargs -P "$jobs" -I{} sh target.sh {} "$seconds"
