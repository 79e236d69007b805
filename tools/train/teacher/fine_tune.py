"""Trains the language model on labels, together with a head that was trained on its features before.

As train_head.py, with a lower learning rate for the language model. The state is written to OUTPUT/state every --save
steps, and a run that was stopped goes on from it. OUTPUT/model.safetensors and OUTPUT/head.safetensors are the averages
of weights of the epoch that was best on validation chains.
"""

import argparse
import os
import time

import numpy
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

import esm2
import head as heads
from accuracy import Accuracy
from chains import ONE_HOT, UNLABELLED, batches, label_codes, padded, read_ssfa, residue_codes
from optimisation import Average, rate, save_whole


class Network(nn.Module):
    """The language model and a head."""

    def __init__(self, model, head):
        super().__init__()
        self.model, self.head = model, head

    def forward(self, sequences):
        """Logits [B, T, 8]."""
        one_hot = padded([functional.one_hot(residue_codes(sequence), ONE_HOT) for sequence in sequences])
        features = torch.cat([one_hot.to(torch.float32), self.model(esm2.tokenise(sequences)).float()], dim=2)
        return self.head(features, [len(sequence) for sequence in sequences])


def read_chains(paths):
    """The (sequence, labels) of files of labelled chains; a chain longer than the model sees is cut off."""
    return [
        (sequence[: esm2.LONGEST], label_codes(labels[: esm2.LONGEST]))
        for path in paths for _, sequence, labels in read_ssfa(path)
    ]


def run(network, chains, indices):
    """Logits and labels of some chains."""
    with torch.autocast("cpu", torch.bfloat16):
        output = network([chains[k][0] for k in indices])
    return output.float(), padded([chains[k][1] for k in indices], UNLABELLED)


@torch.inference_mode()
def measure(network, chains):
    network.eval()
    result = Accuracy()
    for indices in batches([len(labels) for _, labels in chains], 8192):
        output, labels = run(network, chains, indices)
        result.add(output.softmax(-1), labels)
    return result


def main():
    parser = argparse.ArgumentParser(description="Trains a language model and a head on labels.")
    parser.add_argument("--weights", required=True, help="pytorch_model.bin of ESM-2, 8 million parameters")
    parser.add_argument("--head", required=True, help="the head to begin with (.safetensors)")
    parser.add_argument("--train", nargs="+", required=True, help="labelled chains (.ssfa.gz)")
    parser.add_argument("--validation", required=True, help="labelled chains (.ssfa.gz)")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--batch", type=int, default=8192, help="residues in a batch")
    parser.add_argument("--rate", type=float, default=2e-4, help="of the language model")
    parser.add_argument("--head-rate", type=float, default=5e-4)
    parser.add_argument("--save", type=int, default=20, help="steps between states written")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("-o", "--output", required=True, help="folder to write to")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    os.makedirs(options.output, exist_ok=True)
    chains, validation = read_chains(options.train), read_chains([options.validation])
    lengths = [len(labels) for _, labels in chains]
    network = Network(esm2.load(options.weights), heads.load(options.head))
    optimiser = torch.optim.AdamW(
        [{"params": network.model.parameters(), "peak": options.rate},
         {"params": network.head.parameters(), "peak": options.head_rate}], weight_decay=0.01, betas=(0.9, 0.99)
    )
    average = Average(network)
    each = len(batches(lengths, options.batch, numpy.random.default_rng([options.seed, 0])))
    steps = each * options.epochs
    position, best = (0, 0, 0), -1.0  # epoch, batch in it, step
    state = os.path.join(options.output, "state")
    if os.path.exists(state):
        saved = torch.load(state, weights_only=True)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        average.values, average.steps = saved["average"], saved["averaged"]
        position, best = saved["position"], saved["best"]

    def keep(epoch, batch, step):
        save_whole({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "average": average.values,
                    "averaged": average.steps, "position": (epoch, batch, step), "best": best}, state)

    epoch, first, step = position
    started, done = time.time(), 0
    while epoch < options.epochs:
        order = batches(lengths, options.batch, numpy.random.default_rng([options.seed, epoch]))
        for number in range(first, len(order)):
            network.train()
            torch.manual_seed(options.seed * 1_000_000 + step)
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * rate(step, steps)
            output, labels = run(network, chains, order[number])
            loss = functional.cross_entropy(output.flatten(0, 1), labels.flatten(), ignore_index=UNLABELLED)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1)
            optimiser.step()
            average.update(network)
            step += 1
            done += sum(lengths[k] for k in order[number])
            if step % options.save == 0:
                keep(epoch, number + 1, step)
                print(f"step {step} of {steps}: loss {loss.item():.4f}, {done / (time.time() - started):.0f} residues a"
                      f" second", flush=True)
        current = {name: value.clone() for name, value in network.state_dict().items()}
        network.load_state_dict(average.values)
        result = measure(network, validation)
        print(f"epoch {epoch + 1}: validation {result}", flush=True)
        if result.right3 + result.right8 > best:
            best = result.right3 + result.right8
            save_file(network.model.state_dict(), os.path.join(options.output, "model.safetensors"))
            heads.save(network.head, os.path.join(options.output, "head.safetensors"), validation=str(result))
        network.load_state_dict(current)
        epoch, first = epoch + 1, 0
        keep(epoch, 0, step)


if __name__ == "__main__":
    main()
