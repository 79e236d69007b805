#!/bin/sh
# Trains a model of proteins on labelled chains and their relatives alone, as the shipped one was up to strand-protein-2.
#
#   sh tools/train/protein-without-teacher.sh [DATA] [MORE]
#
# DATA holds the development data as ../shared/data/protein does (default: $STRAND_DATA/protein, else that). MORE holds what
# tools/train/data/make-data.sh makes of it (default: .build/train/data). A run that was interrupted goes on from its
# checkpoint. About an hour on 2 cores with AVX-512 and avx512_bf16.
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
data=${1:-${STRAND_DATA:-$project/../shared/data}/protein}
runs=$project/.build/train
more=${2:-$runs/data}
strand=${STRAND:-$project/.build/release/strand}
mkdir -p "$runs"
if [ ! -f "$more/relatives.ssfa.gz" ]; then
    echo "no $more/relatives.ssfa.gz: first run sh tools/train/data/make-data.sh $data $more" >&2
    exit 1
fi

resume=
if [ -f "$runs/without-teacher.checkpoint.safetensors" ]; then resume=--resume; fi
"$strand" train protein \
    --train "$more/train_q8_clean.ssfa.gz" --train "$more/train_structures.ssfa.gz" --train "$more/relatives.ssfa.gz" \
    --train-3state "$more/train_q3_clean.q3.ssfa.gz" \
    --validation "$data/valid_q8.ssfa.gz" \
    --layers 3 --hidden 224 --epochs 6 --residue-dropout 0.05 --precision bf16 \
    --checkpoint "$runs/without-teacher.checkpoint.safetensors" --log "$runs/without-teacher.jsonl" $resume \
    --name strand-protein-2 -o "$runs/without-teacher.fp32.safetensors"
"$strand" quantize --model "$runs/without-teacher.fp32.safetensors" "$data/valid_q8.ssfa.gz" -o "$runs/without-teacher.safetensors"
echo "The model is $runs/without-teacher.safetensors."
