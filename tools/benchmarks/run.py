"""Measures the shipped models on the public benchmarks and writes the tables of docs/accuracy.md.

    python3 tools/benchmarks/run.py                                  fetches the protein sets and measures
    python3 tools/benchmarks/run.py --mirror ../shared/data          local copies, handwriting too
    python3 tools/benchmarks/run.py --page docs/accuracy.md          and writes the tables between the page's markers
    python3 tools/benchmarks/run.py --mirror DIR --check --page docs/accuracy.md
                                                                     writes nothing, exits 1 if something differs
    python3 tools/benchmarks/run.py --mirror DIR --task ink --page docs/accuracy.md
                                                                     the handwriting alone, the rest as it was
    python3 tools/benchmarks/run.py --sets ts115,casp12              these sets, on standard output

Writes results/benchmarks.json and results/benchmarks.md. Needs `make build` before.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import fetch
import tables
from sets import FOLDER, PROJECT, BenchmarkError, choose_sets, load_sets, load_train_sets

RESULTS = FOLDER / "results"
# Between instruction sets a label in ten thousand may differ: figures agree when they are this near.
TOLERANCE = 0.001
ABOUT = {"protein": ["model", "mask", "reduction", "interval"], "ink": ["interval"]}


# MARK: Measuring

def evaluate(strand, paths, *options):
    """What `strand evaluate` says of each file."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [str(strand), "evaluate", *options, "--json", str(report), *map(str, paths)]
        try:
            done = subprocess.run(command, stdout=subprocess.DEVNULL)
        except OSError as error:
            raise BenchmarkError(f"{strand} does not run ({error.strerror}): `make build` makes it") from error
        if done.returncode:
            raise BenchmarkError(f"{strand} evaluate ended with status {done.returncode}")
        return json.loads(report.read_text(encoding="utf-8"))


def figures(report):
    """The figures with intervals of a part of a report, rounded to a millionth."""
    return {
        name: {key: round(value[key], 6) for key in ("value", "lower", "upper")}
        for name, value in report.items() if isinstance(value, dict) and {"value", "lower", "upper"} <= value.keys()
    }


def training_files(mirror):
    """What the protein model was trained on, if the mirror holds it all."""
    files = [fetch.find(mirror, name) for name in load_train_sets()] if mirror else []
    return files if all(files) else []


def measure_proteins(strand, found, train_sets):
    reports = evaluate(strand, [path for _, path in found], *(f"--train-set={path}" for path in train_sets))
    rows = []
    for (benchmark, _), report in zip(found, reports, strict=True):
        expect_counts(benchmark, report["chains"], report["labelledResidues"])
        row = {"name": benchmark.name, "title": benchmark.title, "sha256": benchmark.sha256}
        row |= {key: report[key] for key in ("chains", "residues", "labelledResidues")}
        row |= {states: figures(report[states]) for states in ("threeStates", "eightStates") if report.get(states)}
        if audit := report.get("audit"):
            row["audit"] = {"trainSets": audit["trainSets"], "nearChains": audit["nearChains"]} | figures(audit)
        rows.append(row)
    return {key: reports[0][key] for key in ABOUT["protein"]} | {"sets": rows}


def keep_audit(measured, before):
    """Where the training files are not there, the committed audit of the same model stays."""
    rows = {row["name"]: row for row in before.get("sets", [])}
    for row in measured.get("sets", []):
        known = rows.get(row["name"], {})
        if "audit" not in row and "audit" in known and measured.get("model") == before.get("model"):
            row["audit"] = known["audit"]


def measure_ink(strand, found, _):
    greedy = evaluate(strand, [path for _, path in found])
    searchable = [(benchmark, path) for benchmark, path in found if not benchmark.onlyGreedy]
    searched = evaluate(strand, [path for _, path in searchable], "--lm") if searchable else []
    by_name = {benchmark.name: report for (benchmark, _), report in zip(searchable, searched, strict=True)}
    rows = []
    for (benchmark, _), report in zip(found, greedy, strict=True):
        expect_counts(benchmark, report["samples"], report["characters"]["reference"])
        row = {"name": benchmark.name, "title": benchmark.title, "sha256": benchmark.sha256}
        row |= {"samples": report["samples"], "writers": report["writers"], "characters": report["characters"]["reference"]}
        row["greedy"] = figures(report)
        if benchmark.name in by_name:
            row["lm"] = figures(by_name[benchmark.name])
        rows.append(row)
    readers = {"greedy": greedy[0]["reader"]} | ({"lm": searched[0]["reader"]} if searched else {})
    return {"readers": readers} | {key: greedy[0][key] for key in ABOUT["ink"]} | {"sets": rows}


def expect_counts(benchmark, records, counted):
    if (records, counted) != (benchmark.records, benchmark.counted):
        raise BenchmarkError(
            f"{benchmark.name}: strand counts {records:,} records and {counted:,} places, "
            f"sets.json {benchmark.records:,} and {benchmark.counted:,}")


