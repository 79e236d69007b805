"""Writes the features of a language model for the residues of chains, to be trained on or given to a program.

Of each chain, by its id, a tensor float16 [residues, 661]: the residue as one of 21 letters (ACDEFGHIKLMNPQRSTVWY, other),
then 320 features of block 4, normalised, and 320 of block 6. The files are NAME-0000.safetensors and so on, of --chains
chains each; one that is there is not made again.
"""

import argparse
import os
import time

import torch
from safetensors.torch import save_file
from torch.nn import functional

import esm2
from chains import ONE_HOT, batches, read_fasta, read_ssfa, residue_codes, windows


def read_sequences(path):
    """The (id, sequence) of labelled chains (.ssfa.gz) or of FASTA; an id is the first word."""
    if ".ssfa" in os.path.basename(path):
        return [(name.split()[0], sequence) for name, sequence, _ in read_ssfa(path)]
    return list(read_fasta(path))


@torch.inference_mode()
def features(model, sequences, residues=8192):
    """The features [T_i, 661] of sequences, float32."""
    parts = [
        (number, window) for number, sequence in enumerate(sequences)
        for window in windows(len(sequence), esm2.LONGEST)
    ]
    made = [
        torch.cat([functional.one_hot(residue_codes(sequence), ONE_HOT), torch.zeros(len(sequence), esm2.FEATURES)], 1)
        for sequence in sequences
    ]
    for batch in batches([end - start for _, (start, end, _, _) in parts], residues):
        cut = [sequences[number][start:end] for number, (start, end, _, _) in (parts[k] for k in batch)]
        output = model(esm2.tokenise(cut)).float()
        for row, k in enumerate(batch):
            number, (start, _, first, last) = parts[k]
            made[number][first:last, ONE_HOT:] = output[row, first - start : last - start]
    return made


def main():
    parser = argparse.ArgumentParser(description="Writes features of a language model for chains.")
    parser.add_argument("weights", help="pytorch_model.bin of ESM-2, 8 million parameters")
    parser.add_argument("input", help="labelled chains (.ssfa.gz) or FASTA")
    parser.add_argument("--chains", type=int, default=500, help="chains in a file (default: 500)")
    parser.add_argument("--files", type=int, default=1 << 30, help="stop after so many files")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("-o", "--output", required=True, help="path of the files without -0000.safetensors")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    model = esm2.load(options.weights).to(torch.bfloat16).eval()
    records = read_sequences(options.input)
    if len({name for name, _ in records}) != len(records):
        raise ValueError(f"{options.input}: ids that come up twice")
    started, done = time.time(), 0
    for number, first in enumerate(range(0, len(records), options.chains)[: options.files]):
        path = f"{options.output}-{number:04d}.safetensors"
        if os.path.exists(path):
            continue
        block = records[first : first + options.chains]
        made = features(model, [sequence for _, sequence in block])
        tensors = {name: rows.to(torch.float16) for (name, _), rows in zip(block, made)}
        save_file(tensors, path + ".part")
        os.replace(path + ".part", path)
        done += sum(len(sequence) for _, sequence in block)
        print(f"{path}: {done} residues, {done / (time.time() - started):.0f} a second", flush=True)


if __name__ == "__main__":
    main()
