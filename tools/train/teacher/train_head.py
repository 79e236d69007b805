"""Trains a head on features and labels, and keeps the epoch that is best on validation chains.

Cross-entropy, AdamW, a learning rate that rises over 100 steps and falls as a cosine to 2 %, bf16 with fp32 weights. What
is measured and kept is the moving average of the weights. The state is written after each epoch to OUTPUT.state, and a
run that was stopped goes on from it.
"""

import argparse
import os
import time

import numpy
import torch
from torch.nn import functional

import head as heads
from accuracy import measure
from chains import UNLABELLED, batches
from feature_files import LabelledFeatures
from optimisation import Average, rate, save_whole


def train_epoch(network, average, optimiser, data, random, step, steps, options):
    """One pass over the chains; returns the number of steps made so far."""
    network.train()
    for indices in batches(data.lengths, options.batch, random):
        features, labels, lengths = data.batch(indices)
        for group in optimiser.param_groups:
            group["lr"] = options.rate * rate(step, steps)
        with torch.autocast("cpu", torch.bfloat16):
            output = network(features, lengths)
        loss = functional.cross_entropy(
            output.float().flatten(0, 1), labels.flatten(), ignore_index=UNLABELLED, label_smoothing=options.smoothing
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1)
        optimiser.step()
        average.update(network)
        step += 1
    return step


def main():
    parser = argparse.ArgumentParser(description="Trains a head on features.")
    parser.add_argument("--train", nargs=2, action="append", required=True, metavar=("FEATURES", "CHAINS"))
    parser.add_argument("--validation", nargs=2, required=True, metavar=("FEATURES", "CHAINS"))
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=8192, help="residues in a batch")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--smoothing", type=float, default=0.0, help="label smoothing")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("-o", "--output", required=True, help="head to write (.safetensors)")
    options = parser.parse_args()
    if os.path.exists(options.output):
        return
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(options.seed)
    data, validation = LabelledFeatures(options.train), LabelledFeatures([options.validation])
    print(f"{len(data.chains)} chains, {sum(data.lengths)} residues ({data.missing} chains without features); validation"
          f" {len(validation.chains)} chains ({validation.missing} without)", flush=True)
    inputs = data.batch([0])[0].shape[2]
    network, measured = heads.Head(inputs, options.hidden), heads.Head(inputs, options.hidden)
    optimiser = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=0.02, betas=(0.9, 0.99))
    average = Average(network)
    steps = len(batches(data.lengths, options.batch)) * options.epochs
    step, first, best = 0, 0, -1.0
    state = options.output + ".state"
    if os.path.exists(state):
        saved = torch.load(state, weights_only=True)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        average.values, average.steps, step = saved["average"], saved["step"], saved["step"]
        first, best = saved["epoch"] + 1, saved["best"]
    for epoch in range(first, options.epochs):
        started = time.time()
        torch.manual_seed(1000 * options.seed + epoch)
        random = numpy.random.default_rng([options.seed, epoch])
        step = train_epoch(network, average, optimiser, data, random, step, steps, options)
        seconds = time.time() - started
        measured.load_state_dict(average.values)
        result = measure([measured.eval()], validation)
        print(f"epoch {epoch + 1}: {seconds:.0f} s, validation {result}", flush=True)
        if result.right3 + result.right8 > best:
            best = result.right3 + result.right8
            heads.save(measured, options.output + ".best", validation=str(result), epoch=str(epoch + 1))
        save_whole({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "average": average.values,
                    "step": step, "epoch": epoch, "best": best}, state)
    os.replace(options.output + ".best", options.output)


if __name__ == "__main__":
    main()