def measure(strand, found, train_sets):
    """{task: figures}, of the tasks that have sets."""
    results = {}
    for task, measured in (("protein", measure_proteins), ("ink", measure_ink)):
        of_task = [(benchmark, path) for benchmark, path in found if benchmark.task == task]
        if of_task:
            results[task] = measured(strand, of_task, train_sets)
    return results


# MARK: Writing and comparing

def document(results, published):
    """benchmarks.md."""
    titles = {"protein": "Proteins", "ink": "Handwriting"}
    parts = ["# Benchmarks", "Written by `make benchmark` ([how](../README.md))."]
    for task, result in results.items():
        about = [result[key] for key in ABOUT[task]] + list(result.get("readers", {}).values())
        parts += [f"## {titles[task]}", "; ".join(about) + ".", tables.section(task, result["sets"], published)]
    return "\n\n".join(parts) + "\n"


def differences(now, before, place=""):
    """Where two results differ: numbers by more than the tolerance, all else at all."""
    if isinstance(now, dict) and isinstance(before, dict):
        for key in sorted(now.keys() | before.keys()):
            yield from differences(now.get(key), before.get(key), f"{place} {key}")
    elif isinstance(now, list) and isinstance(before, list) and len(now) == len(before):
        for k, pair in enumerate(zip(now, before)):
            name = pair[0].get("name", k) if isinstance(pair[0], dict) else k
            yield from differences(*pair, f"{place} {name}")
    elif isinstance(now, (int, float)) and isinstance(before, (int, float)) and float in (type(now), type(before)):
        if abs(now - before) > TOLERANCE:
            yield f"{place.strip()}: {now} now, {before} in results"
    elif now != before:
        yield f"{place.strip()}: {shown(now)} now, {shown(before)} in results"


def shown(value):
    return "nothing" if value is None else "other" if isinstance(value, (dict, list)) else value


def compact(text):
    """Indented JSON with every figure on one line."""
    return re.sub(r'\{\s+("value": \S+)\s+("lower": \S+)\s+("upper": \S+)\s+\}', r"{\1 \2 \3}", text)


def read_results(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def expected_files(results, published, page):
    """Paths with the texts they should have."""
    yield RESULTS / "benchmarks.json", compact(json.dumps(results, indent=1, ensure_ascii=False)) + "\n"
    yield RESULTS / "benchmarks.md", document(results, published)
    if page:
        text = page.read_text(encoding="utf-8")
        for task, result in results.items():
            if any(marker in text for marker in tables.markers(task)):
                text = tables.replace_section(text, task, tables.section(task, result["sets"], published), page)
            else:
                fetch.note(f"{page} has no place for this table: no line {tables.markers(task)[0]}")
        yield page, text


def run_check(measured, before, published, page):
    """Whether all that is written agrees with what was measured now; says what does not."""
    faults = [f"{task}: {fault}" for task in measured for fault in differences(measured[task], before.get(task))]
    for path, text in expected_files(before, published, page):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            faults.append(f"{path} is not what results/benchmarks.json and data/published.json give")
    for fault in faults:
        fetch.note(fault)
    print("figures and tables differ" if faults else "figures and tables agree")
    return not faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    fetch.add_options(parser)
    parser.add_argument("--strand", metavar="PROGRAM", type=Path, default=PROJECT / ".build/release/strand",
                        help="the program to measure (.build/release/strand)")
    parser.add_argument("--sets", metavar="NAMES", default="",
                        help="only these sets, with commas between; prints their tables and writes nothing")
    parser.add_argument("--task", choices=sorted(ABOUT), help="only the sets of this task; the other keeps its figures")
    parser.add_argument("--page", metavar="FILE", type=Path, help="write the tables between the markers of this file")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if figures or tables differ")
    options = parser.parse_args()
    names = [name for name in options.sets.split(",") if name]
    if names and (options.check or options.page):
        parser.error("--sets goes with neither --check nor --page: they are for all sets")

    published = json.loads((PROJECT / "data/published.json").read_text(encoding="utf-8"))
    chosen = [benchmark for benchmark in choose_sets(names, load_sets()) if options.task in (None, benchmark.task)]
    found = fetch.obtain_all(chosen, options.cache, options.mirror)
    if not found:
        raise BenchmarkError("no set to measure")
    measured = measure(options.strand, found, training_files(options.mirror))
    if names:
        print(document(measured, published), end="")
        return True
    before = read_results(RESULTS / "benchmarks.json")
    keep_audit(measured.get("protein", {}), before.get("protein", {}))
    if options.check:
        return run_check(measured, before, published, options.page)
    # A task that was left out keeps its figures.
    results = {task: (before | measured)[task] for task in ABOUT if task in before | measured}
    for path, text in list(expected_files(results, published, options.page)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        fetch.note(f"wrote {path}")
    return True


if __name__ == "__main__":
    try:
        sys.exit(0 if main() else 1)
    except (BenchmarkError, OSError) as error:
        sys.exit(f"run.py: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
