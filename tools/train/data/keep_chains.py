"""Keeps the chains of a file whose names are in a list, and checks the result.

    python keep_chains.py CHAINS.ssfa.gz NAMES.gz SHA256 -o OUTPUT.ssfa.gz

Exits with status 1 if the result is not the file with this SHA-256: the input is another one then.
"""

import argparse
import gzip
import os
import sys

from records import describe, read_ssfa, sha256, write_ssfa


def main():
    parser = argparse.ArgumentParser(description="Keeps the chains whose names are in a list.")
    parser.add_argument("chains", help="labelled chains (.ssfa.gz)")
    parser.add_argument("names", help="a name a line, gzip")
    parser.add_argument("digest", help="SHA-256 that the result has to have")
    parser.add_argument("-o", "--output", required=True, help="labelled chains to write (.ssfa.gz)")
    options = parser.parse_args()
    with gzip.open(options.names, "rt") as file:
        names = set(file.read().splitlines())
    chains = [chain for chain in read_ssfa(options.chains) if chain[0] in names]
    write_ssfa(options.output + ".part", chains)
    found = sha256(options.output + ".part")
    if found != options.digest:
        os.remove(options.output + ".part")
        sys.exit(f"{options.output} would have the SHA-256 {found} and not {options.digest}: {options.chains} is another file")
    os.replace(options.output + ".part", options.output)
    print(f"{options.output}: {describe(chains)}")


if __name__ == "__main__":
    main()
