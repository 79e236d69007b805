#!/bin/sh
# Makes strand-VERSION-x86_64-linux.tar.xz as the recipes expect it, and prints its SHA-256: bin/strand and share/ as they
# are installed, the licence of the code, those of what is linked in, and the cards of the models with theirs. The same files give the same bytes.
# usage: tarball.sh PROGRAM MANUAL FOLDER; MANUAL holds strand.1, strand-label.1, ..., as `make manual` writes .build/man1
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$1 manual=$2 folder=$3
name=strand-$("$program" --version)-x86_64-linux
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
share=$work/$name/share

install -D -m 755 "$program" "$work/$name/bin/strand"
install -D -m 644 -t "$share/man/man1" "$manual"/strand*.1
install -D -m 644 -t "$work/$name/models" "$root"/data/models/*.md
install -m 644 "$root/LICENSE" "$work/$name/LICENSE"
# The terms of what is linked in, from where the build had it.
swift=$(dirname "$(dirname "$(readlink -f "$(command -v swift || echo /)")")")/share/swift/LICENSE.txt
for terms in /usr/share/doc/zlib1g-dev /usr/share/doc/libdeflate-dev /usr/share/doc/libexpat1-dev /usr/share/doc/libc6; do
    if [ -f "$terms/copyright" ]; then
        install -D -m 644 "$terms/copyright" "$work/$name/licences/$(basename "$terms")"
    else
        echo "no terms of $(basename "$terms") in $terms: add them to licences/" >&2
    fi
done
for package in "$root"/.build/checkouts/* "$root"/.build/static/checkouts/*; do
    for terms in "$package"/LICENSE* "$package"/NOTICE*; do
        if [ -f "$terms" ]; then
            install -D -m 644 "$terms" "$work/$name/licences/$(basename "$package").$(basename "$terms" .txt)"
        fi
    done
done
if [ -f "$swift" ]; then install -D -m 644 "$swift" "$work/$name/licences/swift"; fi
# completion SHELL PATH
completion() {
    mkdir -p "$share/$(dirname "$2")"
    "$program" --generate-completion-script "$1" >"$share/$2"
}
completion bash bash-completion/completions/strand
completion zsh zsh/site-functions/_strand
completion fish fish/vendor_completions.d/strand.fish

mkdir -p "$folder"
tar --create --sort=name --mtime="@${SOURCE_DATE_EPOCH:-0}" --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw \
    --directory "$work" "$name" | xz --threads=1 >"$folder/$name.tar.xz"
cd "$folder"
sha256sum "$name.tar.xz"
