#!/bin/sh
# Trains a student of teacher A on unlabelled proteins and labelled chains: see data/ and teacher/.
#
#   sh tools/train/student.sh DATA MORE LABELS [FROM]
#
# DATA holds valid_q8 (*.ssfa.gz), MORE what data/audited-sets.sh makes, LABELS what teacher/make-teacher.sh writes to labels/.
# FROM is a model to go on from, tools/train/student/student.safetensors for instance. EPOCHS (default: 3) and LABELLED (default:
# 0.33) say how long and how the sets are mixed: an epoch is all labelled residues, which are that share of it. A run that was
# interrupted goes on from its checkpoint. An hour and a half on 2 cores with avx512_bf16 for 40 million residues.
set -eu
if [ $# -lt 3 ]; then sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
project=$(cd "$(dirname "$0")/../.." && pwd)
data=$1 more=$2 labels=$3
runs=$project/.build/train
strand=${STRAND:-$project/.build/release/strand}
mkdir -p "$runs"
if [ $# -gt 3 ]; then set -- --from "$4"; else set -- --layers 3 --hidden 320; fi
if [ -f "$runs/student.checkpoint.safetensors" ]; then set -- "$@" --resume; fi
"$strand" train protein \
    --train "$more/train_q8_audited.ssfa.gz" --train "$more/train_structures_audited.ssfa.gz" \
    --train-3state "$more/train_q3_audited.q3.ssfa.gz" --validation "$data/valid_q8.ssfa.gz" \
    --train-soft "$labels" --labelled-share "${LABELLED:-0.33}" --hint-weight 0.5 "$@" \
    --epochs "${EPOCHS:-3}" --dropout 0.15 --residue-dropout 0.03 --precision bf16 \
    --checkpoint "$runs/student.checkpoint.safetensors" --log "$runs/student.jsonl" \
    --name strand-protein-3 -o "$runs/student.fp32.safetensors"
"$strand" quantize --model "$runs/student.fp32.safetensors" "$data/valid_q8.ssfa.gz" -o "$runs/student.safetensors"
echo "The model is $runs/student.safetensors."
