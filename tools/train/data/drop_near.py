"""Drops sequences of a FASTA file that are near others by tables of hits.

Tables of `mmseqs easy-search` (columns in records.py) name them as query or target of a hit that select_structures.py
calls near; tables of `strand audit` name them as training chains.
"""

import argparse

from records import read_audit, read_fasta, read_hits, write_fasta
from select_structures import is_near


def main():
    parser = argparse.ArgumentParser(description="Drops sequences of a FASTA file that are near others.")
    parser.add_argument("input", help="FASTA file")
    parser.add_argument("--hits", nargs="*", default=[], help="tables of mmseqs")
    parser.add_argument("--audit", nargs="*", default=[], help="tables of strand audit")
    parser.add_argument("-o", "--output", required=True, help="FASTA file to write")
    options = parser.parse_args()
    by_hits = {
        name for path in options.hits for hit in read_hits(path) if is_near(hit) for name in (hit["query"], hit["target"])
    }
    by_audit = {row["training"] for path in options.audit for row in read_audit(path)}
    records = list(read_fasta(options.input))
    names = {name for name, _ in records}
    kept = [record for record in records if record[0] not in by_hits and record[0] not in by_audit]
    write_fasta(options.output, kept)
    print(f"{options.output}: {len(kept)} of {len(records)} sequences, {sum(len(s) for _, s in kept)} residues; near by"
          f" mmseqs {len(by_hits & names)}, by audit {len(by_audit & names)}, by both {len(by_hits & by_audit & names)}",
          flush=True)


if __name__ == "__main__":
    main()
