#!/bin/sh
# Makes more training data for proteins from a package of Debian: see README.md.
#
#   sh tools/train/data/make-data.sh DATA OUTPUT [SCRATCH]
#
# DATA holds train_q8, train_q3_extra.q3, valid_q8 and the benchmarks (*.ssfa.gz). The results go to OUTPUT. SCRATCH
# (default: OUTPUT/scratch) takes what is downloaded and the tables of searches, 2 GB; a table that is there already is
# not made again. PYTHON is a Python 3 with numpy, MMSEQS the program mmseqs (Debian package mmseqs2). About 25 minutes on
# one core, niced; apt-get has to know the repository of Debian 12.
set -eu
if [ $# -lt 2 ]; then sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2" "${3:-$2/scratch}"
data=$(cd "$1" && pwd)
output=$(cd "$2" && pwd)
scratch=$(cd "${3:-$2/scratch}" && pwd)
mmseqs=${MMSEQS:-mmseqs}
run() { nice -n 19 "${PYTHON:-python3}" -B "$here/$@"; }
columns=query,target,fident,alnlen,evalue,qlen,tlen,qcov,tcov

# hits TABLE QUERIES TARGETS OPTION...: one table of mmseqs, once.
hits() {
    table=$scratch/$1.tsv queries=$scratch/$2.fasta targets=$scratch/$3.fasta
    shift 3
    if [ -f "$table" ]; then return; fi
    nice -n 19 "$mmseqs" easy-search "$queries" "$targets" "$table.part" "$scratch/mmseqs" "$@" \
        --format-output $columns --threads 1 -v 1
    mv "$table.part" "$table"
}
near="-s 7.5 -e 10 --max-seqs 30000"
copies="-s 4 --mask 0 --comp-bias-corr 0 --min-seq-id 0.95 -c 0.9 --cov-mode 2 --max-seqs 2000"

# 1. and 2. The package, the chains of the database of structures in it, and how their labels agree with those there are.
cd "$scratch"
. "$here/structures.sh"
run agreement.py --within "$output/structures_all.ssfa.gz" "$data/train_q8.ssfa.gz"

# 3. Those that may be trained on. Every search against the benchmarks is made in both directions: what mmseqs finds
#    depends on which side is the query, and E on the size of the other. The third sees repeats that are masked otherwise.
set --
for name in cb513 cb513_fullchain cb513_cuffbarton ts115 casp10 casp11 casp12 valid_q8; do
    set -- "$@" "$data/$name.ssfa.gz"
done
run to_fasta.py "$@" -o held.fasta
run to_fasta.py "$data/train_q8.ssfa.gz" -o train_q8.fasta
run to_fasta.py "$data/train_q3_extra.q3.ssfa.gz" -o train_q3_extra.fasta
run to_fasta.py --ids "$output/structures_all.ssfa.gz" -o structures.fasta
hits held_structures held structures $near
hits structures_held structures held $near
hits structures_held_unmasked structures held -s 5.7 -e 1 --mask 0 --max-seqs 30000
hits structures_train structures train_q8 $copies
hits structures_structures structures structures $copies
run select_structures.py "$output/structures_all.ssfa.gz" \
    --near held_structures.tsv structures_held.tsv structures_held_unmasked.tsv \
    --training structures_train.tsv --each-other structures_structures.tsv \
    -o "$output/train_structures.ssfa.gz"

# 4. The sets there were, less their chains that are near a benchmark or validation chain when they are the queries, and
#    those of three states that now have a copy with eight.
run to_fasta.py --ids "$output/train_structures.ssfa.gz" -o train_structures.fasta
hits q8_held train_q8 held $near
hits q3_held train_q3_extra held $near
hits q3_structures train_q3_extra train_structures $copies
run drop_chains.py "$data/train_q8.ssfa.gz" --near q8_held.tsv -o "$output/train_q8_clean.ssfa.gz"
run drop_chains.py "$data/train_q3_extra.q3.ssfa.gz" --near q3_held.tsv --copies q3_structures.tsv \
    -o "$output/train_q3_clean.q3.ssfa.gz"

# 5. Relatives of the chains that have a profile.
run relatives.py "$output/train_q8_clean.ssfa.gz" "$output/train_structures.ssfa.gz" \
    --structures "$output/structures_all.ssfa.gz" --profiles "$output/structures_all.profiles.npz" \
    --copies 3 --least 0.1 --most 0.8 --seed 1 -o "$output/relatives.ssfa.gz"
