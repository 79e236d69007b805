"""Writes the labelled chains of sets that have a deep profile, and those profiles as `strand train protein` takes them.

For each set NAME: `NAME.profiled.ssfa.gz`, the stretches of its chains that are chains of the structure database, and
`NAME.profiles.safetensors`, a tensor float16 (residues, 20) for each, named by the chain's id: frequencies, columns
ACDEFGHIKLMNPQRSTVWY.
"""

import argparse
import os

import numpy

from records import describe, read_ssfa, sha256, write_safetensors, write_ssfa
from relatives import profile_places


def main():
    parser = argparse.ArgumentParser(description="Writes labelled chains with their deep profiles.")
    parser.add_argument("sets", nargs="+", help="labelled chains (.ssfa.gz)")
    parser.add_argument("--structures", required=True, help="the chains that have profiles (.ssfa.gz)")
    parser.add_argument("--profiles", required=True, help="their profiles (.npz: offsets, profile)")
    parser.add_argument("-o", "--output", required=True, help="folder to write to")
    options = parser.parse_args()
    structures = read_ssfa(options.structures)
    archive = numpy.load(options.profiles)
    offsets, profile = archive["offsets"], archive["profile"]
    for path in options.sets:
        chains = read_ssfa(path)
        kept, arrays = [], {}
        for number, index, offset in profile_places(chains, structures):
            name, sequence, labels = chains[number]
            name = name.split()[0]
            rows = profile[offsets[index] : offsets[index + 1]]
            stretch = slice(offset, offset + len(rows))
            kept.append((name, sequence[stretch], labels[stretch]))
            arrays[name] = rows
        stem = os.path.join(options.output, os.path.basename(path).split(".")[0])
        write_ssfa(stem + ".profiled.ssfa.gz", kept)
        write_safetensors(stem + ".profiles.safetensors", arrays)
        print(f"{path}: {describe(chains)}; with a profile {describe(kept)}; sha256 of the profiles"
              f" {sha256(stem + '.profiles.safetensors')}")


if __name__ == "__main__":
    main()
