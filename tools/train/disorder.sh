#!/bin/sh
# Trains a model of disorder: residues without coordinates in the crystal (D) against ordered ones (O).
#
#   sh tools/train/disorder.sh [DATA] [MORE]
#
# DATA holds the development data as ../shared/data/protein does (default: $STRAND_DATA/protein, else that). MORE holds what
# tools/train/data makes of it (default: .build/train/data): train_q8_audited and train_q3_audited, which have no chain near
# a benchmark or validation chain by two searches, or else train_q8_clean and train_q3_clean, which have none by one. The
# labelled chains and the model go to .build/train/disorder. A run that was interrupted goes on from its checkpoint.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
data=${1:-${STRAND_DATA:-$project/../shared/data}/protein}
more=${2:-$project/.build/train/data}
runs=$project/.build/train/disorder
strand=${STRAND:-$project/.build/release/strand}
python=${PYTHON:-python3}
mkdir -p "$runs"

kind=audited
if [ ! -f "$more/train_q8_$kind.ssfa.gz" ] || [ ! -f "$more/train_q3_$kind.q3.ssfa.gz" ]; then kind=clean; fi
if [ ! -f "$more/train_q8_$kind.ssfa.gz" ] || [ ! -f "$more/train_q3_$kind.q3.ssfa.gz" ]; then
    echo "no train_q8_$kind.ssfa.gz and train_q3_$kind.q3.ssfa.gz in $more: first run" >&2
    echo "sh tools/train/data/make-data.sh $data $more" >&2
    exit 1
fi
label() { "$python" -B "$here/disorder/make_labels.py" "$@"; }
label "$more/train_q8_$kind.ssfa.gz" "$more/train_q3_$kind.q3.ssfa.gz" -o "$runs/train_disorder.ssfa.gz"
label "$data/valid_q8.ssfa.gz" -o "$runs/valid_disorder.ssfa.gz"

# Two layers of 144 units a direction: 690,626 parameters, 0.8 MB.
resume=
if [ -f "$runs/disorder.checkpoint.safetensors" ]; then resume=--resume; fi
"$strand" train protein --labels DO \
    --train "$runs/train_disorder.ssfa.gz" --validation "$runs/valid_disorder.ssfa.gz" \
    --layers 2 --hidden 144 --epochs 12 --residue-dropout 0.05 --precision bf16 \
    --checkpoint "$runs/disorder.checkpoint.safetensors" --log "$runs/disorder.jsonl" $resume \
    --name strand-disorder-1 -o "$runs/disorder.fp32.safetensors"
"$strand" quantize --model "$runs/disorder.fp32.safetensors" "$runs/valid_disorder.ssfa.gz" \
    -o "$runs/disorder.safetensors"
echo "The model is $runs/disorder.safetensors; sh tools/train/disorder/measure.sh measures it."
