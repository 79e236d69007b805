"""Q3 and Q8 of a teacher on labelled chains."""

import argparse

import torch

from accuracy import Accuracy
from chains import label_codes, read_ssfa
from teacher import Teacher


def main():
    parser = argparse.ArgumentParser(description="Measures a teacher on labelled chains.")
    parser.add_argument("inputs", nargs="+", help="labelled chains (.ssfa.gz)")
    parser.add_argument("--weights", required=True, help="pytorch_model.bin of ESM-2, 8 million parameters")
    parser.add_argument("--heads", nargs="+", required=True, help="heads (.safetensors)")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    teacher = Teacher(options.weights, options.heads)
    for path in options.inputs:
        chains, result = read_ssfa(path), Accuracy()
        for (_, _, labels), probabilities in zip(chains, teacher.probabilities([chain[1] for chain in chains])):
            result.add(probabilities, label_codes(labels))
        print(f"{path}: {len(chains)} chains, {result.residues} residues, {result}", flush=True)


if __name__ == "__main__":
    main()
