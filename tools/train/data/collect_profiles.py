"""Collects the profiles of sets of labelled chains from batches by sequence.

Writes NAME.profiles.safetensors for each set whose sequences are all there, as `strand train protein` takes them: a tensor
float16 (residues, 21) for each chain, named by its id: frequencies, columns ACDEFGHIKLMNPQRSTVWY, and the share of gaps. What
they are is said in alignments.py.
"""

import argparse
import glob
import os

import numpy

from records import read_ssfa, sha256, write_safetensors

BY_RESIDUE = ("profile", "neff", "gaps")


def read_batches(folder):
    """The profiles of all batches by sequence."""
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.npz"))):
        with numpy.load(path) as archive:
            offsets, depth = archive["offsets"], archive["depth"]
            text = archive["sequences"].tobytes().decode("ascii")
            values = {name: archive[name] for name in BY_RESIDUE}
        for k, (first, last) in enumerate(zip(offsets, offsets[1:])):
            found[text[first:last]] = (*(values[name][first:last] for name in BY_RESIDUE), depth[k])
    return found


def main():
    parser = argparse.ArgumentParser(description="Collects the profiles of sets of labelled chains.")
    parser.add_argument("batches", help="folder of batches (.npz)")
    parser.add_argument("sets", nargs="+", help="labelled chains (.ssfa.gz)")
    parser.add_argument("-o", "--output", required=True, help="folder to write to")
    options = parser.parse_args()
    found = read_batches(options.batches)
    for path in options.sets:
        chains = read_ssfa(path)
        missing = sum(sequence not in found for _, sequence, _ in chains)
        if missing:
            print(f"{path}: {missing} of {len(chains)} chains have no profile yet")
            continue
        entries = [found[sequence] for _, sequence, _ in chains]
        name = os.path.join(options.output, os.path.basename(path).split(".")[0] + ".profiles.safetensors")
        depth = [entry[3] for entry in entries]
        write_safetensors(
            name,
            {
                chain.split()[0]: numpy.column_stack([entry[0], entry[2]])
                for (chain, _, _), entry in zip(chains, entries)
            },
        )
        by_chain = [float(entry[1].astype(numpy.float32).mean()) for entry in entries]
        print(f"{name}: {len(chains)} chains, {sum(len(entry[1]) for entry in entries)} residues; rows of an alignment, percentiles 5, 25, 50,"
              f" 75, 95: {' '.join(f'{x:.0f}' for x in numpy.percentile(depth, [5, 25, 50, 75, 95]))}; mean Neff of a"
              f" chain: {' '.join(f'{x:.1f}' for x in numpy.percentile(by_chain, [5, 25, 50, 75, 95]))};"
              f" sha256 {sha256(name)}")


if __name__ == "__main__":
    main()
