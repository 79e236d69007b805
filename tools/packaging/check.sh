#!/bin/sh
# Runs the recipes for package managers as far as a Debian machine with Python can: README.md says what each check does.
# usage: check.sh [PROGRAM]   PROGRAM is the static program (default: .build/strand-static)
#        check.sh --quick     versions and syntax alone; no program, no network
# NFCORE_MODULES: a clone of nf-core/modules, for its schemas
set -eu
cd "$(dirname "$0")/../.."
here=tools/packaging
examples=data/examples

quick() {
    python3 $here/versions.py
    bash -n $here/bioconda/build.sh
    python3 -c "import sys, xml.etree.ElementTree as xml; [xml.parse(path) for path in sys.argv[1:]]" $here/galaxy/*.xml
}

if [ "${1:-}" = --quick ]; then
    quick
    exit
fi

program=$(realpath "${1:-.build/strand-static}")
if [ ! -x "$program" ]; then
    echo "There is no $program: make static" >&2
    exit 1
fi
work=$(mktemp -d)
passed=0 skipped=0 check=tools image= made=
finish() {
    status=$?
    if [ -n "$made" ]; then buildah rm "$made" >/dev/null; fi
    if [ -n "$image" ]; then buildah rmi "$image" >/dev/null; fi
    rm -rf "$work"
    if [ $status -ne 0 ]; then echo "failed: $check" >&2; fi
}
trap finish EXIT
pass() { passed=$((passed + 1)); echo "passed: $1"; }
skip() { skipped=$((skipped + 1)); echo "skipped: $1"; }

mkdir "$work/bin"
ln -s "$program" "$work/bin/strand"
PATH=$work/bin:$PATH
python3 -m venv "$work/tools"
"$work/tools/bin/pip" install --quiet --disable-pip-version-check -r $here/requirements.txt
# cffconvert asks for an older jsonschema than the others.
python3 -m venv "$work/citation"
"$work/citation/bin/pip" install --quiet --disable-pip-version-check cffconvert==2.0.0
tools=$work/tools/bin
strand label $examples/proteins.fasta >"$work/expected.ss"

# The version of the program is that of the sources and of every recipe.
versions() {
    quick
    grep -Fq "\"$(strand --version)\"" Sources/StrandEngine/Version.swift || {
        echo "$program is version $(strand --version)" >&2
        exit 1
    }
    pass $check
}

citation() {
    "$work/citation/bin/cffconvert" --validate
    pass $check
}

# A release with the manual of the build, or a stand-in for it; the recipe's build.sh and its tests.
bioconda() {
    manual=.build/man1
    if [ ! -f $manual/strand-label.1 ]; then
        manual=$work/man1
        mkdir "$manual"
        for page in strand strand-label; do printf '.Dt %s 1\n' $page >"$manual/$page.1"; done
        skip "the manual in the release: there is no .build/man1, a stand-in is used"
    fi
    sh $here/tarball.sh "$program" "$manual" "$work/release"
    "$tools/python" $here/checks/bioconda_recipe.py $here/bioconda "$work/release"/*.tar.xz
    pass $check
}

# The image holds one file, runs it as nobody, and labels to the same bytes.
container() {
    if ! command -v buildah >/dev/null; then skip "container: there is no buildah"; return; fi
    if [ "$(id -u)" -ne 0 ]; then skip "container: not root"; return; fi
    mkdir "$work/context"
    install -m 755 "$program" "$work/context/strand"
    image=$(buildah build --isolation chroot --timestamp 0 --quiet --file $here/container/Containerfile "$work/context")
    made=$(buildah from "$image")
    root=$(buildah mount "$made")
    [ "$(find "$root" -mindepth 1)" = "$root/strand" ]
    cmp "$root/strand" "$program"
    buildah umount "$made" >/dev/null
    [ "$(buildah inspect --type image --format '{{.OCIv1.Config.Entrypoint}} {{.OCIv1.Config.User}}' "$image")" = \
        "[/strand] 65534:65534" ]
    buildah inspect --type image --format '{{index .OCIv1.Config.Labels "org.opencontainers.image.version"}}' "$image" |
        grep -Fx "$(strand --version)"
    enter="buildah run --isolation chroot --volume $PWD/$examples:/data:ro $made -- /strand"
    $enter label /data/proteins.fasta | cmp - "$work/expected.ss"
    $enter label - <$examples/proteins.fasta | cmp - "$work/expected.ss"
    # Nobody may not write into the root.
    if $enter label /data/proteins.fasta -o /labels.ss; then echo "the image runs as root" >&2; exit 1; fi
    pass $check
}

nfcore() {
    "$tools/python" $here/checks/nfcore_module.py $here/nf-core/strand/label $examples/proteins.fasta \
        ${NFCORE_MODULES:+"$NFCORE_MODULES"}
    pass $check
}

# Plain and gzip input, cores from the job, records left out, and a failure.
cwl() {
    tool=$here/cwl/strand-label.cwl
    run="$tools/cwltool --quiet --no-container --outdir $work/cwl"
    "$tools/cwltool" --quiet --validate $tool
    $run $tool $here/cwl/strand-label-job.yml
    cmp "$work/cwl/proteins.ss" "$work/expected.ss"

    gzip -c $examples/proteins.fasta >"$work/proteins.fasta.gz"
    cat >"$work/gzip.yml" <<END
sequences: [{class: File, path: proteins.fasta.gz}]
output_name: gzip.ss.gz
cwl:requirements: [{class: ResourceRequirement, coresMin: 1}]
END
    "$tools/cwltool" --no-container --outdir "$work/cwl" $tool "$work/gzip.yml" 2>&1 | tr -d '\\\n' |
        grep -E -- "--threads +1 "
    gzip -dc "$work/cwl/gzip.ss.gz" | cmp - "$work/expected.ss"

    { cat $examples/proteins.fasta; printf '>damaged\nMK1V\n'; } >"$work/damaged.fasta"
    $run $tool --sequences "$work/damaged.fasta" --on_error skip --output_name skipped.ss
    cmp "$work/cwl/skipped.ss" "$work/expected.ss"
    grep -F damaged "$work/cwl/skipped.ss.rejects.tsv"
    if $run $tool --sequences "$work/damaged.fasta" --output_name stopped.ss; then
        echo "a damaged record did not stop the job" >&2
        exit 1
    fi
    [ ! -e "$work/cwl/stopped.ss" ]
    pass $check
}

galaxy() {
    cmp $here/galaxy/test-data/proteins.fasta $examples/proteins.fasta
    gzip -dc $here/galaxy/test-data/proteins.fasta.gz | cmp - $examples/proteins.fasta
    HOME=$work "$tools/planemo" lint --report_level all --fail_level warn $here/galaxy/strand_label.xml
    "$tools/python" $here/checks/galaxy_tool.py $here/galaxy/strand_label.xml
    pass $check
}

for check in versions citation bioconda container nfcore cwl galaxy; do
    $check
done
echo "$passed passed, 0 failed, $skipped skipped"
