#!/bin/sh
# Measures what the article "How a network remembers" shows: the long-lag tasks, the gradients, the context and the gates of
# the shipped model of proteins, and the cell study.
#
#   sh tools/experiments/run.sh [DATA]
#
# DATA holds the development data as ../shared/data does (default: $STRAND_DATA, else that). Figures go to
# tools/experiments/results, drawings to the article's images. About four hours on 2 cores with AVX-512, three of them for
# the cell study, which goes on where it was interrupted.
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
data=${1:-${STRAND_DATA:-$project/../shared/data}}
strand=${STRAND:-$project/.build/release/strand}
images=$project/Sources/Strand/Strand.docc/Images
results=$project/tools/experiments/results
mkdir -p "$results"

"$strand" demo longlag --json "$results/longlag.json.gz" --plot "$images/longlag.svg" >"$results/longlag.md"
"$strand" demo gradients --json "$results/gradients.json.gz" --plot "$images/gradient-flow.svg" >"$results/gradients.md"
"$strand" demo context --json "$results/context.json" --plot "$images/context.svg" "$data/protein/valid_q8.ssfa.gz" \
    >"$results/context.md"
"$strand" inspect --gates "$project/data/examples/proteins.fasta" -o "$images/gates.svg"
cells() {
    python3 "$project/tools/experiments/cells.py" --strand "$strand" --data "$data" --runs "$project/.build/cells" "$@"
}
cells
cells --seed 2 --only rnn-2-2 --only gru-2-2 --only lstm-2-2
cells --rate 0.001 --only rnn-2-2
cells --longest-lag 50 --only lstm-2-2
cells --epochs 18 --only gru-2-2 --only lstm-2-2
cp "$project"/.build/cells/cells*.json "$project"/.build/cells/cells*.md "$results"
python3 "$project/tools/experiments/article.py"
