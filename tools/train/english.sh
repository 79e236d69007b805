#!/bin/sh
# The language model that comes with the program: the texts of the training samples of ink, the definitions and examples
# of WordNet 3.0, and a list of words. Nothing of a validation or test set goes in.
#
#   tools/train/english.sh [DATA]     DATA: folder of ink data (default: $STRAND_DATA/ink, else ../shared/data/ink)
#
# Needs Debian's packages wordnet-base and wamerican; they are fetched and unpacked, not installed.
set -eu
cd "$(dirname "$0")/../.."
data=${1:-${STRAND_DATA:-../shared/data}/ink}
runs=.build/train
mkdir -p "$runs/text"
if [ ! -f "$runs/text/words.txt" ]; then
    (cd "$runs/text" && apt-get download wordnet-base wamerican && for package in *.deb; do dpkg-deb -x "$package" .; done)
    python3 tools/train/text/wordnet_sentences.py "$runs"/text/usr/share/wordnet/data.noun \
        "$runs"/text/usr/share/wordnet/data.verb "$runs"/text/usr/share/wordnet/data.adj \
        "$runs"/text/usr/share/wordnet/data.adv > "$runs/text/wordnet.txt"
    # Possessives add nothing but size.
    grep -v "'s$" "$runs/text/usr/share/dict/american-english" > "$runs/text/words.txt"
fi
words=$data/unipen-words.train.jsonl.gz
lines=$data/unipen-lines.train.jsonl.gz
# What people write there counts twice and three times.
.build/release/strand train text --order 6 --size 3950000 "$words" "$words" "$lines" "$lines" "$lines" \
    "$runs/text/wordnet.txt" "$runs/text/words.txt" \
    --validation "$data/unipen-words.valid.jsonl.gz" --validation "$data/unipen-lines.valid.jsonl.gz" \
    -o "$runs/english.safetensors"
