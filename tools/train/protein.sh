#!/bin/sh
# Trains the shipped model of proteins: data/models/protein.safetensors.
#
#   sh tools/train/protein.sh [FOLDER]
#
# FOLDER holds the training data as ../shared/data/protein does (default: $STRAND_DATA/protein, else that). A run that
# was interrupted goes on from its checkpoint. About 40 minutes on 2 cores with AVX-512.
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
data=${1:-${STRAND_DATA:-$project/../shared/data}/protein}
runs=$project/.build/train
strand=${STRAND:-$project/.build/release/strand}
mkdir -p "$runs"

resume=
if [ -f "$runs/protein.checkpoint.safetensors" ]; then resume=--resume; fi
"$strand" train protein \
    --train "$data/train_q8.ssfa.gz" \
    --train-3state "$data/train_q3_extra.q3.ssfa.gz" \
    --validation "$data/valid_q8.ssfa.gz" \
    --layers 3 --hidden 224 --epochs 12 \
    --checkpoint "$runs/protein.checkpoint.safetensors" --log "$runs/protein.jsonl" $resume \
    --name strand-protein-1 -o "$runs/protein.safetensors"
echo "The model is $runs/protein.safetensors; copy it to data/models/ when it is better on the validation chains."
