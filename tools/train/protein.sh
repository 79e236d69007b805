#!/bin/sh
# Trains the shipped model of proteins, data/models/protein.safetensors: a student of teacher A on unlabelled proteins, and of
# labelled chains.
#
#   sh tools/train/protein.sh DATA MORE LABELS [FROM]
#
# DATA holds valid_q8 (*.ssfa.gz), MORE what data/audited-sets.sh makes, LABELS what teacher/make-teacher.sh writes to labels/.
# FROM is a model to go on from, with proteins that it has not seen: data/models/protein.safetensors for instance. EPOCHS
# (default: 3), RATE (0.003) and LABELLED (0.33) say how long, how fast and how the sets are mixed: an epoch is all labelled
# residues, which are that share of it. A run that was interrupted goes on from its checkpoint. An hour and a half on 2
# cores with avx512_bf16 for 40 million residues.
set -eu
if [ $# -lt 3 ]; then sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
project=$(cd "$(dirname "$0")/../.." && pwd)
data=$1 more=$2 labels=$3
runs=$project/.build/train
strand=${STRAND:-$project/.build/release/strand}
mkdir -p "$runs"
if [ $# -gt 3 ]; then set -- --from "$4"; else set -- --layers 3 --hidden 320; fi
if [ -f "$runs/protein.checkpoint.safetensors" ]; then set -- "$@" --resume; fi
"$strand" train protein \
    --train "$more/train_q8_audited.ssfa.gz" --train "$more/train_structures_audited.ssfa.gz" \
    --train-3state "$more/train_q3_audited.q3.ssfa.gz" --validation "$data/valid_q8.ssfa.gz" \
    --train-soft "$labels" --labelled-share "${LABELLED:-0.33}" --hint-weight 0.5 "$@" \
    --epochs "${EPOCHS:-3}" --rate "${RATE:-0.003}" --dropout 0.15 --residue-dropout 0.03 --precision bf16 \
    --checkpoint "$runs/protein.checkpoint.safetensors" --log "$runs/protein.jsonl" \
    --name strand-protein-3 -o "$runs/protein.fp32.safetensors"
"$strand" quantize --model "$runs/protein.fp32.safetensors" "$data/valid_q8.ssfa.gz" -o "$runs/protein.safetensors"
echo "The model is $runs/protein.safetensors; copy it to data/models/ when it is better on the validation chains."
