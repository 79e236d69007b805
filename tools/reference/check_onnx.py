"""Models that `strand export` writes, in ONNX Runtime.

    python check_onnx.py PATH/OF/strand

Needs numpy, safetensors, onnx and onnxruntime. Every file passes onnx's checker. (1) Shipped models of proteins give the
probabilities that `strand label --precision fp32` prints, on real chains in ragged batches and alone, one of a single
residue among them: those of data/examples and, where they are (STRAND_DATA, else ../shared/data), the development data's.
(2) They and the model of ink agree with the network computed by NumPy in double precision. (3) So do untrained ones of
every cell, in one direction and both, of one layer and three, and of features of the user's own. Probabilities may
differ by 1e-5; those that are printed have four decimals, so rounding comes on top. (4) The article's example runs.
"""
import gzip
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime
from article import PROJECT, run_examples
from network import LETTERS, probabilities, read_model, untrained
from safetensors.numpy import save_file

TOLERANCE, ROUNDING = 1e-5, 5e-5
DATA = os.environ.get("STRAND_DATA", os.path.join(os.path.dirname(PROJECT), "shared/data"))
EXAMPLES = os.path.join(PROJECT, "data/examples/proteins.fasta")
RANDOM = np.random.default_rng(1)


def read_chains():
    with open(EXAMPLES) as file:
        chains = ["".join(part.split("\n")[1:]) for part in file.read().split(">")[1:]]
    chains += ["W", "acdefghiklmnpqrstvwy", "XMBKZJOU"]
    for name in ["casp12", "ts115"]:
        path = os.path.join(DATA, f"protein/{name}.ssfa.gz")
        if os.path.exists(path):
            with gzip.open(path, "rt") as file:
                chains += file.read().split("\n")[1::3][:40]
        else:
            print(f"{path} is not there: its chains are left out")
    return chains


class Session:
    """A model that Strand has exported."""

    def __init__(self, program, model, folder):
        path = os.path.join(folder, "model.onnx")
        subprocess.run([program, "export", *model, "-o", path], check=True, capture_output=True)
        with open(path, "rb") as file:
            contents = file.read()
        proto = onnx.load_from_string(contents)
        onnx.checker.check_model(proto, full_check=True)
        assert proto.SerializeToString() == contents, "protobuf would write other bytes"
        assert [(one.domain, one.version) for one in proto.opset_import] == [("", 17)] and proto.ir_version == 8
        self.session = onnxruntime.InferenceSession(contents, providers=["CPUExecutionProvider"])
        self.about = self.session.get_modelmeta().custom_metadata_map

    def run(self, **sequences):
        """Probabilities of each sequence; an input has an array (T, ...) a sequence."""
        lengths = np.array([len(one) for one in next(iter(sequences.values()))], np.int32)
        feed = {"lengths": lengths}
        for name, arrays in sequences.items():
            # Padding that would show.
            empty = np.nan if arrays[0].dtype == np.float32 else ord("M")
            feed[name] = np.full((len(lengths), lengths.max(), *arrays[0].shape[1:]), empty, arrays[0].dtype)
            for row, array in zip(feed[name], arrays):
                row[:len(array)] = array
        return [rows[:length] for rows, length in zip(self.session.run(None, feed)[0], lengths)]

    def run_in_batches(self, count, **sequences):
        total = len(next(iter(sequences.values())))
        parts = [slice(start, start + count) for start in range(0, total, count)]
        return [rows for part in parts for rows in self.run(**{name: all[part] for name, all in sequences.items()})]


def differences(expected, got):
    assert [one.shape for one in expected] == [one.shape for one in got]
    return max(abs(one.astype(float) - other).max() for one, other in zip(expected, got))


def check(name, **found):
    """Largest differences, by what from."""
    print(f"{name}: largest difference " + ", ".join(f"{other} {value:.1e}" for other, value in found.items()))
    assert max(found.values()) <= TOLERANCE, name


def printed(program, model, chains, folder, *options):
    """Probabilities that `strand label` prints."""
    path = os.path.join(folder, "chains.fasta")
    with open(path, "w") as file:
        file.writelines(f">{number}\n{chain}\n" for number, chain in enumerate(chains))
    command = [program, "label", "--precision", "fp32", "--format", "jsonl", "--model", model, *options, path]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [np.array(list(json.loads(line)["probabilities"].values())).T for line in lines]


