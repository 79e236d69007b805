#!/bin/sh
# Writes the help texts that HelpTests compares with.
set -eu
strand=$1
folder=$(dirname "$0")/../Tests/CLITests/Fixtures/help
COLUMNS=80
export COLUMNS
mkdir -p "$folder"
"$strand" --help >"$folder/strand.txt"
for verb in label evaluate inspect convert train; do "$strand" "$verb" --help >"$folder/strand-$verb.txt"; done
"$strand" train protein --help >"$folder/strand-train-protein.txt"
