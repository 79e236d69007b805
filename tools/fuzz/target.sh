#!/bin/sh
# sh target.sh TARGET SECONDS: fuzzes one target and prints a row of figures; fails where it finds something.
set -eu
target=$1
corpus=corpus/$target
log=.build/$target.log
seeds=.build/seeds/plain
[ "$target" != gzip ] || seeds=.build/seeds/gzip
dictionary=dictionaries/$target.dict
length=1024
case $target in safetensors | models) length=4096 ;; esac
mkdir -p "$corpus" findings

# The fault is left to libFuzzer, which keeps the input. FoundationXML leaks a little at every fault of a document; short
# stacks and a small quarantine double the speed.
export STRAND_FUZZ="$target" SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS=detect_leaks=0:malloc_context_size=2:max_malloc_fill_size=0:quarantine_size_mb=1
status=0
nice .build/release/strand-fuzz \
    -max_total_time="$2" -max_len=$length -timeout=10 -rss_limit_mb=2048 -detect_leaks=0 \
    -artifact_prefix="findings/$target-" $([ ! -f "$dictionary" ] || echo "-dict=$dictionary") \
    "$corpus" "$seeds" >"$log" 2>&1 || status=$?

grep -aE '^#[0-9]+' "$log" | tail -n 1 | sed 's/^#//' | awk -v target="$target" '{
    for (i = 1; i < NF; i++) value[$i] = $(i + 1)
    printf "%-15s %12d %8s %6s %7s\n", target, $1, value["exec/s:"], value["cov:"], value["corp:"]
}'
[ "$status" = 0 ] || { echo "$target: a finding; see tools/fuzz/$log" && exit 1; }
