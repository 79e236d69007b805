#!/bin/sh
# Builds the documentation of Strand and StrandNetwork as a website in .build/docs. A warning of DocC is an error.
# The first argument is the path below which a server will show it, such as /strand; none: at its root.
#
# The symbols are read from the modules of the release build: that takes a second, no second build and, unlike DocC's plugin
# for SwiftPM, no package beside the toolchain.
set -eu
cd "$(dirname "$0")/../.."
base=${1:-/}
swift build -c release --target Strand
built=.build/release
work=.build/docs-work
rm -rf "$work" .build/docs
mkdir "$work"

modules="-I $built/Modules -I Sources/CZlib -I Sources/CDeflate -I Sources/CExpat"
for module in CStrandBytes CStrandKernels CStrandModels CStrandPage; do
    modules="$modules -Xcc -fmodule-map-file=$built/$module.build/module.modulemap"
done

# Every example compiles: those of pages and those of comments.
python3 tools/docs/examples.py "$work/examples" README.md docs/*.md Sources/*/*.docc/*.md $(find Sources -name '*.swift')
for example in "$work"/examples/*.swift; do
    swiftc -swift-version 6 -suppress-warnings -typecheck $modules "$example" || { echo "$(head -1 "$example")" >&2; exit 1; }
done

# convert MODULE [OPTION...]: a module's symbols and catalog to an archive.
reexported=
convert() {
    module=$1
    shift
    mkdir "$work/$module"
    swift symbolgraph-extract -module-name "$module" $modules -minimum-access-level public -skip-synthesized-members \
        $reexported -output-dir "$work/$module"
    docc convert "Sources/$module/$module.docc" --additional-symbol-graph-dir "$work/$module" \
        --fallback-display-name "$module" --fallback-bundle-identifier "$module" --fallback-default-module-kind Library \
        --hosting-base-path "$base" --enable-experimental-external-link-support --warnings-as-errors \
        --output-path "$work/$module.doccarchive" "$@"
}
convert StrandNetwork
# `import Strand` brings the symbols of the other modules.
reexported=-experimental-allowed-reexported-modules=StrandBytes,StrandEngine,StrandInk,StrandMetrics,StrandProteins,StrandResearch
convert Strand --dependency "$work/StrandNetwork.doccarchive"

docc merge "$work/Strand.doccarchive" "$work/StrandNetwork.doccarchive" --synthesized-landing-page-name Strand \
    --output-path .build/docs
echo '<!DOCTYPE html><meta http-equiv="refresh" content="0; url=documentation/strand/">' >.build/docs/index.html
echo "The documentation is in .build/docs: python3 -m http.server -d .build/docs"
