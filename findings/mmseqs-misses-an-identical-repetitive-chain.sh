#!/bin/sh
# MMseqs2 14 at its highest sensitivity does not find a target that is the query itself, if the sequence is repetitive.
#
# Package: mmseqs2 14-7e284+ds-1+b2 of Debian 12.
# Behaviour: `easy-search -s 7.5` of a chain of 37 residues (PDB 1WFB, an antifreeze protein rich in alanine) against itself
# has no hit: the target is masked by tantan before the prefilter, and too few words are left. With `--mask 0` the hit is there,
# with an E-value of 2e-13. A data set "cleaned by mmseqs" of relatives of a benchmark can hold the benchmark's own chains.
# Output seen: "default: 0 hits, --mask 0: 1 hits, E-value 1.774E-13".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -q mmseqs2=14-7e284+ds-1+b2 >/dev/null 2>&1
dpkg -x mmseqs2_*.deb package
mmseqs=package/usr/bin/mmseqs-ssse3

printf '>1WFB_A\nDTASDAAAAAALTAANAKAAAELTAANAAAAAAAATAR\n' >chain.fasta
hits() { "$mmseqs" easy-search chain.fasta chain.fasta "$1.tsv" "work-$1" -s 7.5 --threads 1 -v 0 $2 >/dev/null; wc -l <"$1.tsv"; }
default=$(hits default "")
unmasked=$(hits unmasked "--mask 0")
echo "default: $default hits, --mask 0: $unmasked hits, E-value $(cut -f 11 unmasked.tsv)"
test "$default" -eq 0
test "$unmasked" -eq 1
