"""Labels proteins with a teacher's probabilities, a file a FASTA file: NAME.fasta becomes OUTPUT/NAME.safetensors.

    residues       uint8 [N]     the sequences one after another, ASCII
    offsets        int64 [n + 1] sequence k is residues offsets[k] to offsets[k + 1]
    probabilities  uint8 [N, 8]  of H G I E B T S C, in 255ths, rounded: rows add up to 255 but for a few units
    hints          uint8  [N, F] with --hints: numbers z of fit_hints.py as 128 + 32 z, rounded, within 0 to 255
    ids            uint8         the sequences' names joined by newlines, ASCII

Metadata: `labels` (HGIEBTSC), `scale` (255), `teacher`, `source` (SHA-256 of the FASTA file). A file that is there is not
made again; it has its name only when it is whole.
"""

import argparse
import os
import time

import numpy
import torch
from safetensors.numpy import save_file

from chains import LABELS, read_fasta, sha256
from teacher import Teacher


def label(teacher, records):
    """The tensors of a file for (name, sequence) records."""
    sequences = [sequence for _, sequence in records]
    outputs = torch.cat(teacher.labels(sequences))
    probabilities, hints = outputs[:, : len(LABELS)], outputs[:, len(LABELS) :]
    tensors = {
        "residues": numpy.frombuffer("".join(sequences).encode("ascii"), numpy.uint8),
        "offsets": numpy.concatenate([[0], numpy.cumsum([len(sequence) for sequence in sequences])]).astype(numpy.int64),
        "probabilities": (probabilities * 255).round().to(torch.uint8).numpy(),
        "ids": numpy.frombuffer("\n".join(name for name, _ in records).encode("ascii"), numpy.uint8),
    }
    if hints.shape[1] > 0:
        tensors["hints"] = (128 + 32 * hints).round().clamp(0, 255).to(torch.uint8).numpy()
    return tensors


def main():
    parser = argparse.ArgumentParser(description="Labels proteins with a teacher's probabilities.")
    parser.add_argument("inputs", nargs="+", help="FASTA files")
    parser.add_argument("--weights", required=True, help="pytorch_model.bin of ESM-2, 8 million parameters")
    parser.add_argument("--heads", nargs="+", required=True, help="heads (.safetensors)")
    parser.add_argument("--hints", help="file of fit_hints.py")
    parser.add_argument("--name", required=True, help="what to call the teacher in the files")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("-o", "--output", required=True, help="folder to write to")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    os.makedirs(options.output, exist_ok=True)
    teacher = Teacher(options.weights, options.heads, options.hints)
    for path in options.inputs:
        output = os.path.join(options.output, os.path.basename(path).rsplit(".", 1)[0] + ".safetensors")
        if os.path.exists(output):
            continue
        started, used = time.time(), time.process_time()
        tensors = label(teacher, list(read_fasta(path)))
        about = {"labels": LABELS, "scale": "255", "teacher": options.name, "source": sha256(path)}
        save_file(tensors, output + ".part", about)
        os.replace(output + ".part", output)
        residues = len(tensors["residues"])
        print(f"{output}: {len(tensors['offsets']) - 1} sequences, {residues} residues,"
              f" {residues / (time.time() - started):.0f} a second, {residues / (time.process_time() - used):.0f} a"
              f" second of a core", flush=True)


if __name__ == "__main__":
    main()
