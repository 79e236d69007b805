#!/bin/sh
# Prints the figures of the model of profiles that README and card quote, as Markdown tables.
#
#   sh tools/train/profile-figures.sh DATA MORE PROFILES RUN [MODEL]
#
# DATA holds the benchmarks as ../shared/data/protein does, MORE what tools/train/data/make-data.sh makes, PROFILES what
# make-profiles.sh makes of valid_q8, cb513 and ts115; RUN takes the profiles of ProMod3's database. MODEL: default the one
# inside the program, which labels chains without relatives by the model of a single sequence. PYTHON is a Python 3 with numpy.
set -eu
if [ $# -lt 4 ]; then sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
project=$(cd "$(dirname "$0")/../.." && pwd)
data=$1 more=$2 searched=$3 run=$4
strand=${STRAND:-$project/.build/release/strand}
python() { script=$1; shift; "${PYTHON:-python3}" -B "$project/tools/train/data/$script" "$@" >&2; }
evaluate() { "$strand" evaluate ${model:+--model "$model"} --markdown --profiles "$@"; }
model=${5:-}
mkdir -p "$run"
if [ ! -f "$run/ts115.profiles.safetensors" ]; then
    python profiled_chains.py "$data/valid_q8.ssfa.gz" "$data/cb513.ssfa.gz" "$data/ts115.ssfa.gz" \
        --structures "$more/structures_all.ssfa.gz" --profiles "$more/structures_all.profiles.npz" -o "$run"
fi
if [ ! -f "$run/cb513_cuffbarton.a3m.gz" ]; then
    python domain_alignments.py "$data/cb513_cuffbarton.msa.txt.gz" -o "$run/cb513_cuffbarton.a3m.gz"
fi
for name in valid_q8 cb513 ts115; do
    echo "$name, chains with a profile of ProMod3's database"
    evaluate "$run/$name.profiles.safetensors" "$run/$name.profiled.ssfa.gz"
    echo "$name, profiles searched with mmseqs"
    evaluate "$searched/$name.profiles.safetensors" "$data/$name.ssfa.gz"
done
echo "cb513_cuffbarton, its alignments of 1999"
evaluate "$run/cb513_cuffbarton.a3m.gz" "$data/cb513_cuffbarton.ssfa.gz"
