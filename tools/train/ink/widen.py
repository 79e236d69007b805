"""Makes a wider network that reads as a trained one does, to go on training from.

    python3 widen.py ink.safetensors --hidden 256 [--more-layers 1] -o wide.safetensors

Every layer gets more units: the first are those of the model, the further ones are copies of them in a random order. What
reads a unit's output reads it from all its copies, with its weights divided among them in unequal shares, so that the
copies have different gradients and part ways in training. The readings stay what they were but for rounding (T. Chen,
I. Goodfellow, J. Shlens, "Net2Net: accelerating learning via knowledge transfer", ICLR 2016). Weights in 8 bits become 32.

Layers of `--more-layers` come on top and know nothing: they, and the labels' weights over them, begin at random, and such a
network reads nothing before it is trained.
"""

import argparse
import json

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

GATES = 4


def unquantized(path):
    """The tensors as 32-bit numbers, and the metadata."""
    with safe_open(path, "np") as file:
        stored = {name: file.get_tensor(name) for name in file.keys()}
        metadata = file.metadata()
    scales = {name.removesuffix(".scale"): stored.pop(name) for name in list(stored) if name.endswith(".scale")}
    return {
        name: tensor.astype(np.float32) * scales[name][:, None] if name in scales else tensor
        for name, tensor in stored.items()
    }, metadata


def copies_and_shares(units, wider, random):
    """For each new unit the unit it copies, and the share of that unit's output that is read from it."""
    copies = np.concatenate([np.arange(units), random.permutation(np.resize(np.arange(units), wider - units))])
    weights = random.uniform(0.5, 1.5, wider)
    totals = np.bincount(copies, weights, units)
    return copies, (weights / totals[copies]).astype(np.float32)


def untrained(first, end, hidden, labels):
    """Names and shapes of the layers from `first` to before `end`, and of the labels' weights over them."""
    rows = GATES * hidden
    for layer in range(first, end):
        for suffix in ("", "_reverse"):
            name = f"l{layer}{suffix}"
            yield f"lstm.weight_ih_{name}", (rows, 2 * hidden)
            yield f"lstm.weight_hh_{name}", (rows, hidden)
            yield f"lstm.bias_ih_{name}", (rows,)
            yield f"lstm.bias_hh_{name}", (rows,)
    if end > first:
        yield "linear.weight", (labels, 2 * hidden)


def main():
    parser = argparse.ArgumentParser(description="Makes a wider network that reads as a trained one does.")
    parser.add_argument("model", help="a model of bidirectional LSTM layers (.safetensors)")
    parser.add_argument("--hidden", type=int, required=True, help="units of one direction of one layer")
    parser.add_argument("--more-layers", type=int, default=0, metavar="N", help="untrained layers on top")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args()
    tensors, metadata = unquantized(options.model)
    document = json.loads(metadata["strand"])
    units = tensors["lstm.weight_hh_l0"].shape[1]
    if options.hidden <= units:
        parser.error(f"{options.model} has {units} units a layer: --hidden must be larger")
    random = np.random.default_rng(options.seed)
    wide = {}
    inputs, input_shares = None, None
    layer = 0
    while f"lstm.weight_hh_l{layer}" in tensors:
        outputs, output_shares = [], []
        for suffix in ("", "_reverse"):
            copies, shares = copies_and_shares(units, options.hidden, random)
            rows = np.concatenate([gate * units + copies for gate in range(GATES)])
            name = f"l{layer}{suffix}"
            for kind in ("bias_ih", "bias_hh"):
                wide[f"lstm.{kind}_{name}"] = tensors[f"lstm.{kind}_{name}"][rows]
            wide[f"lstm.weight_hh_{name}"] = tensors[f"lstm.weight_hh_{name}"][rows][:, copies] * shares
            from_below = tensors[f"lstm.weight_ih_{name}"][rows]
            wide[f"lstm.weight_ih_{name}"] = from_below if inputs is None else from_below[:, inputs] * input_shares
            outputs.append(copies + len(outputs) * units)
            output_shares.append(shares)
        inputs, input_shares = np.concatenate(outputs), np.concatenate(output_shares)
        layer += 1
    wide["linear.weight"] = tensors["linear.weight"][:, inputs] * input_shares
    wide["linear.bias"] = tensors["linear.bias"]
    for name, shape in untrained(layer, layer + options.more_layers, options.hidden, len(wide["linear.bias"])):
        bound = options.hidden ** -0.5
        wide[name] = random.uniform(-bound, bound, shape).astype(np.float32)
        if "bias_ih" in name:
            # Forget gates begin open.
            wide[name][options.hidden:2 * options.hidden] += 1
    document["network"] |= {"hidden": options.hidden, "layers": layer + options.more_layers}
    document["figures"] = {}
    metadata["strand"] = json.dumps(document)
    save_file({name: np.ascontiguousarray(tensor) for name, tensor in wide.items()}, options.output, metadata)


if __name__ == "__main__":
    main()
