#!/bin/sh
# Makes sets of unlabelled proteins from two packages of Debian: see README.md.
#
#   sh tools/train/data/make-sequences.sh DATA OUTPUT [SCRATCH]
#
# DATA holds the benchmarks and valid_q8 (*.ssfa.gz). To OUTPUT go proteins90.fasta, to be searched for relatives of a
# chain, and unlabelled/NNNN.fasta, parts to be labelled by a teacher. SCRATCH (default: OUTPUT/scratch) takes the packages
# and what lies between, 5 GB. Each step writes a file of its own and is not made again if that is there, so a run that
# was stopped goes on where it was. PYTHON is a Python 3 with numpy, MMSEQS the program mmseqs (Debian package mmseqs2),
# STRAND the program strand, THREADS how many threads they may use (default: 1). apt-get has to know the repository of
# Debian 12.
set -eu
if [ $# -lt 2 ]; then sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2" "${3:-$2/scratch}"
data=$(cd "$1" && pwd)
output=$(cd "$2" && pwd)
scratch=$(cd "${3:-$2/scratch}" && pwd)
run() { nice -n 19 "${PYTHON:-python3}" -B "$here/$@"; }
mmseqs() { nice -n 19 "${MMSEQS:-mmseqs}" "$@" -v 1 > /dev/null; }
threads="--threads ${THREADS:-1}"
cd "$scratch"

# 1. The packages.
for package in metaphlan2-data metastudent-data; do
    if [ -d $package ]; then continue; fi
    apt-get download $package
    sha256sum ${package}_*_all.deb
    dpkg -x ${package}_*_all.deb $package.part
    mv $package.part $package
done

# 2. Their proteins, each sequence once. Names and sequences of Swiss-Prot come first.
if [ ! -f proteins.fasta ]; then
    swissprot=metastudent-data/usr/share/metastudent-data/dataset_201401
    run blast_database.py $swissprot/BPO/goasp.fasta $swissprot/MFO/goasp.fasta $swissprot/CCO/goasp.fasta \
        -o swissprot.fasta
    run marker_genes.py metaphlan2-data/var/lib/metaphlan2-data/markers.fasta -o markers.fasta
    run distinct.py swissprot.fasta markers.fasta -o proteins.part
    mv proteins.part proteins.fasta
fi

# 3. The representatives of clusters: of 90 % identity for searches, of 50 % for labelling. A member is covered to 80 % by
#    the representative, which is the longest.
if [ ! -f proteins.dbtype ]; then
    mmseqs createdb proteins.fasta proteins --shuffle 0
fi
for share in 90 50; do
    if [ -f "$output/proteins$share.fasta" ]; then continue; fi
    rm -rf clusters$share* representatives$share* linclust$share
    mmseqs linclust proteins clusters$share linclust$share --min-seq-id 0.$share --cov-mode 1 -c 0.8 $threads
    mmseqs createsubdb clusters$share proteins representatives$share
    mmseqs convert2fasta representatives$share proteins$share.part
    rm -rf linclust$share
    run distinct.py proteins$share.part -o "$output/proteins$share.part"
    rm proteins$share.part
    mv "$output/proteins$share.part" "$output/proteins$share.fasta"
done

# 4. Parts of 2 million residues in random order, so that the first ones, however many, are a fair sample of all; and
#    these less what is near a benchmark or validation chain by searches in both directions or by `strand audit`, which for
#    the first parts is written down in audited/unlabelled.tsv.gz. E is that
#    of one part: as if it alone were searched. The second direction is the slow one, hence its lower sensitivity.
set --
for name in cb513 cb513_cuffbarton ts115 casp10 casp11 casp12 valid_q8; do
    set -- "$@" "$data/$name.ssfa.gz"
done
run to_fasta.py "$@" -o held.fasta
run split_fasta.py "$output/proteins50.fasta" --residues 2000000 --seed 1 -o parts
mkdir -p "$output/unlabelled"
near="-e 0.1 --max-seqs 30000 $threads --format-output query,target,fident,alnlen,evalue,qlen,tlen,qcov,tcov"
for part in parts/*.fasta; do
    name=$(basename "$part" .fasta)
    if [ -f "$output/unlabelled/$name.fasta" ]; then continue; fi
    if run drop_listed.py "$part" "$here/audited/unlabelled.tsv.gz" -o "$output/unlabelled/$name.fasta"; then continue; fi
    rm -rf near
    mmseqs easy-search held.fasta "$part" held_part.tsv near -s 7.5 $near
    mmseqs easy-search "$part" held.fasta part_held.tsv near -s 5 $near
    nice -n 19 "${STRAND:-strand}" audit $threads --train-set "$part" -o audit.tsv "$@" 2> audit.log
    run drop_near.py "$part" --hits held_part.tsv part_held.tsv --audit audit.tsv -o "$output/unlabelled/$name.part"
    mv "$output/unlabelled/$name.part" "$output/unlabelled/$name.fasta"
done
