"""Model files between Strand and the real packages, both ways.

    python check_model_files.py PATH/OF/strand

Needs torch and safetensors. (1) Shipped models, loaded into PyTorch as the article "Models in other programs" shows it, give
the probabilities that `strand label` prints. (2) A fresh PyTorch tagger's state_dict, of each cell, saved by safetensors,
labels in `strand label` as in PyTorch, and loads as the article shows it. Probabilities are printed with four decimals, so
they may differ by 5e-5 and rounding.
"""
import json
import os
import subprocess
import sys
import tempfile

import torch
from article import PROJECT, run_examples
from safetensors.torch import save_file

LETTERS, DSSP = "ACDEFGHIKLMNPQRSTVWY", "HGIEBTSC"
MODELS = os.path.join(PROJECT, "data/models")
FASTA = os.path.join(PROJECT, "data/examples/proteins.fasta")
TOLERANCE = 1e-4


CELLS = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}


class Tagger(torch.nn.Module):
    """A tagger as its user may write it."""

    def __init__(self, inputs, hidden, layers, labels, cell):
        super().__init__()
        self.encoder = CELLS[cell](inputs, hidden, layers, bidirectional=True)
        self.out = torch.nn.Linear(2 * hidden, labels)

    def forward(self, features):
        return self.out(self.encoder(features)[0])


def loaded(load, path):
    """The network of a file, as a function from features to logits, and its description."""
    network, about = load(path)
    return lambda features: network["linear"](network[about["network"]["cell"]](features)[0]), about


def probabilities(logits, temperature):
    """Of all chains, one after another."""
    places = [torch.tensor([LETTERS.find(letter) % 21 for letter in chain]) for chain in chains()]
    features = [torch.nn.functional.one_hot(chain, 21).float() for chain in places]
    return torch.cat([(logits(chain) / temperature).softmax(-1) for chain in features])


def chains():
    return ["".join(part.split("\n")[1:]) for part in open(FASTA).read().split(">")[1:]]


def strand_probabilities(program, model, labels):
    states = ["--states", "8"] if labels == DSSP else []
    command = [program, "label", "--precision", "fp32", "--format", "tsv", "--model", model, *states, FASTA]
    rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[1:]
    return torch.tensor([[float(field) for field in row.split("\t")[4:]] for row in rows])


def check(name, expected, got):
    difference = (expected - got).abs().max().item()
    print(f"{name}: {len(got)} residues, largest difference {difference:.1e}")
    assert expected.shape == got.shape and difference <= TOLERANCE, name


@torch.no_grad()
def main():
    program = sys.argv[1]
    load = run_examples("PyTorch", PROJECT)["load"]
    for name in ["protein", "disorder"]:
        path = os.path.join(MODELS, f"{name}.safetensors")
        logits, about = loaded(load, path)
        expected = probabilities(logits, about["temperature"])
        check(f"written by Strand, {name}", expected, strand_probabilities(program, path, about["labels"]))
    for cell in CELLS:
        torch.manual_seed(1)
        fresh = Tagger(21, 37, 3, 8, cell)
        for value in fresh.parameters():
            value.mul_(2)
        sizes = {"cell": cell, "isBidirectional": True, "inputs": 21, "hidden": 37, "layers": 3, "labels": 8}
        about = {
            "version": 1, "task": "protein", "name": "fresh", "input": LETTERS, "labels": DSSP, "decoder": "softmax",
            "temperature": 1.2, "network": sizes, "figures": {},
        }
        expected = probabilities(fresh, about["temperature"])
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "fresh.safetensors")
            names = {"encoder.": f"{cell}.", "out.": "linear."}
            for prefixes in [{}, names]:  # Strand finds tensors under any names, the article's loader under its own.
                state = fresh.state_dict()
                for own, other in prefixes.items():
                    state = {name.replace(own, other): value for name, value in state.items()}
                save_file(state, path, metadata={"strand": json.dumps(about)})
                check(f"written by PyTorch, {cell}", expected, strand_probabilities(program, path, DSSP))
            check(f"loaded again, {cell}", expected, probabilities(loaded(load, path)[0], about["temperature"]))


main()
