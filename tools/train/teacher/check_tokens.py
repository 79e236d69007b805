"""Compares two orders of letters for the language model's tokens by what its features tell of the structure.

Prints, for tokens that the orders name differently, the cosine with a letter of like chemistry (embeddings less their mean),
and Q3 of least squares on the features of single residues: 180 chains to fit, the next 60 to test.
"""

import argparse

import torch
from torch.nn import functional

import esm2
from chains import THREE_STATES, UNLABELLED, label_codes, read_ssfa
from embed import features

OTHER_ORDER = "LAGVSERTIDPNQKYFMHWCXBUZO"
LIKE = {"K": "R", "N": "D", "Y": "H"}


def embeddings(model):
    """The embeddings of the 20 amino acids, their mean taken off, of length 1."""
    rows = model.embedding.weight[4:24].float()
    return functional.normalize(rows - rows.mean(0), dim=1)


def fitted_q3(model, chains, fit):
    """Q3 on the chains after `fit` of a ridge regression on those before."""
    inputs = features(model, [sequence for _, sequence, _ in chains])
    labels = [label_codes(text) for *_, text in chains]

    def joined(first, last):
        targets = torch.cat(labels[first:last])
        there = targets != UNLABELLED
        rows = torch.cat(inputs[first:last])[there].double()
        return torch.cat([rows, torch.ones(len(rows), 1, dtype=torch.float64)], 1), THREE_STATES[targets[there]]

    rows, states = joined(0, fit)
    square = rows.T @ rows + 10 * torch.eye(rows.shape[1], dtype=torch.float64)
    weights = torch.linalg.solve(square, rows.T @ functional.one_hot(states, 3).double())
    rows, states = joined(fit, len(chains))
    return 100 * ((rows @ weights).argmax(1) == states).double().mean().item()


def main():
    parser = argparse.ArgumentParser(description="Compares two orders of letters for the language model's tokens.")
    parser.add_argument("weights", help="pytorch_model.bin of ESM-2, 8 million parameters")
    parser.add_argument("chains", help="labelled chains (.ssfa.gz)")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = esm2.load(options.weights).to(torch.bfloat16).eval()
    chains = read_ssfa(options.chains)[:240]
    rows = embeddings(model)
    for order in (esm2.LETTERS, OTHER_ORDER):
        cosines = ", ".join(f"{a} and {b} {rows[order.index(a)] @ rows[order.index(b)]:.2f}" for a, b in LIKE.items())
        esm2.TOKENS = {letter: 4 + index for index, letter in enumerate(order)}
        print(f"{order}: {cosines}; Q3 {fitted_q3(model, chains, 180):.2f}", flush=True)


if __name__ == "__main__":
    main()