def random_profiles(chains):
    """For each chain frequencies (T, 20) and gaps (T, 1) around its residues."""
    profiles = []
    for chain in chains:
        own = np.eye(21)[[LETTERS.find(residue) for residue in chain.upper()], :20]
        frequencies = own + RANDOM.dirichlet(np.full(20, 0.3), len(chain))
        frequencies /= frequencies.sum(1, keepdims=True)
        profiles.append(np.hstack([frequencies, RANDOM.random((len(chain), 1))]).astype(np.float32))
    return profiles


def columns_of(profile):
    """The 22 columns that a network sees: see ONNX's input `profile`."""
    shares = profile[:, :20] / profile[:, :20].sum(1, keepdims=True)
    entropies = -(shares * np.log(np.maximum(shares, 1e-30))).sum(1)
    near = [entropies[max(0, row - 10):row + 11].mean() for row in range(len(shares))]
    return np.hstack([np.sqrt(shares), np.array(near)[:, None] / np.log(20), profile[:, 20:]]).astype(np.float32)


def check_proteins(program, name, path, chains, folder, features=None, options=()):
    """The model at a path: ONNX Runtime in batches and alone, NumPy, and what Strand prints."""
    session, model = Session(program, [path], folder), read_model(path)
    inputs = {"residues": [np.frombuffer(chain.encode(), np.uint8) for chain in chains]}
    if features:
        inputs |= features
    got = session.run_in_batches(16, **inputs)
    alone = session.run_in_batches(1, **inputs)
    expected = [probabilities(model, *one) for one in zip(*inputs.values())]
    states = ["--states", "8"] if model.labels == "HGIEBTSC" else []
    shown = printed(program, path, chains, folder, *states, *options)
    check(
        f"{name}, {len(chains)} chains of {sum(map(len, chains))} residues",
        NumPy=differences(expected, got), alone=differences(alone, got),
        label=max(differences(shown, got) - ROUNDING, 0))


def check_features(program, name, model, width, folder):
    """The model at a path, of features alone, on random ones."""
    session = Session(program, [model], folder)
    features = [RANDOM.standard_normal((length, width)).astype(np.float32) for length in [40, 1, 173, 8, 77]]
    expected = [probabilities(read_model(model), None, one) for one in features]
    check(f"{name}, {len(features)} sequences", NumPy=differences(expected, session.run(features=features)))


def main():
    program = os.path.abspath(sys.argv[1])
    chains = read_chains()
    models = os.path.join(PROJECT, "data/models")
    with tempfile.TemporaryDirectory() as folder:
        for name in ["protein", "disorder"]:
            check_proteins(program, name, f"{models}/{name}.safetensors", chains, folder)
        profiles = random_profiles(chains)
        save_file({str(number): one for number, one in enumerate(profiles)}, f"{folder}/profiles.safetensors")
        check_proteins(
            program, "protein-profile", f"{models}/protein-profile.safetensors", chains, folder,
            {"profile": [columns_of(one) for one in profiles]}, ["--profiles", f"{folder}/profiles.safetensors"])
        check_features(program, "ink", f"{models}/ink.safetensors", 24, folder)

        few, path = chains[:6], f"{folder}/untrained.safetensors"
        for cell in ["lstm", "peephole-lstm", "gru", "rnn"]:
            for layers, is_bidirectional in [(1, False), (3, False), (1, True), (3, True)]:
                untrained(path, RANDOM, cell, layers, is_bidirectional)
                name = f"{cell}, {layers} layers, {'both directions' if is_bidirectional else 'forward'}"
                check_proteins(program, name, path, few, folder)
        untrained(path, RANDOM, "gru", 2, True, beside=5)
        own = [RANDOM.standard_normal((len(chain), 5)).astype(np.float32) for chain in few]
        np.savez(f"{folder}/own.npz", **{str(number): one for number, one in enumerate(own)})
        check_proteins(
            program, "features of the user's own", path, few, folder, {"features": own},
            ["--features", f"{folder}/own.npz"])

        subprocess.run([program, "export", "--task", "structure", "-o", f"{folder}/protein.onnx"], check=True)
        run_examples("ONNX", folder)


main()
