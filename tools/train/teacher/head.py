"""The recurrent network on top of features: bidirectional LSTM layers and a linear layer to 8 labels.

Shapes: B sequences, T residues, I features, H units, K = 8 labels.

The two directions are LSTMs of their own that see the sequences whole and turned around (`reversal`), so padding stays at
the end and the fast, unpacked kernels do the work.
"""

import json

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn

from chains import LABELS, reversal


class Head(nn.Module):
    def __init__(self, inputs, hidden, layers=2, dropout=0.4):
        super().__init__()
        self.sizes = {"inputs": inputs, "hidden": hidden, "layers": layers}
        self.dropout = dropout
        widths = [inputs] + [2 * hidden] * (layers - 1)
        self.forwards = nn.ModuleList(nn.LSTM(width, hidden, batch_first=True) for width in widths)
        self.backwards = nn.ModuleList(nn.LSTM(width, hidden, batch_first=True) for width in widths)
        self.output = nn.Linear(2 * hidden, len(LABELS))
        for lstm in (*self.forwards, *self.backwards):
            with torch.no_grad():
                lstm.bias_ih_l0[hidden : 2 * hidden] = 1  # forget gates begin open
                lstm.bias_hh_l0[hidden : 2 * hidden] = 0

    def forward(self, x, lengths):
        """Logits [B, T, K] of features [B, T, I]."""
        order = reversal(lengths)[:, :, None]
        for ahead, back in zip(self.forwards, self.backwards):
            turned, _ = back(x.gather(1, order.expand(-1, -1, x.shape[2])))
            x = torch.cat([ahead(x)[0], turned.gather(1, order.expand(-1, -1, turned.shape[2]))], dim=2)
            if self.training:  # the same units for all residues of a sequence
                x = x * (torch.rand(x.shape[0], 1, x.shape[2]) >= self.dropout) / (1 - self.dropout)
        return self.output(x)


def save(head, path, **about):
    """Writes a head with its sizes and more strings about it."""
    save_file(head.state_dict(), path, {"sizes": json.dumps(head.sizes), "labels": LABELS, **about})


def load(path):
    """Reads a head."""
    with safe_open(path, "pt") as file:
        head = Head(**json.loads(file.metadata()["sizes"]))
    head.load_state_dict(load_file(path))
    return head.eval()
