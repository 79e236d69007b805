#!/bin/sh
# Trains a model of secondary structure that sees profiles.
#
#   sh tools/train/profile.sh DATA MORE RUN
#
# DATA holds valid_q8 (*.ssfa.gz), MORE what tools/train/data/make-data.sh and audit-sets.sh make. RUN gets the profiles of
# ProMod3's database beside the chains that have one, the checkpoint, the log and the model profile.safetensors; a run that was
# stopped goes on. PYTHON is a Python 3 with numpy. Three quarters of an hour on one core with AMX.
set -eu
if [ $# -lt 3 ]; then sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
project=$(cd "$(dirname "$0")/../.." && pwd)
data=$1 more=$2 run=$3
strand=${STRAND:-$project/.build/release/strand}
mkdir -p "$run"
if [ ! -f "$run/profiles.done" ]; then
    "${PYTHON:-python3}" -B "$project/tools/train/data/profiled_chains.py" "$data/valid_q8.ssfa.gz" \
        "$more/train_q8_audited.ssfa.gz" "$more/train_structures_audited.ssfa.gz" \
        --structures "$more/structures_all.ssfa.gz" --profiles "$more/structures_all.profiles.npz" -o "$run"
    touch "$run/profiles.done"
fi
if [ -f "$run/profile.checkpoint" ]; then
    set -- --resume
else
    set -- --layers 2 --hidden 192 --epochs 10 --dropout 0.4 --thinning 0.3
fi
cd "$run"
"$strand" train protein "$@" --precision bf16 \
    --train train_q8_audited.profiled.ssfa.gz --train train_structures_audited.profiled.ssfa.gz \
    --validation valid_q8.profiled.ssfa.gz --profiles train_q8_audited.profiles.safetensors \
    --profiles train_structures_audited.profiles.safetensors --profiles valid_q8.profiles.safetensors \
    --checkpoint profile.checkpoint --log profile.jsonl -o profile.safetensors
