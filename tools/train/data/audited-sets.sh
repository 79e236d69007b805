#!/bin/sh
# Makes the audited training sets at once, by the names of their chains in audited/, which make-data.sh and audit-sets.sh
# have found in half an hour of searches; the results are compared by SHA-256. See README.md.
#
#   sh tools/train/data/audited-sets.sh DATA OUTPUT [SCRATCH]
#
# DATA holds train_q8 and train_q3_extra.q3 (*.ssfa.gz). To OUTPUT go train_q8_audited, train_structures_audited and
# train_q3_audited.q3. SCRATCH (default: OUTPUT/scratch) takes the package. PYTHON is a Python 3 with numpy; apt-get has to
# know the repository of Debian 12.
set -eu
if [ $# -lt 2 ]; then sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2" "${3:-$2/scratch}"
data=$(cd "$1" && pwd)
output=$(cd "$2" && pwd)
cd "${3:-$2/scratch}"
run() { "${PYTHON:-python3}" -B "$here/$@"; }
# keep CHAINS NAME SUFFIX
keep() {
    if [ -f "$output/$2$3" ]; then return; fi
    digest=$(sed -n "s|^\([0-9a-f]\{64\}\)  $2$3\$|\1|p" "$here/README.md")
    run keep_chains.py "$1" "$here/audited/$2.ids.gz" "$digest" -o "$output/$2$3"
}
if [ ! -f "$output/train_structures_audited.ssfa.gz" ]; then . "$here/structures.sh"; fi
keep "$output/structures_all.ssfa.gz" train_structures_audited .ssfa.gz
keep "$data/train_q8.ssfa.gz" train_q8_audited .ssfa.gz
keep "$data/train_q3_extra.q3.ssfa.gz" train_q3_audited .q3.ssfa.gz
