#!/bin/sh
# Trains the shipped reader of handwriting: data/models/ink.safetensors.
#
#   sh tools/train/ink.sh UNIPEN [DATA]
#
# UNIPEN is a copy of the folders data and include of UNIPEN train_r01_v07 (tools/train/ink/characters.py says which); DATA holds the
# development data as ../shared/data/ink does (default: $STRAND_DATA/ink, else that). Needs Python with numpy and safetensors.
# A run that was interrupted goes on from its checkpoints. Five hours on 2 cores with AVX-512 and avx512_bf16.
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
unipen=$1
data=${2:-${STRAND_DATA:-$project/../shared/data}/ink}
runs=$project/.build/train
strand=${STRAND:-$project/.build/release/strand}
recipes=$project/tools/train/ink
mkdir -p "$runs"
sh "$recipes/digits.sh" "$data" "$runs"

# train NAME OPTION...: a training, from its checkpoint if there is one, to NAME.fp32.safetensors.
train() {
    name=$1
    shift
    resume=
    if [ -f "$runs/$name.checkpoint.safetensors" ]; then resume=--resume; fi
    # Digits are few: they are given three times.
    "$strand" train ink "$@" --precision bf16 --batch-rows 4096 \
        --train "$runs/pendigits.train.jsonl.gz" --train "$runs/pendigits.train.jsonl.gz" \
        --train "$runs/pendigits.train.jsonl.gz" \
        --validation "$data/unipen-words.valid.jsonl.gz" --validation "$data/unipen-lines.valid.jsonl.gz" \
        --validation "$runs/pendigits.valid.jsonl.gz" \
        --checkpoint "$runs/$name.checkpoint.safetensors" --log "$runs/$name.jsonl" $resume \
        --name "$name" -o "$runs/$name.fp32.safetensors"
}

# A smaller reader first.
[ -f "$runs/strand-ink-1.fp32.safetensors" ] || train strand-ink-1 \
    --train "$data/unipen-words.train.jsonl.gz" --train "$data/unipen-lines.train.jsonl.gz" \
    --layers 3 --hidden 176 --epochs 11 --rate 5e-3 --dropout 0.25 --augmentation 0.7

# It grows, and goes on with isolated characters, without labels that seem to be wrong, and with ink of all kinds of tablets.
[ -f "$runs/characters-some.train.jsonl.gz" ] || python3 "$recipes/characters.py" "$unipen" "$data" -o "$runs" --strand "$strand"
for kind in words lines; do
    python3 "$recipes/select_samples.py" --without "$data/unipen-$kind.train.jsonl.gz" "$recipes/doubtful.ids" \
        "$runs/unipen-$kind.train.jsonl.gz"
done
[ -f "$runs/wide.safetensors" ] || python3 "$recipes/widen.py" "$runs/strand-ink-1.fp32.safetensors" --hidden 256 \
    --more-layers 1 -o "$runs/wide.safetensors"
# The shipped reader's own run was stopped after the tenth epoch.
[ -f "$runs/wide-trained.fp32.safetensors" ] || train wide-trained --from "$runs/wide.safetensors" \
    --train "$runs/unipen-words.train.jsonl.gz" --train "$runs/unipen-lines.train.jsonl.gz" \
    --train "$runs/characters-some.train.jsonl.gz" \
    --epochs 11 --rate 3e-3 --dropout 0.3 --augmentation 0.85 --all-tablets

# An epoch without the characters that look like digits.
[ -f "$runs/strand-ink-2.fp32.safetensors" ] || train strand-ink-2 --from "$runs/wide-trained.fp32.safetensors" \
    --train "$runs/unipen-words.train.jsonl.gz" --train "$runs/unipen-lines.train.jsonl.gz" \
    --train "$runs/characters-digits.train.jsonl.gz" \
    --epochs 1 --rate 4e-4 --warmup 50 --dropout 0.3 --augmentation 0.85 --all-tablets

# Then half of the words in lines, with clear blanks between them, and numbers.
python3 "$recipes/joined.py" "$runs/unipen-words.train.jsonl.gz" "$runs/characters-digits.train.jsonl.gz" \
    --lines "$runs/joined.train.jsonl.gz" --rest "$runs/words-rest.train.jsonl.gz"
[ -f "$runs/joined-trained.fp32.safetensors" ] || train joined-trained --from "$runs/strand-ink-2.fp32.safetensors" \
    --train "$runs/words-rest.train.jsonl.gz" --train "$runs/joined.train.jsonl.gz" \
    --train "$runs/unipen-lines.train.jsonl.gz" --train "$runs/characters-digits.train.jsonl.gz" \
    --epochs 10 --rate 2e-3 --warmup 200 --dropout 0.3 --augmentation 0.85 --all-tablets

# An epoch with all words beside them.
train strand-ink-3 --from "$runs/joined-trained.fp32.safetensors" \
    --train "$runs/unipen-words.train.jsonl.gz" --train "$runs/joined.train.jsonl.gz" \
    --train "$runs/unipen-lines.train.jsonl.gz" --train "$runs/characters-digits.train.jsonl.gz" \
    --epochs 1 --rate 5e-4 --warmup 50 --dropout 0.3 --augmentation 0.85 --all-tablets
"$strand" quantize --model "$runs/strand-ink-3.fp32.safetensors" -o "$runs/ink.safetensors" \
    "$data/unipen-words.valid.jsonl.gz" "$data/unipen-lines.valid.jsonl.gz"
echo "The model is $runs/ink.safetensors; copy it to data/models/ when it is better on the validation samples."
