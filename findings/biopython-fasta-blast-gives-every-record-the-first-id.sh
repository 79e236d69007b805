#!/bin/sh
# Biopython's parser "fasta-blast" gives every record of a file the id of the first.
#
# Packages: biopython 1.88 and numpy 2.4.6 of PyPI.
# Behaviour: the parser "fasta" refuses a file with a comment before the first record, and its message calls "fasta-blast" the
# safer one of two alternatives. That parser never moves on from the first header: each record has its own sequence under the
# first id and description, and there is no error. "fasta-pearson" reads the file right.
# Output seen: "fasta-blast: a MKTA, a MKVV, a MKLL" and "fasta-pearson: a MKTA, b MKVV, c MKLL".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6 biopython==1.88
printf '; three chains\n>a one\nMKTA\n>b two\nMKVV\n>c three\nMKLL\n' >chains.fasta
cat >look.py <<'EOF'
from Bio import SeqIO

seen = {}
for name in ("fasta-blast", "fasta-pearson"):
    seen[name] = ", ".join(f"{record.id} {record.seq}" for record in SeqIO.parse("chains.fasta", name))
    print(f"{name}: {seen[name]}")
assert seen == {"fasta-blast": "a MKTA, a MKVV, a MKLL", "fasta-pearson": "a MKTA, b MKVV, c MKLL"}
try:
    list(SeqIO.parse("chains.fasta", "fasta"))
    raise SystemExit("the parser fasta took the comment")
except ValueError as error:
    assert "'fasta-blast' format may be safer" in str(error)
EOF
venv/bin/python look.py
