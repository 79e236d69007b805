"""The teacher: a language model's features, and the mean of the probabilities that heads give them."""

import torch
from safetensors.torch import load_file
from torch.nn import functional

import esm2
import head as heads
from chains import LABELS, ONE_HOT, batches, padded, residue_codes, windows


class Teacher:
    def __init__(self, weights, head_paths, hints=None):
        """Of the language model's file, the heads' files and the file of fit_hints.py, if hints are wanted."""
        self.model = esm2.load(weights).to(torch.bfloat16).eval()
        self.heads = [heads.load(path) for path in head_paths]
        self.hints = {name: tensor.float() for name, tensor in load_file(hints).items()} if hints else None

    def outputs(self, sequences):
        """Probabilities [B, T, 8] of sequences that are short enough to be seen whole, and behind them the hints."""
        one_hot = padded([functional.one_hot(residue_codes(sequence), ONE_HOT) for sequence in sequences])
        features = torch.cat([one_hot.to(torch.bfloat16), self.model(esm2.tokenise(sequences))], dim=2)
        lengths = [len(sequence) for sequence in sequences]
        with torch.autocast("cpu", torch.bfloat16):
            outputs = [head(features, lengths) for head in self.heads]
        probabilities = torch.stack([output.float().softmax(-1) for output in outputs]).mean(0)
        if self.hints is None:
            return probabilities
        apart = features[:, :, ONE_HOT:].float() - one_hot.float() @ self.hints["means"]
        return torch.cat([probabilities, apart @ self.hints["projection"]], 2)

    def probabilities(self, sequences):
        """Probabilities [T_i, 8] of sequences of any length."""
        return [output[:, : len(LABELS)] for output in self.labels(sequences)]

    @torch.inference_mode()
    def labels(self, sequences, residues=8192):
        """Probabilities and hints [T_i, 8 + F] of sequences of any length, those over 1,022 residues in windows."""
        parts = [
            (number, window) for number, sequence in enumerate(sequences)
            for window in windows(len(sequence), esm2.LONGEST)
        ]
        columns = len(LABELS) + (self.hints["projection"].shape[1] if self.hints else 0)
        found = [torch.zeros(len(sequence), columns) for sequence in sequences]
        for batch in batches([end - start for _, (start, end, _, _) in parts], residues):
            cut = [sequences[number][start:end] for number, (start, end, _, _) in (parts[k] for k in batch)]
            output = self.outputs(cut)
            for row, k in enumerate(batch):
                number, (start, _, first, last) = parts[k]
                found[number][first:last] = output[row, first - start : last - start]
        return found
