"""Counts the records that went into `strand label` and those that came out, without the program itself.

    verify.py check --inputs a.fa.gz b.fa --labels all.ssfa.gz --manifests 0.json 1.json --report all.json --sums all.sha256
    verify.py summary all.json ...            a row a report, on standard output

`check` fails, naming the numbers, unless records in = records out + records rejected, and the jobs' manifests say the same.
"""
import argparse
import gzip
import hashlib
import json
import sys
from pathlib import Path

# The beginning of a file and of each of its records, for formats in which a record has a first line of its own.
STARTS = {b"# PSIPRED": b"# PSIPRED", b"# STOCKHOLM": b"# STOCKHOLM", b"##gff-version": b"##sequence-region",
          b"JALVIEW_ANNOTATION": b"SEQUENCE_REF"}
COLUMNS = ["set", "records", "labelled", "rejected", "residues", "seconds", "residues_per_second", "repairs", "sha256"]


class VerificationError(Exception):
    """The counts do not agree."""


def lines_of(path):
    """Lines of a file, plain or gzip, told by content."""
    with open(path, "rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    with gzip.open(path) if packed else open(path, "rb") as file:
        yield from file


def count_input(paths):
    """Records of FASTA files; text before the first '>' counts as one, as it does among the rejects."""
    return sum(1 for path in paths for _ in headers(path))


def headers(path):
    first = True
    for line in lines_of(path):
        if first and not (line := line.removeprefix(b"\xef\xbb\xbf")).strip():
            continue
        if first or line.startswith(b">"):
            yield line
        first = False


def count_output(path, digest):
    """Records of an output of `strand label`, told by content; None where its lines do not show them. Hashes what it reads."""
    starts, count, first = None, 0, None
    for number, line in enumerate(lines_of(path)):
        digest.update(line)
        if first is None:
            first, starts = line, rule_of(line)
            if starts is None:
                continue
        if starts is not None:
            count += starts(number, line)
    return count if first is None or starts is not None else None


def rule_of(first):
    """How the first line of a record is told, from the first line of a file: a function of line number and line."""
    if first.startswith(b"{"):
        return lambda number, line: True
    if first.startswith(b">"):
        return lambda number, line: line.startswith(b">")
    for beginning, start in STARTS.items():
        if first.startswith(beginning):
            return lambda number, line: line.startswith(start)
    for separator, name in ((b"\t", b"position"), (b",", b"n")):
        names = first.rstrip(b"\r\n").split(separator)
        if names[0] == b"id" and name in names:
            # From the end: an id may hold the separator.
            column = names.index(name) - len(names)
            return lambda number, line: number > 0 and line.rstrip(b"\r\n").split(separator)[column] == b"1"
    return None


def join_rejects(paths, to):
    """Puts the lists of rejects of all shards into one and counts them."""
    count = 0
    with open(to, "wb") as out:
        for k, path in enumerate(paths):
            for number, line in enumerate(lines_of(path)):
                if number or not k:
                    out.write(line)
                count += number > 0
    return count


def check(options):
    manifests = [json.loads(Path(path).read_text(encoding="utf-8")) for path in options.manifests]
    plain = hashlib.sha256()
    records, labelled = count_input(options.inputs), count_output(options.labels, plain)
    rejected = join_rejects(options.rejects[1:], options.rejects[0]) if options.rejects else 0
    told = {key: sum(manifest[key] for manifest in manifests) for key in ("records", "symbols", "rejected")}
    if labelled is None:
        labelled = told["records"]
    if records != labelled + rejected:
        lost = records - labelled - rejected
        raise VerificationError(f"{records} records in, {labelled} out and {rejected} rejected: {lost} are lost")
    if (told["records"], told["rejected"]) != (labelled, rejected):
        raise VerificationError(
            f"{labelled} records out and {rejected} rejected, {told['records']} and {told['rejected']} by the manifests")
    with open(options.labels, "rb") as file:
        packed = hashlib.file_digest(file, "sha256").hexdigest()
    Path(options.sums).write_text(f"{packed}  {Path(options.labels).name}\n", encoding="utf-8")
    report = {
        "set": Path(options.report).name.removesuffix(".verified.json"), "inputs": options.inputs, "output": options.labels,
        "records": records, "labelled": labelled, "rejected": rejected, "residues": told["symbols"],
        "seconds": round(sum(manifest["seconds"] for manifest in manifests), 3),
        # Every job reads the whole input and counts what it mends in all of it.
        "repairs": "; ".join(dict.fromkeys(manifest["repairs"] for manifest in manifests if manifest.get("repairs"))),
        "shards": len(manifests), "model": sorted({manifest["model"] for manifest in manifests}),
        # Of the bytes without compression: those of a run without shards.
        "sha256": plain.hexdigest(), "file_sha256": packed}
    Path(options.report).write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def summary(options):
    print("\t".join(COLUMNS))
    for path in options.reports:
        report = json.loads(Path(path).read_text(encoding="utf-8"))
        # Of one job: the shards' seconds are added up, whether or not they ran at the same time.
        report["residues_per_second"] = round(report["residues"] / max(report["seconds"], 0.001))
        print("\t".join(str(report[column]) for column in COLUMNS))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    checking = verbs.add_parser("check")
    checking.add_argument("--inputs", nargs="+", required=True, metavar="FASTA")
    checking.add_argument("--labels", required=True, metavar="FILE")
    checking.add_argument("--manifests", nargs="+", required=True, metavar="JSON")
    checking.add_argument("--rejects", nargs="+", metavar="TSV", help="the list to write, then those of the shards")
    checking.add_argument("--report", required=True, metavar="JSON")
    checking.add_argument("--sums", required=True, metavar="FILE")
    checking.set_defaults(run=check)
    summing = verbs.add_parser("summary")
    summing.add_argument("reports", nargs="+", metavar="JSON")
    summing.set_defaults(run=summary)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    try:
        main()
    except (VerificationError, OSError, EOFError) as error:
        print(f"verify.py: error: {error}", file=sys.stderr)
        sys.exit(1)
