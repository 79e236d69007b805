"""The recurrent network of a model file by NumPy, in double precision, and files of untrained ones."""
import json
from types import SimpleNamespace

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

LETTERS = "ACDEFGHIKLMNPQRSTVWY"
GATES = {"lstm": 4, "peephole-lstm": 4, "gru": 3, "rnn": 1}


def read_model(path):
    """Its tensors, those of 8 bits times the scales of their rows; its sizes, labels and temperature."""
    with safe_open(path, "np") as file:
        about = json.loads(file.metadata()["strand"])
        tensors = {name: file.get_tensor(name).astype(float) for name in file.keys()}
    for name in [name for name in tensors if name.endswith(".scale")]:
        tensors[name.removesuffix(".scale")] *= tensors.pop(name)[:, None]
    return SimpleNamespace(
        tensors=tensors, network=about["network"], labels=about["labels"], temperature=about["temperature"])


def probabilities(model, residues, features=None):
    """(T, K) of a sequence: residues (T) as ASCII, features (T, D), or one of them."""
    parts = []
    if residues is not None:
        codes = [LETTERS.find(chr(residue).upper()) % 21 for residue in residues]
        parts.append(np.eye(21)[codes])
    if features is not None:
        parts.append(features.astype(float))
    outputs = np.hstack(parts)
    suffixes = ["", "_reverse"] if model.network["isBidirectional"] else [""]
    for layer in range(model.network["layers"]):
        outputs = np.hstack([direction(model, f"l{layer}{suffix}", outputs) for suffix in suffixes])
    logits = outputs @ model.tensors["linear.weight"].T + model.tensors["linear.bias"]
    powers = np.exp((logits - logits.max(1, keepdims=True)) / model.temperature)
    return powers / powers.sum(1, keepdims=True)


def direction(model, suffix, inputs):
    """Outputs (T, H) of a layer in one direction, by the equations of PyTorch's modules."""
    cell, hidden = model.network["cell"], model.network["hidden"]
    module = "lstm" if cell == "peephole-lstm" else cell
    w, u, b, d = (
        model.tensors[f"{module}.{part}_{suffix}"] for part in ["weight_ih", "weight_hh", "bias_ih", "bias_hh"])
    p = model.tensors.get(f"{module}.weight_peephole_{suffix}", np.zeros(3 * hidden)).reshape(3, hidden)
    sums, outputs = inputs @ w.T + b, np.zeros((len(inputs), hidden))
    h = c = np.zeros(hidden)
    for step in reversed(range(len(inputs))) if suffix.endswith("_reverse") else range(len(inputs)):
        x, y = sums[step].reshape(-1, hidden), (u @ h + d).reshape(-1, hidden)
        if module == "lstm":
            i, f = sigmoid(x[:2] + y[:2] + p[:2] * c)
            c = f * c + i * np.tanh(x[2] + y[2])
            h = sigmoid(x[3] + y[3] + p[2] * c) * np.tanh(c)
        elif module == "gru":
            r, z = sigmoid(x[:2] + y[:2])
            h = (1 - z) * np.tanh(x[2] + r * y[2]) + z * h
        else:
            h = np.tanh(x[0] + y[0])
        outputs[step] = h
    return outputs


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def untrained(path, random, cell, layers, is_bidirectional, beside=0):
    """Writes a model of proteins with random weights of a size that makes probabilities differ."""
    hidden, labels, module = 37, "HGIEBTSC", "lstm" if cell == "peephole-lstm" else cell
    rows, directions = GATES[cell] * hidden, 1 + is_bidirectional
    shapes = {"linear.weight": (len(labels), directions * hidden), "linear.bias": (len(labels),)}
    for layer in range(layers):
        width = directions * hidden if layer else 21 + beside
        for suffix in ["", "_reverse"][:directions]:
            shapes |= {
                f"{module}.weight_ih_l{layer}{suffix}": (rows, width),
                f"{module}.weight_hh_l{layer}{suffix}": (rows, hidden),
                f"{module}.bias_ih_l{layer}{suffix}": (rows,), f"{module}.bias_hh_l{layer}{suffix}": (rows,)}
            if cell == "peephole-lstm":
                shapes[f"{module}.weight_peephole_l{layer}{suffix}"] = (3 * hidden,)
    tensors = {name: (random.random(shape) * 0.6 - 0.3).astype(np.float32) for name, shape in shapes.items()}
    about = {
        "version": 1, "task": "protein", "name": "untrained", "labels": labels, "decoder": "softmax", "figures": {},
        "temperature": 1.3, "input": {"alphabet": LETTERS, "beside": f"features {beside}"} if beside else LETTERS,
        "network": {
            "cell": cell, "isBidirectional": is_bidirectional, "inputs": 21 + beside, "hidden": hidden,
            "layers": layers, "labels": len(labels)}}
    save_file(tensors, path, metadata={"strand": json.dumps(about)})
