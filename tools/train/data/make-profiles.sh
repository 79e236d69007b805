#!/bin/sh
# Searches relatives of labelled chains and makes alignments and profiles of them: see README.md.
#
#   sh tools/train/data/make-profiles.sh PROTEINS OUTPUT SET...
#
# PROTEINS is the FASTA file to search (make-sequences.sh makes proteins90.fasta), SET are files of labelled chains
# (.ssfa.gz). OUTPUT gets batches/NNNN.a3m.gz and batches/NNNN.npz of BATCH distinct sequences each (default: 400), the
# sets in the order given, and from these SET.profiles.safetensors for each set whose chains are all done. The index of the
# database, made once, takes 4 GB in OUTPUT/database. A batch that is there is not made again, so a run that was stopped
# goes on where it was, and one that names more sets after the same ones adds to it. PYTHON is a Python 3
# with numpy, MMSEQS the program mmseqs (Debian package mmseqs2), THREADS how many threads it may use (default: 1).
set -eu
if [ $# -lt 3 ]; then sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
here=$(cd "$(dirname "$0")" && pwd)
run() { OPENBLAS_NUM_THREADS=${THREADS:-1} nice -n 19 "${PYTHON:-python3}" -B "$here/$@"; }
mmseqs() { nice -n 19 "${MMSEQS:-mmseqs}" "$@" -v 1 > /dev/null; }
threads="--threads ${THREADS:-1}"
proteins=$1 output=$2
shift 2
database=$output/database/proteins
mkdir -p "$output/database" "$output/batches"

# 1. The database and its index.
if [ ! -f "$database.done" ]; then
    mmseqs createdb "$proteins" "$database" --shuffle 0
    mmseqs createindex "$database" "$output/database/scratch" -s 5.7 $threads
    rm -rf "$output/database/scratch"
    touch "$database.done"
fi

# 2. The distinct sequences of the sets in batches, benchmarks of a few chains first if they are named first.
run to_fasta.py "$@" -o "$output/queries.fasta"
run split_fasta.py "$output/queries.fasta" --records "${BATCH:-400}" -o "$output/batches"

# 3. Batch by batch: search, align, pack.
for queries in "$output"/batches/*.fasta; do
    name=${queries%.fasta}
    if [ "$name.npz" -nt "$queries" ]; then continue; fi
    scratch=$output/scratch
    rm -rf "$scratch"
    mkdir -p "$scratch"
    mmseqs createdb "$queries" "$scratch/queries" --shuffle 0
    mmseqs search "$scratch/queries" "$database" "$scratch/hits" "$scratch/search" \
        --num-iterations 2 -s 5.7 -e 1e-3 --max-seqs 600 -a --db-load-mode 2 $threads
    mmseqs result2msa "$scratch/queries" "$database" "$scratch/hits" "$scratch/alignments" \
        --msa-format-mode 6 --db-load-mode 2 $threads
    run pack_alignments.py "$scratch/alignments" "$queries" --alignments "$name.a3m.part" --profiles "$name.npz.part"
    mv "$name.a3m.part" "$name.a3m.gz"
    mv "$name.npz.part" "$name.npz"
done

# 4. By set.
run collect_profiles.py "$output/batches" "$@" -o "$output"
