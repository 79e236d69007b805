#!/bin/sh
# Drops training chains that `strand audit` finds near a benchmark or validation chain: see README.md.
#
#   sh tools/train/data/audit-sets.sh DATA MORE
#
# DATA holds the benchmarks and valid_q8 (*.ssfa.gz), MORE what make-data.sh makes; to MORE go train_q8_audited,
# train_structures_audited, train_q3_audited.q3 and relatives_audited, and the tables of near pairs in MORE/audit. STRAND
# is the program (default: strand), PYTHON a Python 3 with numpy, THREADS how many threads may be used (default: 1).
set -eu
if [ $# -lt 2 ]; then sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
here=$(cd "$(dirname "$0")" && pwd)
data=$1 more=$2
drop() { nice -n 19 "${PYTHON:-python3}" -B "$here/drop_chains.py" "$input" -o "$output.part" --audit "$@"; }
mkdir -p "$more/audit"
set --
for name in cb513 cb513_cuffbarton ts115 casp10 casp11 casp12 valid_q8; do
    set -- "$@" "$data/$name.ssfa.gz"
done
for name in train_q8 train_structures train_q3 relatives; do
    input=$more/${name}_clean.ssfa.gz output=$more/${name}_audited.ssfa.gz
    table=$more/audit/$name.tsv
    case $name in
        train_structures) input=$more/$name.ssfa.gz ;;
        train_q3) input=$more/${name}_clean.q3.ssfa.gz output=$more/${name}_audited.q3.ssfa.gz ;;
        relatives) input=$more/$name.ssfa.gz ;;
    esac
    if [ -f "$output" ]; then continue; fi
    nice -n 19 "${STRAND:-strand}" audit --threads "${THREADS:-1}" --train-set "$input" -o "$table.part" "$@"
    mv "$table.part" "$table"
    case $name in
        relatives) drop "$table" "$more/audit/train_q8.tsv" "$more/audit/train_structures.tsv" ;;
        *) drop "$table" ;;
    esac
    mv "$output.part" "$output"
done
