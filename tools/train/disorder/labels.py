"""Labels of disorder from chains whose label line marks residues without coordinates with `-`.

D: no coordinates in the structure; O: coordinates, ordered. Only whole sequences tell the two apart: where the gaps of a
chain are closed up, nothing says where residues are missing.
"""

import re

PDB_CHAIN = re.compile(r"(?:rig_\d+\|)?[0-9][0-9a-z]{3}-[A-Za-z0-9]+")
GAPS_CLOSED = re.compile(r"rig_\d+")
WHOLE_SETS = ("cb513_fullchain", "ts115", "casp12")


def is_whole(name, stem):
    """Whether a chain holds its whole sequence, by its id and the name of its file; ValueError for ids of no known kind.

    PDB ids (`1abc-A`, also after `rig_00001|`) are chains of NetSurfP-2.0 or TAPE, with the whole sequence. Ids `rig_00001`
    alone are of a list that holds observed residues only. The ids of cb513 and cb513_fullchain are the same, but only in
    the latter does `-` mean missing: in cb513 it is also the mask of the domains.
    """
    if PDB_CHAIN.fullmatch(name):
        return True
    if GAPS_CLOSED.fullmatch(name):
        return False
    if stem in WHOLE_SETS and re.fullmatch(rf"{stem.split('_')[0]}_\d+", name):
        return True
    raise ValueError(f"{stem}: nothing is known about chains such as {name}: does '-' mark missing residues there?")


def disorder(labels):
    """The labels D and O for labels of secondary structure in which `-` marks residues without coordinates."""
    return "".join("D" if label == "-" else "O" for label in labels)


def runs(labels):
    """Yields (first, end, letter) for each run of equal labels."""
    for match in re.finditer(r"(.)\1*", labels):
        yield match.start(), match.end(), match[1]


def split_termini(labels):
    """The labels with D written T where its run touches an end of the chain and I where it does not."""
    letters = []
    for first, end, letter in runs(labels):
        at_end = first == 0 or end == len(labels)
        letters.append((("T" if at_end else "I") if letter == "D" else letter) * (end - first))
    return "".join(letters)


def count_line(chains):
    """One line on chains with labels D and O: how many, residues, shares of D, at the ends and inside."""
    split = [split_termini(labels) for _, _, labels in chains]
    residues = sum(map(len, split))
    if not residues:
        return "0 chains"
    ends, inside = (sum(labels.count(letter) for labels in split) for letter in "TI")
    without = sum("T" not in labels and "I" not in labels for labels in split)
    return (
        f"{len(chains)} chains, {residues} residues, D {ends + inside} = {100 * (ends + inside) / residues:.2f} %"
        f" (ends {100 * ends / residues:.2f}, inside {100 * inside / residues:.2f}); {without} chains without D"
    )
