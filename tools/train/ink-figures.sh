#!/bin/sh
# Prints the figures of the shipped reader of handwriting that README and card quote, as Markdown tables.
#
#   sh tools/train/ink-figures.sh [DATA]
#
# DATA holds the ink as ../shared/data/ink does (default: $STRAND_DATA/ink, else that).
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
data=${1:-${STRAND_DATA:-$project/../shared/data}/ink}
runs=$project/.build/train
mkdir -p "$runs"
sh "$project/tools/train/ink/digits.sh" "$data" "$runs"
# Test samples whose text is no training sample's.
for kind in words lines; do
    python3 "$project/tools/train/ink/select_samples.py" "$data/unipen-$kind.test.jsonl.gz" \
        "$data/splits/unipen-$kind.test-unseen.ids" "$runs/unipen-$kind.test-unseen.jsonl.gz"
done
set -- "$data/unipen-words.valid.jsonl.gz" "$data/unipen-lines.valid.jsonl.gz" \
    "$data/unipen-words.test.jsonl.gz" "$data/unipen-lines.test.jsonl.gz" \
    "$runs/unipen-words.test-unseen.jsonl.gz" "$runs/unipen-lines.test-unseen.jsonl.gz"
strand=$project/.build/release/strand
echo "Most probable path:"
"$strand" evaluate --markdown "$@" "$runs/pendigits.test.jsonl.gz"
echo "Beam and language model (--lm):"
"$strand" evaluate --lm --markdown "$@"
echo "Most probable path, digits only (--only 0123456789):"
"$strand" evaluate --only 0123456789 --markdown "$runs/pendigits.test.jsonl.gz"
