#!/bin/sh
# jiwer splits words at spaces only: two words with a line feed or a tab between them are one word.
#
# Package: jiwer 4.0.0 of PyPI.
# Behaviour: the default transforms of `wer` join repeated spaces, strip the ends and split at " ". A page with line feeds is
# wrong at the end of every line when it is compared with the same words on one line. Where both texts have lines, there are
# fewer and longer words, and one wrong word makes its neighbour wrong too. `" ".join(text.split())` on both texts helps.
# Output seen: "the same words, separated by a line feed: 1.00, a tab: 1.00, two spaces: 0.00" and
# "one word of four wrong: 0.25 on one line, 0.50 on three lines".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q jiwer==4.0.0
cat >look.py <<'EOF'
import jiwer


def plain(text):
    return " ".join(text.split())


feed, tab, spaces = (jiwer.wer("hello world", f"hello{gap}world") for gap in ("\n", "\t", "  "))
print(f"the same words, separated by a line feed: {feed:.2f}, a tab: {tab:.2f}, two spaces: {spaces:.2f}")
truth, reading = "write\nit down\nnow", "write\nit dawn\nnow"
line, page = jiwer.wer(plain(truth), plain(reading)), jiwer.wer(truth, reading)
print(f"one word of four wrong: {line:.2f} on one line, {page:.2f} on three lines")
assert (feed, tab, spaces) == (1, 1, 0) and (line, page) == (0.25, 0.5)
EOF
venv/bin/python look.py
