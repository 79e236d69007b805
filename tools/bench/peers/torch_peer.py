"""PyTorch as a peer of strand-bench: reads a case a line from standard input, answers with one repetition's seconds.

    {"mode": "train" | "infer", "hidden": 256, "inputs": 32, "layers": 2, "labels": 8, "lengths": [...],
     "layout": "dense" | "packed" | "padded", "precision": "fp32" | "bf16" | "int8", "threads": 2}

int8 is `quantize_dynamic`: weights of 8 bits, inputs rounded to 8 bits by the range of each batch.

Subnormals are flushed to zero: without it PyTorch is up to five times slower, which would be unfair to it.
"""
import warnings

import torch
from serve import serve
from torch.ao.quantization import quantize_dynamic
from torch.nn.utils.rnn import pack_padded_sequence

warnings.simplefilter("ignore")
torch.set_num_interop_threads(1)
torch.manual_seed(1)


class Tagger(torch.nn.Module):
    def __init__(self, case):
        super().__init__()
        self.lstm = torch.nn.LSTM(case["inputs"], case["hidden"], case["layers"], bidirectional=True)
        self.out = torch.nn.Linear(2 * case["hidden"], case["labels"])

    def forward(self, x, lengths):
        if lengths is None:
            return self.out(self.lstm(x)[0])
        return self.out(self.lstm(pack_padded_sequence(x, lengths))[0].data)


class Case:
    def __init__(self, case):
        torch.set_num_threads(case["threads"])
        torch.set_flush_denormal(True)
        self.case = case
        lengths = sorted(case["lengths"], reverse=True)
        steps, width = lengths[0], len(lengths)
        self.lengths = torch.tensor(lengths) if case["layout"] == "packed" else None
        self.x = torch.randn(steps, width, case["inputs"])
        labels = torch.randint(0, case["labels"], (steps, width))
        if case["layout"] == "packed":
            self.y = pack_padded_sequence(labels, self.lengths).data
        else:
            outside = torch.arange(steps)[:, None] >= torch.tensor(lengths)[None, :]
            self.y = labels.masked_fill(outside, -100).reshape(-1)
        self.model = Tagger(case)
        if case["precision"] == "int8":
            self.model = quantize_dynamic(self.model.eval(), {torch.nn.LSTM, torch.nn.Linear})
            return
        self.optimiser = torch.optim.AdamW(self.model.parameters(), 1e-3)
        self.loss = torch.nn.CrossEntropyLoss()

    def autocast(self):
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.case["precision"] == "bf16")

    def run(self):
        if self.case["mode"] == "infer":
            with torch.inference_mode(), self.autocast():
                self.model.eval()(self.x, self.lengths).softmax(-1)
            return
        self.optimiser.zero_grad(set_to_none=True)
        with self.autocast():
            out = self.model.train()(self.x, self.lengths)
            loss = self.loss(out.reshape(-1, self.case["labels"]).float(), self.y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()


serve(f"PyTorch {torch.__version__}", Case)
