#!/bin/sh
# Measures a model of disorder, beside the baseline, and prints the tables that its card quotes.
#
#   sh tools/train/disorder/measure.sh [MODEL] [DATA]
#
# MODEL: default data/models/disorder.safetensors, else the one that tools/train/disorder.sh made. DATA holds the development
# data as ../shared/data/protein does (default: $STRAND_DATA/protein, else that). The baseline is fitted to the training
# chains of tools/train/disorder.sh, once. All goes to .build/train/disorder, the figures also to measure.json there. PYTHON
# is a Python 3 with numpy and scipy.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
runs=$project/.build/train/disorder
model=$project/data/models/disorder.safetensors
if [ ! -f "$model" ]; then model=$runs/disorder.safetensors; fi
model=${1:-$model}
data=${2:-${STRAND_DATA:-$project/../shared/data}/protein}
strand=${STRAND:-$project/.build/release/strand}
run() { script=$1; shift; "${PYTHON:-python3}" -B "$here/$script" "$@"; }
if [ ! -f "$runs/train_disorder.ssfa.gz" ]; then
    echo "no $runs/train_disorder.ssfa.gz: first run sh tools/train/disorder.sh" >&2
    exit 1
fi

mkdir -p "$runs/strand"
set --
for name in valid_q8 cb513_fullchain ts115 casp12; do
    short=${name%_q8}_disorder
    run make_labels.py "$data/$name.ssfa.gz" -o "$runs/$short.ssfa.gz" --fasta "$runs/$short.fasta" >&2
    "$strand" label --model "$model" --format jsonl "$runs/$short.fasta" -o "$runs/strand/$short.jsonl.gz"
    if [ "$name" != valid_q8 ]; then set -- "$@" "$runs/$short.ssfa.gz"; fi
done
if [ ! -f "$runs/baseline/casp12_disorder.jsonl.gz" ]; then
    run baseline.py --train "$runs/train_disorder.ssfa.gz" --validation "$runs/valid_disorder.ssfa.gz" "$@" \
        -o "$runs/baseline" >&2
fi
run measure.py --validation "$runs/valid_disorder.ssfa.gz" --test "$@" \
    --method baseline "$runs"/baseline/*_disorder.jsonl.gz --method strand "$runs"/strand/*_disorder.jsonl.gz \
    --json "$runs/measure.json"
