"""How much of what `mmseqs easy-search -s 7.5` found near does `strand audit` find?

    python leak_recall.py PATH/OF/strand CHAINS LEAKS.tsv BENCHMARK... [--engine builtin|mmseqs] [--peer FILE...]

CHAINS are chains that a model could have been trained on, and LEAKS.tsv has three columns: the id of a chain, the names
of the benchmarks (files without endings) with a hit of >= 25 % identity over >= 50 % of either chain, and those with a
hit of E < 1e-3; `-` for none. Chains that are near nothing have no row. The benchmark chains are the queries and CHAINS
the database, as in the question a user asks: which of my evaluated chains are near what I trained on?

With --peer, the output of `mmseqs easy-search -e 10 --format-output query,target,fident,alnlen,qcov,tcov,evalue,bits` of
each benchmark in its turn, the E-values compared are of the same database, and precision means something.

On the development data, from the folder protein:

    python leak_recall.py strand nsp2_val.q3.ssfa.gz nsp2_val.leaks.tsv \\
        cb513_cuffbarton.ssfa.gz cb513_fullchain.ssfa.gz ts115.ssfa.gz casp10.ssfa.gz casp11.ssfa.gz
"""
import argparse
import csv
import os
import subprocess

IDENTITY, COVERAGE, E_VALUE = 0.25, 0.5, 1e-3


def set_name(path):
    return os.path.basename(path).split(".")[0]


def names(field):
    return set() if field == "-" else set(field.split(","))


def read_leaks(path):
    """Pairs (chain, benchmark) near by identity, and by E-value."""
    with open(path) as file:
        rows = list(csv.reader(file, delimiter="\t"))[1:]
    by_identity = {(chain, name) for chain, identity, _ in rows for name in names(identity)}
    by_e_value = {(chain, name) for chain, _, e_value in rows for name in names(e_value)}
    return by_identity, by_e_value


def audit(options, benchmark, identity_e_value):
    """Hits as (chain, identity, larger coverage, E-value)."""
    command = [options.strand, "audit", "--engine", options.engine, "--identity-e-value", str(identity_e_value)]
    command += ["--train-set", options.chains, benchmark]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    for row in csv.DictReader(lines, delimiter="\t"):
        coverage = max(float(row["coverage_evaluated"]), float(row["coverage_training"]))
        yield row["training"], float(row["identity"]), coverage, float(row["e_value"])


def peer(path):
    with open(path) as file:
        for _, target, identity, _, query_coverage, target_coverage, e_value, _ in csv.reader(file, delimiter="\t"):
            yield target, float(identity), max(float(query_coverage), float(target_coverage)), float(e_value)


def near(hits, by):
    return {(chain, name) for name, found in hits.items() for chain, *values in found if by(*values)}


def similar(e_value):
    return lambda identity, coverage, e: identity >= IDENTITY and coverage >= COVERAGE and e < e_value


def significant(identity, coverage, e):
    return e < E_VALUE


def report(what, expected, found):
    both = expected & found
    print(f"{what}: {len(expected)} expected, {len(found)} found, {len(both)} in both: "
          f"recall {100 * len(both) / max(len(expected), 1):.1f} %, "
          f"precision {100 * len(both) / max(len(found), 1):.1f} %")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("strand")
    parser.add_argument("chains")
    parser.add_argument("leaks")
    parser.add_argument("benchmarks", nargs="+")
    parser.add_argument("--engine", default="builtin")
    parser.add_argument("--peer", nargs="+", default=[])
    options = parser.parse_args()

    by_identity, by_e_value = read_leaks(options.leaks)
    hits = {set_name(path): list(audit(options, path, 10)) for path in options.benchmarks}
    found = near(hits, significant)
    report("E < 1e-3", by_e_value, found)
    for limit in (0.1, 1, 10):
        report(f"identity, E < {limit}", by_identity, near(hits, similar(limit)))
    for chain, name in sorted(by_e_value - found):
        best = min((e for other, _, _, e in hits[name] if other == chain), default=None)
        print(f"  missed: {chain} in {name}, " + ("no hit" if best is None else f"best E {best}"))
    if options.peer:
        peers = {set_name(path): list(peer(file)) for path, file in zip(options.benchmarks, options.peer)}
        report("E < 1e-3, against the peer", near(peers, significant), found)
        for limit in (0.1, 1, 10):
            report(f"identity, E < {limit}, against the peer", near(peers, similar(limit)), near(hits, similar(limit)))


if __name__ == "__main__":
    main()
