"""Writes labelled chains and their profiles under other ids, so that the same chains can be given with profiles of two sources.

NAME.ssfa.gz and PROFILES.safetensors become STEM.ssfa.gz and STEM.profiles.safetensors, with a suffix behind every id.
"""

import argparse

from records import describe, read_safetensors, read_ssfa, sha256, write_safetensors, write_ssfa


def main():
    parser = argparse.ArgumentParser(description="Writes labelled chains and their profiles under other ids.")
    parser.add_argument("chains", help="labelled chains (.ssfa.gz)")
    parser.add_argument("profiles", help="their profiles (.safetensors)")
    parser.add_argument("--suffix", required=True, help="what goes behind every id")
    parser.add_argument("-o", "--output", required=True, help="STEM of the files to write")
    options = parser.parse_args()
    arrays = read_safetensors(options.profiles)
    chains, renamed = [], {}
    for header, sequence, labels in read_ssfa(options.chains):
        name = header.split()[0]
        chains.append((name + options.suffix, sequence, labels))
        renamed[name + options.suffix] = arrays[name]
    write_ssfa(options.output + ".ssfa.gz", chains)
    write_safetensors(options.output + ".profiles.safetensors", renamed)
    print(f"{options.output}.ssfa.gz: {describe(chains)}; sha256 of the profiles"
          f" {sha256(options.output + '.profiles.safetensors')}")


if __name__ == "__main__":
    main()
