"""Fits what a student is told of the language model's features beside labels: their principal components.

The mean of each kind of residue is taken off, as a student sees the residue itself; features are brought to equal variance,
and components too. Writes `means` [21, 640] and `projection` [640, F]: hints are (features - mean of the residue) @
projection, of variance 1 on these chains.
"""

import argparse
import random

import torch
from safetensors.torch import save_file

from chains import ONE_HOT
from feature_files import FeatureFiles


def main():
    parser = argparse.ArgumentParser(description="Fits hints for a student.")
    parser.add_argument("features", nargs="+", help="path of files of embed.py without -0000.safetensors")
    parser.add_argument("--hints", type=int, default=48, help="components (default: 48)")
    parser.add_argument("--chains", type=int, default=3000, help="chains to fit on, drawn from all (default: 3000)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("-o", "--output", required=True, help="file to write (.safetensors)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    chains = [(files, key) for files in map(FeatureFiles, options.features) for key in sorted(files.file_of)]
    rows = torch.cat([files[key].float() for files, key in random.Random(1).sample(chains, min(options.chains, len(chains)))])
    residues, features = rows[:, :ONE_HOT], rows[:, ONE_HOT:].clone()
    means = (residues.T @ features) / residues.sum(0)[:, None].clamp(min=1)
    features -= residues @ means
    scale = features.square().mean(0).sqrt()
    features /= scale
    values, vectors = torch.linalg.eigh(features.T @ features / len(features))
    values, vectors = values.flip(0)[: options.hints], vectors.flip(1)[:, : options.hints]
    print(f"{len(rows)} residues; {options.hints} components hold {100 * values.sum() / features.shape[1]:.1f} % of the"
          f" variance, the last {100 * values[-1] / features.shape[1]:.2f} %")
    projection = vectors / values.sqrt() / scale[:, None]
    save_file({"means": means.contiguous(), "projection": projection.contiguous()}, options.output)


if __name__ == "__main__":
    main()
