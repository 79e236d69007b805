#!/bin/sh
# Trains the shipped reader of handwriting: data/models/ink.safetensors.
#
#   sh tools/train/ink.sh DATA UNIPEN [FROM]
#
# DATA holds the development data as ../shared/data/ink does, UNIPEN the folders data/ and include/ of UNIPEN train_r01_v07,
# for its isolated characters: see ink/characters.py. FROM is a model to go on from, data/models/ink.safetensors for instance.
# EPOCHS (default: 13, or 3 with FROM) and RATE (5e-3, 2e-3) say how long and how fast. A run that was interrupted goes on
# from its checkpoint. An epoch takes six minutes on 2 cores with avx512_bf16.
set -eu
if [ $# -lt 2 ]; then sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
project=$(cd "$(dirname "$0")/../.." && pwd)
data=$1 unipen=$2
runs=$project/.build/train
strand=${STRAND:-$project/.build/release/strand}
mkdir -p "$runs"
sh "$project/tools/train/ink/digits.sh" "$data" "$runs"
# Labels that are wrong are left out.
for kind in words lines; do
    python3 "$project/tools/train/ink/select_samples.py" --without "$data/unipen-$kind.train.jsonl.gz" \
        "$project/tools/train/ink/doubtful.ids" "$runs/unipen-$kind.train.jsonl.gz"
done
if [ ! -f "$runs/unipen-characters.train.jsonl.gz" ]; then
    python3 "$project/tools/train/ink/characters.py" "$unipen" "$data" -o "$runs" --strand "$strand"
fi

if [ $# -gt 2 ]; then
    set -- --from "$3" --epochs "${EPOCHS:-3}" --rate "${RATE:-2e-3}"
else
    set -- --layers 3 --hidden 176 --epochs "${EPOCHS:-13}" --rate "${RATE:-5e-3}"
fi
if [ -f "$runs/ink.checkpoint.safetensors" ]; then set -- "$@" --resume; fi
# Digits are few: they are given three times.
"$strand" train ink "$@" \
    --train "$runs/unipen-words.train.jsonl.gz" --train "$runs/unipen-lines.train.jsonl.gz" \
    --train "$runs/pendigits.train.jsonl.gz" --train "$runs/pendigits.train.jsonl.gz" \
    --train "$runs/pendigits.train.jsonl.gz" --train "$runs/unipen-characters.train.jsonl.gz" \
    --validation "$data/unipen-words.valid.jsonl.gz" --validation "$data/unipen-lines.valid.jsonl.gz" \
    --validation "$runs/pendigits.valid.jsonl.gz" \
    --batch-rows 4096 --dropout 0.25 --augmentation 0.7 --all-tablets --precision bf16 \
    --checkpoint "$runs/ink.checkpoint.safetensors" --log "$runs/ink.jsonl" \
    --name strand-ink-2 -o "$runs/ink.fp32.safetensors"
"$strand" quantize --model "$runs/ink.fp32.safetensors" -o "$runs/ink.safetensors" \
    "$data/unipen-words.valid.jsonl.gz" "$data/unipen-lines.valid.jsonl.gz"
echo "The model is $runs/ink.safetensors; copy it to data/models/ when it is better on the validation samples."
