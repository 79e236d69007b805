#!/bin/sh
# How far bf16 and int8 are from fp32: the share of labels that are equal, and Q3 and Q8 of all.
#
#   sh tools/bench/precision.sh LABELLED.ssfa.gz...
set -eu
strand=${STRAND:-$(cd "$(dirname "$0")/../.." && pwd)/.build/release/strand}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for file in "$@"; do
    gzip -cdf "$file" | awk 'NR % 3' >"$scratch/chains.fasta"
    for states in 3 8; do
        for precision in fp32 bf16 int8; do
            "$strand" label --states $states --precision $precision "$scratch/chains.fasta" 2>/dev/null |
                awk 'NR % 3 == 0' >"$scratch/$precision"
        done
        for precision in bf16 int8; do
            paste "$scratch/fp32" "$scratch/$precision" | awk -v name="$(basename "$file")" -v states=$states -v p=$precision '{
                for (i = 1; i <= length($1); i++) equal += substr($1, i, 1) == substr($2, i, 1)
                all += length($1)
            } END { printf "%s, %s: %.2f %% of %d labels of %d states are equal\n", name, p, 100 * equal / all, all, states }'
        done
    done
    for precision in fp32 bf16 int8; do
        "$strand" evaluate --json - --precision $precision "$file" 2>/dev/null | python3 -c '
import json, sys
figures = json.load(sys.stdin)[0]
shown = ["%s %.3f %%" % (name, 100 * figures[part]["accuracy"]["value"]) for name, part in (("Q3", "threeStates"), ("Q8", "eightStates"))]
print(sys.argv[1] + ":", ", ".join(shown))' "$(basename "$file"), $precision"
    done
done
