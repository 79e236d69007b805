"""Runs the script and the stub of the nf-core module in bash, as Nextflow would with its variables substituted.

Compares what the script writes with `strand label`, meta.yml with the channels of main.nf, and where a clone of
nf-core/modules is given, meta.yml and environment.yml with its schemas.
usage: nfcore_module.py MODULE FASTA [CLONE]; the program `strand` is on PATH
"""

import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml


def section(text: str, name: str) -> str:
    """The lines of a section of the process, such as `script:`."""
    return re.search(rf"^    {name}:\n(.*?)(?=^    \w+:\n|^}})", text, re.DOTALL | re.MULTILINE)[1]


def command(text: str, name: str, variables: dict[str, str]) -> str:
    """The command of a section: what Groovy makes of the string in three quotation marks."""
    template = re.search(r'"""\n(.*?)"""', section(text, name), re.DOTALL)[1]
    filled = re.sub(r"\$\{([\w.]+)\}", lambda match: variables[match[1]], template)
    return filled.replace("\\\\", "\\")


def evaluated(text: str) -> list[str]:
    """The commands of `eval` in the outputs."""
    return re.findall(r"eval\('([^']+)'\)", section(text, "output"))


def bash(script: str, folder: pathlib.Path) -> str:
    # Nextflow's own options for the shell of a task.
    arguments = ["bash", "-C", "-e", "-u", "-o", "pipefail", "-c", script]
    return subprocess.run(arguments, cwd=folder, check=True, capture_output=True, text=True).stdout


def contents(folder: pathlib.Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def check_commands(text: str, fasta: pathlib.Path, folder: pathlib.Path) -> None:
    """The script writes what the program writes, from plain and gzip input, with `ext.args` and without."""
    packed = folder / "packed.fasta.gz"
    packed.write_bytes(gzip.compress(fasta.read_bytes()))
    for number, (name, path, args, options) in enumerate(
        [
            ("plain", fasta, "", ["--format", "ss2"]),
            ("gzip", packed, "", ["--format", "ss2"]),
            ("args", fasta, "--format tsv --states 8", ["--format", "tsv", "--states", "8"]),
        ]
    ):
        script = command(
            text, "script", {"prefix": name, "args": args, "fasta": str(path), "task.cpus": str(number % 2 + 1)}
        )
        print(script.rstrip())
        bash(script, folder)
        expected = folder / f"{name}.expected"
        subprocess.run(["strand", "label", *options, "--output-dir", expected, fasta], check=True)
        assert contents(folder / name) == contents(expected), f"{name}: other files than strand label writes"
        assert len(contents(expected)) == fasta.read_text().count(">")
    bash(command(text, "stub", {"prefix": "stub"}), folder)
    assert list(contents(folder / "stub")) == ["test.ss2"]
    version = subprocess.run(["strand", "--version"], check=True, capture_output=True, text=True).stdout
    assert [bash(line, folder) for line in evaluated(text)] == [version]


def check_meta(text: str, module: pathlib.Path) -> dict:
    """meta.yml names the channels of main.nf, and each test has the tags of the module."""
    meta = yaml.safe_load((module / "meta.yml").read_text())
    emitted = re.findall(r"emit: *(\w+)", section(text, "output"))
    assert list(meta["output"]) == emitted, f"outputs {list(meta['output'])} in meta.yml, {emitted} in main.nf"
    taken = [name for channel in meta["input"] for element in channel for name in element]
    assert taken == re.findall(r"(?:val|path)\((\w+)\)", section(text, "input"))
    name = "/".join(module.parts[-2:])
    assert meta["name"] == name.replace("/", "_")
    assert f"process {meta['name'].upper()} {{" in text
    tags = re.findall(r'^    tag "(.+)"$', (module / "tests/main.nf.test").read_text(), re.MULTILINE)
    assert tags == ["modules", "modules_nfcore", name.split("/")[0], name], f"tags {tags}"
    return meta


def main() -> None:
    module, fasta = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    text = (module / "main.nf").read_text()
    with tempfile.TemporaryDirectory() as folder:
        check_commands(text, fasta, pathlib.Path(folder))
    meta = check_meta(text, module)
    environment = yaml.safe_load((module / "environment.yml").read_text())
    if len(sys.argv) > 3:
        schemas = pathlib.Path(sys.argv[3], "modules")
        jsonschema.validate(meta, json.loads((schemas / "meta-schema.json").read_text()))
        jsonschema.validate(environment, json.loads((schemas / "environment-schema.json").read_text()))
        print("meta.yml and environment.yml: valid")
    else:
        print("skipped: nf-core's schemas; name a clone of nf-core/modules as NFCORE_MODULES")


if __name__ == "__main__":
    main()
