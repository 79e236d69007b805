"""The cell study: RNN, GRU and LSTM of equal size on proteins and on handwritten words.

    python tools/experiments/cells.py --strand .build/release/strand --data ../shared/data --runs .build/cells

Trains every cell in one direction and in both, with 1 to 3 layers, each with the units that give it PARAMETERS weights;
measures each on the validation data and writes

    RUNS/cells.json     figures with intervals, units, parameters, seconds
    RUNS/cells.md       the tables

A training that is done is not done again, so an interrupted study goes on. Needs nothing but Python 3.9. About two hours
on 2 cores with AVX-512. `--task` and `--only` narrow it; `--seed`, `--rate` and `--epochs` say what a figure owes to
chance, to the learning rate or to the length of training, `--longest-lag` what gates that begin open change: each has
files of its own, cells-s2.json and so on.

    python tools/experiments/cells.py --seed 2 --only rnn-2-2 --only gru-2-2 --only lstm-2-2
"""
import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import time

PARAMETERS = 500_000
EPOCHS = 6
GATES = {"rnn": 1, "gru": 3, "lstm": 4}
VECTORS = {"rnn": 1, "gru": 4, "lstm": 4}

TASKS = {
    "protein": {
        "train": "protein/train_q8.ssfa.gz",
        "validation": "protein/valid_q8.ssfa.gz",
        "arguments": ["--dropout", "0.2"],
        "inputs": 21,
        "labels": 8,
        "figure": ("Q3", lambda evaluation: evaluation["threeStates"]["accuracy"]),
        "units": "chains",
    },
    "ink": {
        "train": "ink/unipen-words.train.jsonl.gz",
        "validation": "ink/unipen-words.valid.jsonl.gz",
        "arguments": ["--dropout", "0.2", "--batch-rows", "4096", "--augmentation", "0.7"],
        "inputs": 24,
        "labels": 96,
        "figure": ("CER", lambda evaluation: evaluation["characters"]),
        "units": "writers",
    },
}


def parameters(cell, units, layers, directions, inputs, labels):
    """As `NetworkShape.parameterCount` counts them."""
    total = labels * (directions * units + 1)
    for layer in range(layers):
        columns = inputs if layer == 0 else directions * units
        total += directions * units * (GATES[cell] * (columns + units) + VECTORS[cell])
    return total


def units_for(cell, layers, directions, inputs, labels):
    """The units whose number of parameters is nearest to PARAMETERS."""
    return min(
        range(1, 2000), key=lambda units: abs(parameters(cell, units, layers, directions, inputs, labels) - PARAMETERS)
    )


def run(command, log):
    with open(log, "w") as file:
        if subprocess.run(command, stdout=file, stderr=file).returncode != 0:
            sys.exit(f"{command[0]} failed: see {log}")


def suffix(options):
    """What is not as by default, for names of files."""
    seed = f"-s{options.seed}" if options.seed != 1 else ""
    epochs = f"-e{options.epochs}" if options.epochs != EPOCHS else ""
    rate = f"-r{options.rate:g}" if options.rate else ""
    return seed + epochs + rate + (f"-l{options.longest_lag}" if options.longest_lag else "")


