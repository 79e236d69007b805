#!/bin/sh
# Writes the help texts that HelpTests compares with.
set -eu
strand=$1
folder=$(dirname "$0")/../Tests/CLITests/Fixtures/help
COLUMNS=80
export COLUMNS
mkdir -p "$folder"
"$strand" --help >"$folder/strand.txt"
for verb in label read evaluate score audit inspect convert train calibrate quantize export plot merge view serve demo; do
    "$strand" "$verb" --help >"$folder/strand-$verb.txt"
done
for demo in longlag gradients context; do "$strand" demo "$demo" --help >"$folder/strand-demo-$demo.txt"; done
for kind in protein ink text; do "$strand" train "$kind" --help >"$folder/strand-train-$kind.txt"; done
