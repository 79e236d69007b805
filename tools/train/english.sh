#!/bin/sh
# The language model that comes with the program: the texts of the training samples of ink, prose and speeches in the public
# domain, lists of words and names. Nothing of a validation or test set goes in.
#
#   tools/train/english.sh TEXT [DATA]     TEXT: folder with the files that tools/train/text/sources.tsv names
#                                          DATA: folder of ink data (default: $STRAND_DATA/ink, else ../shared/data/ink)
#
# Needs Debian's packages wamerican and wamerican-large; they are fetched and unpacked, not installed.
set -eu
cd "$(dirname "$0")/../.."
text=$1
data=${2:-${STRAND_DATA:-../shared/data}/ink}
runs=.build/train/text
mkdir -p "$runs"
tail -n +2 tools/train/text/sources.tsv | awk -F'\t' '{ print $1 "  " $2 }' | (cd "$text" && sha256sum --check --quiet)
for package in wamerican wamerican-large; do
    [ -d "$runs/$package" ] || (cd "$runs" && apt-get download "$package" && dpkg-deb -x "$package"_*.deb "$package")
done
# Possessives add nothing but size.
grep -v "'s$" "$runs/wamerican/usr/share/dict/american-english" > "$runs/words.txt"
grep -v "'s$" "$runs/wamerican-large/usr/share/dict/american-english-large" > "$runs/words-large.txt"
for archive in inaugural state_union; do
    [ -d "$runs/$archive" ] || unzip -q "$text/$archive.zip" -d "$runs"
done
python3 tools/train/text/sentences.py \
    --without "$data/unipen-words.valid.jsonl.gz" --without "$data/unipen-lines.valid.jsonl.gz" \
    --without "$data/unipen-words.test.jsonl.gz" --without "$data/unipen-lines.test.jsonl.gz" \
    "$text"/books/*.txt "$runs"/inaugural/*.txt "$runs"/state_union/*.txt > "$runs/prose.txt"
python3 tools/train/text/repeated.py prose "$runs/prose.txt" > "$runs/prose-words.txt"
python3 tools/train/text/repeated.py surnames "$text/census-surnames-1990.txt" > "$runs/surnames.txt"
python3 tools/train/text/repeated.py names "$text/us-census-firstnames--1990.csv" > "$runs/names.txt"
words=$data/unipen-words.train.jsonl.gz
lines=$data/unipen-lines.train.jsonl.gz
for kind in words lines; do
    python3 tools/train/text/unseen.py "$data/unipen-$kind.valid.jsonl.gz" "$runs/$kind.valid-unseen.jsonl.gz" "$words" "$lines"
done
# What people write there counts six and five times, words of the lists twice.
.build/release/strand train text --order 8 --size 5000000 \
    "$words" "$words" "$words" "$words" "$words" "$words" "$lines" "$lines" "$lines" "$lines" "$lines" \
    "$runs/prose.txt" "$runs/prose-words.txt" "$runs/surnames.txt" "$runs/names.txt" \
    "$runs/words.txt" "$runs/words.txt" "$runs/words-large.txt" "$runs/words-large.txt" \
    --validation "$data/unipen-words.valid.jsonl.gz" --validation "$data/unipen-lines.valid.jsonl.gz" \
    --validation "$runs/words.valid-unseen.jsonl.gz" --validation "$runs/lines.valid-unseen.jsonl.gz" \
    --name strand-english-2 -o "$runs/english.safetensors"
