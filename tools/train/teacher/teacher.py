"""The teacher: a language model's features, and the mean of the probabilities that heads give them."""

import torch
from torch.nn import functional

import esm2
import head as heads
from chains import LABELS, ONE_HOT, batches, padded, residue_codes, windows


class Teacher:
    def __init__(self, weights, head_paths):
        """Of the language model's file and the heads' files."""
        self.model = esm2.load(weights).to(torch.bfloat16).eval()
        self.heads = [heads.load(path) for path in head_paths]

    def batch_probabilities(self, sequences):
        """Probabilities [B, T, 8] of sequences that are short enough to be seen whole."""
        one_hot = padded([functional.one_hot(residue_codes(sequence), ONE_HOT) for sequence in sequences])
        features = torch.cat([one_hot.to(torch.bfloat16), self.model(esm2.tokenise(sequences))], dim=2)
        lengths = [len(sequence) for sequence in sequences]
        with torch.autocast("cpu", torch.bfloat16):
            outputs = [head(features, lengths) for head in self.heads]
        return torch.stack([output.float().softmax(-1) for output in outputs]).mean(0)

    @torch.inference_mode()
    def probabilities(self, sequences, residues=8192):
        """Probabilities [T_i, 8] of sequences of any length, those over 1,022 residues in windows."""
        parts = [
            (number, window) for number, sequence in enumerate(sequences)
            for window in windows(len(sequence), esm2.LONGEST)
        ]
        found = [torch.zeros(len(sequence), len(LABELS)) for sequence in sequences]
        for batch in batches([end - start for _, (start, end, _, _) in parts], residues):
            cut = [sequences[number][start:end] for number, (start, end, _, _) in (parts[k] for k in batch)]
            output = self.batch_probabilities(cut)
            for row, k in enumerate(batch):
                number, (start, _, first, last) = parts[k]
                found[number][first:last] = output[row, first - start : last - start]
        return found
