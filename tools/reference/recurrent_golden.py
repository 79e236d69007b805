"""Golden numbers of recurrent taggers, from PyTorch in double precision.

    python recurrent_golden.py ../../Tests/StrandNetworkTests/Fixtures

Needs torch and safetensors. Writes lstm.safetensors, gru.safetensors and rnn.safetensors, bidirectional, and
lstm-forward.safetensors. Each holds
    lstm.* (gru.*, rnn.*), linear.*   the tagger's state_dict     grad.*     gradients of all of them
    input              (sum of lengths, I), sequence after sequence, as all below
    output, logits     of the top recurrent layer, of the linear layer
    logit_gradient     d loss / d logits
and the lengths, not sorted, in its metadata.
"""
import json
import sys

import torch
from safetensors.torch import save_file
from torch.nn.utils.rnn import pack_sequence, unpack_sequence

INPUTS, HIDDEN, LAYERS, LABELS, LENGTHS = 5, 17, 2, 3, [6, 1, 4, 9, 1, 4]
CELLS = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}


class Tagger(torch.nn.Module):
    def __init__(self, cell, bidirectional):
        super().__init__()
        self.cell = cell
        self.add_module(cell, CELLS[cell](INPUTS, HIDDEN, LAYERS, bidirectional=bidirectional))
        self.linear = torch.nn.Linear((2 if bidirectional else 1) * HIDDEN, LABELS)


def golden(cell, bidirectional=True):
    torch.manual_seed(20261122)
    tagger = Tagger(cell, bidirectional)
    for parameter in tagger.parameters():  # Rounded first, so that both sides start from the same numbers.
        parameter.data = (parameter.data * 2).float().double()
    inputs = [torch.randn(length, INPUTS).float().double() for length in LENGTHS]
    weights = [torch.randn(length, LABELS).float().double() for length in LENGTHS]

    packed, _ = getattr(tagger, cell)(pack_sequence(inputs, enforce_sorted=False))
    outputs = unpack_sequence(packed)
    logits = [tagger.linear(output) for output in outputs]
    sum((a * b).sum() for a, b in zip(logits, weights)).backward()

    tensors = {name: value.detach() for name, value in tagger.state_dict().items()}
    tensors |= {f"grad.{name}": value.grad for name, value in tagger.named_parameters()}
    tensors |= {
        "input": torch.cat(inputs),
        "output": torch.cat(outputs).detach(),
        "logits": torch.cat(logits).detach(),
        "logit_gradient": torch.cat(weights),
    }
    save_file(
        {name: value.float().contiguous() for name, value in tensors.items()},
        f"{sys.argv[1]}/{cell}{'' if bidirectional else '-forward'}.safetensors",
        metadata={"lengths": json.dumps(LENGTHS), "torch": torch.__version__},
    )


torch.set_default_dtype(torch.float64)
for cell in CELLS:
    golden(cell)
golden("lstm", bidirectional=False)
