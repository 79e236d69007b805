#!/bin/sh
# Makes the manual, a page a command, in .build/man1: strand.1, strand-label.1, ...
set -eu
cd "$(dirname "$0")/../.."
pages=.build/plugins/GenerateManual/outputs/StrandCLI
date=$(git log -1 --format=%cs 2>/dev/null || date +%F)
rm -rf "$pages" .build/man1
swift package --disable-sandbox generate-manual --multi-page --date "$date" >/dev/null
rm "$pages/strand.help.1"
mkdir .build/man1
for page in "$pages"/*.1; do
    name=$(basename "$page" .1 | tr . -)
    awk '
        # Pages are called as git calls its own: strand-label.
        /^\.(Dt|Xr) / { gsub(/\./, "-", $2) }
        /^\.Xr strand-help / { next }
        /^\.Ex -std/ {
            print ".Bl -tag -width 4n"
            print ".It 0\nDone."
            print ".It 1\nBad input, or reading or writing failed; no half-written file is left."
            print ".It 3\nDone, but records were left out (\\-\\-on\\-error skip)."
            print ".It 64\nWrong usage."
            print ".It 130, 143\nStopped by SIGINT or SIGTERM."
            print ".El"
            next
        }
        { print }
    ' "$page" >".build/man1/$name.1"
done
