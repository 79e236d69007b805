#!/bin/sh
# Trains the shipped reader of handwriting: data/models/ink.safetensors.
#
#   sh tools/train/ink.sh [DATA]
#
# DATA holds the development data as ../shared/data/ink does (default: $STRAND_DATA/ink, else that). A run that was
# interrupted goes on from its checkpoint. About an hour on 2 cores with AVX-512 and avx512_bf16.
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
data=${1:-${STRAND_DATA:-$project/../shared/data}/ink}
runs=$project/.build/train
strand=${STRAND:-$project/.build/release/strand}
mkdir -p "$runs"
sh "$project/tools/train/ink/digits.sh" "$data" "$runs"

resume=
if [ -f "$runs/ink.checkpoint.safetensors" ]; then resume=--resume; fi
# Digits are few: they are given three times.
"$strand" train ink \
    --train "$data/unipen-words.train.jsonl.gz" --train "$data/unipen-lines.train.jsonl.gz" \
    --train "$runs/pendigits.train.jsonl.gz" --train "$runs/pendigits.train.jsonl.gz" \
    --train "$runs/pendigits.train.jsonl.gz" \
    --validation "$data/unipen-words.valid.jsonl.gz" --validation "$data/unipen-lines.valid.jsonl.gz" \
    --validation "$runs/pendigits.valid.jsonl.gz" \
    --layers 3 --hidden 176 --epochs 11 --rate 5e-3 --batch-rows 4096 --dropout 0.25 --augmentation 0.7 \
    --precision bf16 \
    --checkpoint "$runs/ink.checkpoint.safetensors" --log "$runs/ink.jsonl" $resume \
    --name strand-ink-1 -o "$runs/ink.fp32.safetensors"
"$strand" quantize --model "$runs/ink.fp32.safetensors" -o "$runs/ink.safetensors" \
    "$data/unipen-words.valid.jsonl.gz" "$data/unipen-lines.valid.jsonl.gz"
echo "The model is $runs/ink.safetensors; copy it to data/models/ when it is better on the validation samples."
