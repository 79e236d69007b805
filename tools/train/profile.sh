#!/bin/sh
# Trains a model of secondary structure that sees profiles.
#
#   sh tools/train/profile.sh DATA MORE PROFILES RUN
#
# DATA holds valid_q8 (*.ssfa.gz), MORE what tools/train/data/make-data.sh and audit-sets.sh make, PROFILES what
# tools/train/data/make-profiles.sh makes of valid_q8, train_q8_audited and train_structures_audited. The network learns
# from every chain twice: with the profile of ProMod3's database, where there is one, and with one searched with mmseqs.
# RUN gets these profiles beside the chains, the checkpoint, the log and the model profile.safetensors; a run that was
# stopped goes on. PYTHON is a Python 3 with numpy.
set -eu
if [ $# -lt 4 ]; then sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
project=$(cd "$(dirname "$0")/../.." && pwd)
data=$1 more=$2 searched=$3 run=$4
strand=${STRAND:-$project/.build/release/strand}
python() { script=$1; shift; "${PYTHON:-python3}" -B "$project/tools/train/data/$script" "$@"; }
mkdir -p "$run"
if [ ! -f "$run/profiles.done" ]; then
    python profiled_chains.py "$data/valid_q8.ssfa.gz" \
        "$more/train_q8_audited.ssfa.gz" "$more/train_structures_audited.ssfa.gz" \
        --structures "$more/structures_all.ssfa.gz" --profiles "$more/structures_all.profiles.npz" -o "$run"
    for set in "$data/valid_q8" "$more/train_q8_audited" "$more/train_structures_audited"; do
        name=$(basename "$set")
        python rename_chains.py "$set.ssfa.gz" "$searched/$name.profiles.safetensors" --suffix +searched \
            -o "$run/$name.searched"
    done
    cat "$run/valid_q8.profiled.ssfa.gz" "$run/valid_q8.searched.ssfa.gz" > "$run/valid_q8.both.ssfa.gz"
    touch "$run/profiles.done"
fi
if [ -f "$run/profile.checkpoint" ]; then
    set -- --resume
else
    set -- --layers 2 --hidden 192 --epochs 10 --dropout 0.4 --thinning 0.2
fi
cd "$run"
for name in valid_q8 train_q8_audited train_structures_audited; do
    set -- "$@" --profiles $name.profiles.safetensors --profiles $name.searched.profiles.safetensors
done
"$strand" train protein "$@" --precision bf16 \
    --train train_q8_audited.profiled.ssfa.gz --train train_structures_audited.profiled.ssfa.gz \
    --train train_q8_audited.searched.ssfa.gz --train train_structures_audited.searched.ssfa.gz \
    --validation valid_q8.both.ssfa.gz \
    --checkpoint profile.checkpoint --log profile.jsonl --name strand-profile-1 -o profile.fp32.safetensors
"$strand" quantize --model profile.fp32.safetensors valid_q8.both.ssfa.gz -o profile.safetensors \
    --profiles valid_q8.profiles.safetensors --profiles valid_q8.searched.profiles.safetensors
