#!/bin/sh
# Splits the pen digits as their lists say: DATA/pendigits.jsonl.gz into RUNS/pendigits.{train,valid,test}.jsonl.gz.
#
#   sh digits.sh DATA RUNS
set -eu
for split in train valid test; do
    python3 "$(dirname "$0")/select_samples.py" "$1/pendigits.jsonl.gz" "$1/splits/pendigits.$split.ids" \
        "$2/pendigits.$split.jsonl.gz"
done
