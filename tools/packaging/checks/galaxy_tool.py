"""Runs the tests of the Galaxy tool without Galaxy: renders the command with Cheetah, runs it, checks the assertions.

The parsing of the tool, the filling of the template and the assertions are Galaxy's own (galaxy-tool-util, galaxy-util).
usage: galaxy_tool.py TOOL.xml; the program `strand` is on PATH
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from galaxy.tool_util.parser import get_tool_source
from galaxy.tool_util.verify.asserts import verify_assertions
from galaxy.util.template import fill_template


def usual_value(element) -> str:
    """The value of a parameter that a test leaves out."""
    if element.get("type") == "boolean":
        return element.get("checked", "false")
    options = element.findall("option")
    chosen = [option for option in options if option.get("selected") == "true"] or options[:1]
    return chosen[0].get("value") if chosen else element.get("value", "")


def template_value(element, value: str) -> str:
    """What a parameter is in the command: of a switch its words, of a dataset its path."""
    if element.get("type") == "boolean":
        return element.get("truevalue" if value == "true" else "falsevalue")
    return value


def parameters(parent, given: dict[str, str], prefix: str = "") -> dict:
    """The inputs of a tool as its template sees them."""
    values = {}
    for element in parent:
        name = element.get("name") or element.get("argument", "").lstrip("-").replace("-", "_")
        if element.tag == "param":
            values[name] = template_value(element, given.get(prefix + name, usual_value(element)))
        elif element.tag == "conditional":
            values[name] = parameters(element.findall("param"), given, f"{prefix}{name}|")
            (selector,) = values[name].values()
            (case,) = [when for when in element.findall("when") if when.get("value") == selector]
            values[name] |= parameters(case, given, f"{prefix}{name}|")
    return values


def run_test(source, test: dict, data: pathlib.Path, folder: pathlib.Path) -> None:
    """Runs a test and raises AssertionError where its result is not the expected one."""
    given = {}
    for argument in test["inputs"]:
        value = argument["value"]
        given[argument["name"]] = str(data / value) if argument["attributes"].get("ftype") else str(value).lower()
    outputs = {output.get("name"): folder / f"{output.get('name')}.dat" for output in source.root.find("outputs")}
    for path in outputs.values():
        path.touch()  # Galaxy makes its datasets before the job.
    context = parameters(source.root.find("inputs"), given) | {name: str(path) for name, path in outputs.items()}
    command = " ".join(fill_template(source.parse_command(), context=context).split("\n")).strip()
    print(command)
    result = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, env=os.environ | {"GALAXY_SLOTS": "2"}
    )
    failed = result.returncode != 0
    assert failed == bool(test["expect_failure"]), f"exit status {result.returncode}: {result.stderr}"
    verify_assertions(result.stdout.encode(), test["stdout"] or [])
    verify_assertions(result.stderr.encode(), test["stderr"] or [])
    for output in test["outputs"]:
        verify_assertions(outputs[output["name"]].read_bytes(), output["attributes"]["assert_list"])


def main() -> None:
    tool = pathlib.Path(sys.argv[1]).resolve()
    source = get_tool_source(str(tool))
    tests = source.parse_tests_to_dict()["tests"]
    assert tests, "no test"
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            run_test(source, test, tool.parent / "test-data", pathlib.Path(folder))
    print(f"{len(tests)} tests of {tool.name} passed")


if __name__ == "__main__":
    main()
