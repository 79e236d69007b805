"""Model files between Strand and the real packages, both ways.

    python check_model_files.py PATH/OF/strand

Needs torch and safetensors. (1) The shipped model, loaded by safetensors into a PyTorch tagger, gives the probabilities
that `strand label` prints. (2) A fresh PyTorch tagger's state_dict, of each cell, saved by safetensors, labels in `strand
label` as in PyTorch. Probabilities are printed with four decimals, so they may differ by 5e-5 and rounding.
"""
import json
import os
import subprocess
import sys
import tempfile

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

LETTERS = "ACDEFGHIKLMNPQRSTVWY"
PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHIPPED = os.path.join(PROJECT, "data/models/protein.safetensors")
FASTA = os.path.join(PROJECT, "data/examples/proteins.fasta")
TOLERANCE = 1e-4


CELLS = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}


class Tagger(torch.nn.Module):
    def __init__(self, inputs, hidden, layers, labels, cell="lstm", temperature=1.0):
        super().__init__()
        self.encoder = CELLS[cell](inputs, hidden, layers, bidirectional=True)
        self.out = torch.nn.Linear(2 * hidden, labels)
        self.temperature = temperature

    def forward(self, sequence):
        places = torch.tensor([LETTERS.find(letter) % 21 for letter in sequence])
        logits = self.out(self.encoder(torch.nn.functional.one_hot(places, 21).float())[0])
        return (logits / self.temperature).softmax(-1)


def weights(path):
    """The tensors of a file, those of 8 bits times the scales of their rows."""
    tensors = load_file(path)
    scales = {name.removesuffix(".scale"): value for name, value in tensors.items() if name.endswith(".scale")}
    return {
        name: value.float() * scales[name][:, None] if name in scales else value
        for name, value in tensors.items() if not name.endswith(".scale")
    }


def chains():
    return ["".join(part.split("\n")[1:]) for part in open(FASTA).read().split(">")[1:]]


def strand_probabilities(program, model):
    command = [program, "label", "--precision", "fp32", "--states", "8", "--format", "tsv", FASTA] + (["--model", model] if model else [])
    rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[1:]
    return torch.tensor([[float(field) for field in row.split("\t")[4:]] for row in rows])


def check(name, expected, got):
    difference = (expected - got).abs().max().item()
    print(f"{name}: {len(got)} residues, largest difference {difference:.1e}")
    assert expected.shape == got.shape and difference <= TOLERANCE, name


def main():
    program = sys.argv[1]
    with safe_open(SHIPPED, "pt") as file:
        description = json.loads(file.metadata()["strand"])
    sizes = description["network"]
    temperature = description["temperature"]
    tagger = Tagger(*(sizes[key] for key in ("inputs", "hidden", "layers", "labels")), temperature=temperature)
    names = {"lstm": "encoder", "linear": "out"}
    tagger.load_state_dict(
        {names[key.split(".")[0]] + "." + key.split(".")[1]: value for key, value in weights(SHIPPED).items()}
    )
    with torch.no_grad():
        check("written by Strand", torch.cat([tagger(chain) for chain in chains()]), strand_probabilities(program, None))
        for cell in CELLS:
            torch.manual_seed(1)
            fresh = Tagger(21, 37, 3, 8, cell, temperature)
            for value in fresh.parameters():
                value.mul_(2)
            sizes = {"cell": cell, "isBidirectional": True, "inputs": 21, "hidden": 37, "layers": 3, "labels": 8}
            text = json.dumps(description | {"network": sizes, "name": "fresh"})
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "fresh.safetensors")
                save_file(fresh.state_dict(), path, metadata={"strand": text})
                expected = torch.cat([fresh(chain) for chain in chains()])
                check(f"written by PyTorch, {cell}", expected, strand_probabilities(program, path))


main()
