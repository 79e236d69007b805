"""Makes relatives of labelled chains: copies in which residues are drawn from the chain's profile, with the chain's labels.

Members of a protein family share their structure, and a profile says which residues they have at each position; a copy
with residues drawn from it is one more sequence for the same labels. Every copy draws its own share of residues to
replace, between --least and --most: some stay near the chain, some go as far as its family does.
"""

import argparse

import numpy

from records import describe, read_ssfa, sha256, write_ssfa

LETTERS = numpy.frombuffer(b"ACDEFGHIKLMNPQRSTVWY", dtype=numpy.uint8)
SEED_LENGTH = 25


def profile_places(chains, profiled):
    """For each chain whose sequence holds that of a profiled one: (index of the chain, of the profile, offset).

    X stands for M on both sides: nine in ten X of the labelled chains are selenomethionine.
    """
    by_start = {}
    for index, (_, sequence, _) in enumerate(profiled):
        sequence = sequence.replace("X", "M")
        if len(sequence) >= SEED_LENGTH:
            by_start.setdefault(sequence[:SEED_LENGTH], []).append((index, sequence))
    for number, (_, sequence, _) in enumerate(chains):
        sequence = sequence.replace("X", "M")
        found = (
            (number, index, offset)
            for offset in range(len(sequence) - SEED_LENGTH + 1)
            for index, part in by_start.get(sequence[offset : offset + SEED_LENGTH], [])
            if sequence.startswith(part, offset)
        )
        place = next(found, None)
        if place is not None:
            yield place


def relative(sequence, columns, offset, share, random):
    """The sequence with about `share` of the residues from `offset` on drawn from the profile's columns (rows, 20)."""
    letters = numpy.frombuffer(sequence.encode("ascii"), dtype=numpy.uint8).copy()
    sums = numpy.cumsum(columns.astype(numpy.float64), axis=1)
    draws = random.random((len(columns), 1)) * sums[:, -1:]
    drawn = LETTERS[(sums > draws).argmax(axis=1)]
    part = letters[offset : offset + len(columns)]
    replaced = (random.random(len(columns)) < share) & (sums[:, -1] > 0)
    part[replaced] = drawn[replaced]
    return letters.tobytes().decode("ascii")


def main():
    parser = argparse.ArgumentParser(description="Makes relatives of labelled chains from profiles.")
    parser.add_argument("chains", nargs="+", help="labelled chains (.ssfa.gz)")
    parser.add_argument("--structures", required=True, help="the chains that have profiles (.ssfa.gz)")
    parser.add_argument("--profiles", required=True, help="their profiles (.npz: offsets, profile)")
    parser.add_argument("--copies", type=int, default=2, help="copies of each chain (default: 2)")
    parser.add_argument("--least", type=float, default=0.2, help="least share of residues drawn (default: 0.2)")
    parser.add_argument("--most", type=float, default=0.9, help="largest share (default: 0.9)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", required=True, help="labelled chains to write (.ssfa.gz)")
    options = parser.parse_args()
    chains = [chain for path in options.chains for chain in read_ssfa(path)]
    profiled = read_ssfa(options.structures)
    archive = numpy.load(options.profiles)
    offsets, profile = archive["offsets"], archive["profile"]
    random = numpy.random.default_rng(options.seed)
    relatives, replaced, total = [], 0, 0
    for number, index, offset in profile_places(chains, profiled):
        name, sequence, labels = chains[number]
        columns = profile[offsets[index] : offsets[index + 1]]
        for copy in range(1, options.copies + 1):
            share = random.uniform(options.least, options.most)
            other = relative(sequence, columns, offset, share, random)
            replaced += sum(a != b for a, b in zip(sequence, other))
            total += len(sequence)
            relatives.append((f"{name.split()[0]}/{copy}", other, labels))
    write_ssfa(options.output, relatives)
    print(f"{describe(chains)}: {len(relatives) // options.copies} of them have a profile")
    print(f"{options.output}: {describe(relatives)}; {100 * replaced / total:.1f} % of the residues are other ones; "
          f"sha256 {sha256(options.output)}")


if __name__ == "__main__":
    main()
