#!/bin/sh
# Runs the static binary in a root folder that holds nothing else but /proc, in which Swift finds a program's arguments:
# labels, reads (JSON and XML), writes gzip.
# usage: check_static.sh BINARY, as root or where user namespaces are allowed
set -eu
binary=$1
cd "$(dirname "$0")/../.."
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir "$root/data" "$root/proc"
cp "$binary" "$root/strand"
cp data/examples/proteins.fasta data/examples/handwriting.jsonl.gz "$root/data"
enter="unshare --mount --pid --fork --mount-proc=$root/proc"
if [ "$(id -u)" -ne 0 ]; then enter="$enter --user --map-root-user"; fi
enter="$enter chroot $root"

$enter /strand --version
$enter /strand label --threads 2 /data/proteins.fasta -o /data/proteins.ss.gz
"$binary" label data/examples/proteins.fasta >"$root/data/expected.ss"
gzip -dc "$root/data/proteins.ss.gz" | cmp - "$root/data/expected.ss"
$enter /strand convert /data/handwriting.jsonl.gz -o /data/handwriting.inkml
$enter /strand read --lm /data/handwriting.jsonl.gz -o /data/json.txt
$enter /strand read --lm /data/handwriting.inkml -o /data/xml.txt
cmp "$root/data/json.txt" "$root/data/xml.txt"
if [ "$(ls "$root" | tr '\n' ' ')" != "data proc strand " ]; then echo "something else lies in the root" >&2; exit 1; fi
echo "runs alone: $binary"