def study(task, cell, directions, layers, options):
    """One training and its figures, from RUNS if it is there."""
    spec = TASKS[task]
    name = f"{task}-{cell}-{directions}-{layers}{suffix(options)}"
    result = options.runs / f"{name}.json"
    if result.exists():
        return json.loads(result.read_text())
    units = units_for(cell, layers, directions, spec["inputs"], spec["labels"])
    model, evaluation = options.runs / f"{name}.safetensors", options.runs / f"{name}.evaluation.json"
    command = [options.strand, "train", task, "--train", str(options.data / spec["train"])]
    command += ["--validation", str(options.data / spec["validation"]), "--cell", cell, "--layers", str(layers)]
    command += ["--hidden", str(units), "--epochs", str(options.epochs), "--seed", str(options.seed)]
    command += ["--precision", "bf16", *spec["arguments"], "-o", str(model)]
    command += ["--unidirectional"] if directions == 1 else []
    command += ["--rate", str(options.rate)] if options.rate else []
    command += ["--longest-lag", str(options.longest_lag)] if options.longest_lag else []
    start = time.monotonic()
    run(command, options.runs / f"{name}.log")
    seconds = time.monotonic() - start
    measure = [options.strand, "evaluate", "--model", str(model), str(options.data / spec["validation"])]
    run(measure + ["--json", str(evaluation)], options.runs / f"{name}.evaluation.log")
    figure, pick = spec["figure"]
    measured = pick(json.loads(evaluation.read_text())[0])
    row = {
        "task": task,
        "cell": cell,
        "directions": directions,
        "layers": layers,
        "units": units,
        "parameters": parameters(cell, units, layers, directions, spec["inputs"], spec["labels"]),
        "figure": figure,
        **{key: measured[key] for key in ("value", "lower", "upper")},
        "epochs": options.epochs,
        "seed": options.seed,
        **({"rate": options.rate} if options.rate else {}),
        **({"longestLag": options.longest_lag} if options.longest_lag else {}),
        "seconds": round(seconds, 1),
    }
    result.write_text(json.dumps(row) + "\n")
    print(f"{name}: {figure} {100 * row['value']:.2f} %, {units} units, {seconds:.0f} s", flush=True)
    return row


def table(rows, task):
    """A Markdown table: a line a cell and reading direction, a column a depth."""
    figure = TASKS[task]["figure"][0]
    depths = sorted({r["layers"] for r in rows if r["task"] == task})
    heads = [f"{depth} layer{'s' if depth > 1 else ''}" for depth in depths]
    lines = [f"| {figure}, % | " + " | ".join(heads) + " |", "|---" * (1 + len(depths)) + "|"]
    for cell in GATES:
        for directions in (1, 2):
            chosen = [r for r in rows if (r["task"], r["cell"], r["directions"]) == (task, cell, directions)]
            if not chosen:
                continue
            by_layers = {r["layers"]: r for r in chosen}
            cells = [
                "{:.1f} [{:.1f}, {:.1f}] ({})".format(*(100 * r[k] for k in ("value", "lower", "upper")), r["units"])
                if (r := by_layers.get(depth))
                else ""
                for depth in depths
            ]
            direction = "forward" if directions == 1 else "both ways"
            lines.append(f"| {cell.upper()}, {direction} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strand", default=".build/release/strand")
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--runs", type=pathlib.Path, default=pathlib.Path(".build/cells"))
    parser.add_argument("--task", choices=TASKS, action="append", help="only this one")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, help="the learning rate (default: that of `strand train`)")
    parser.add_argument("--longest-lag", type=int, help="as of `strand train`")
    parser.add_argument("--only", metavar="CELL-DIRECTIONS-LAYERS", action="append", help="this one, such as lstm-2-3")
    options = parser.parse_args()
    options.runs.mkdir(parents=True, exist_ok=True)

    tasks = options.task or list(TASKS)
    rows = [
        study(task, cell, directions, layers, options)
        for task in tasks
        for layers in (2, 1, 3)
        for directions in (2, 1)
        for cell in GATES
        if not options.only or f"{cell}-{directions}-{layers}" in options.only
    ]
    data = {
        TASKS[task][role]: hashlib.sha256((options.data / TASKS[task][role]).read_bytes()).hexdigest()
        for task in tasks
        for role in ("train", "validation")
    }
    (options.runs / f"cells{suffix(options)}.json").write_text(json.dumps({"data": data, "runs": rows}, indent=1) + "\n")
    text = "\n".join(f"{table(rows, task)}" for task in tasks)
    (options.runs / f"cells{suffix(options)}.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
