#!/bin/sh
# Tries the plugin in a real Xournal++ on a screen of its own: see README.md.
#
#   sh check.sh STRAND NOTES.xopp PICTURE.png
set -eu
if [ $# -ne 3 ]; then sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
here=$(cd "$(dirname "$0")" && pwd)
STRAND=$(realpath "$1")
notes=$(realpath "$2")
picture=$(realpath "$3")
folder=$(mktemp -d)
# Version 1.1 looks for plugins among its own alone, later ones in the user's folder too.
plugins=/usr/share/xournalpp/plugins
trap 'kill $started 2> /dev/null || true; rm -rf "$folder"; [ -z "${copied:-}" ] || rm -rf "$copied"' EXIT
started=
export STRAND HOME="$folder/home" XDG_DATA_HOME="$folder/home/.local/share" DISPLAY=:87 GDK_BACKEND=x11
mkdir -p "$HOME/.config/xournalpp/plugins" "$XDG_DATA_HOME"
if [ -w "$plugins" ] && [ ! -e "$plugins/Strand" ]; then
    copied=$plugins/Strand
    cp -R "$here/Strand" "$copied"
else
    cp -R "$here/Strand" "$HOME/.config/xournalpp/plugins/"
fi
cp "$notes" "$folder/my notes.xopp"
Xvfb :87 -screen 0 1400x1000x24 > /dev/null 2>&1 &
started=$!
sleep 2
xournalpp "$folder/my notes.xopp" > "$folder/log" 2>&1 &
started="$started $!"
for _ in $(seq 60); do
    window=$(xdotool search --onlyvisible --name 'Xournal' 2> /dev/null | tail -1) || true
    [ -n "$window" ] && break
    sleep 0.5
done
[ -n "$window" ] || { cat "$folder/log"; echo "no window of Xournal++" >&2; exit 1; }
sleep 2
xdotool windowfocus "$window" windowsize "$window" 1400 1000
sleep 1
xdotool key --clearmodifiers ctrl+alt+h
sleep 2
# Version 1.1 asks whether this is the document.
xdotool key Return
for _ in $(seq 60); do
    [ -s "$folder/my notes.read.xopp" ] && break
    sleep 0.5
done
sleep 1
import -window root "$picture"
[ -s "$folder/my notes.read.xopp" ] || { cat "$folder/log"; echo "no copy was written" >&2; exit 1; }
zcat "$folder/my notes.read.xopp" | grep -A 30 '<layer name="Strand">' | head -5
xournalpp --create-pdf="$folder/out.pdf" "$folder/my notes.read.xopp" > /dev/null 2>&1
[ -s "$folder/out.pdf" ]
echo "the plugin works; see $picture"
