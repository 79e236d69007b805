"""Renders the conda recipe, runs its build.sh on a release in a prefix of its own, then its tests.

usage: bioconda_recipe.py RECIPE RELEASE.tar.xz
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import jinja2
import yaml

PLATFORM = {"linux": True, "x86_64": True, "linux64": True, "osx": False, "win": False, "aarch64": False}


def rendered(recipe: pathlib.Path) -> dict:
    """meta.yaml for Linux on x86-64: selectors applied, Jinja filled in."""
    lines = []
    for line in (recipe / "meta.yaml").read_text().splitlines():
        selector = re.search(r"# \[(.+)\]$", line)
        # A selector is a Python expression of ours, such as `not (linux and x86_64)`.
        if selector is None or eval(selector[1], {"__builtins__": {}}, PLATFORM):
            lines.append(line)
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    text = environment.from_string("\n".join(lines)).render(
        pin_subpackage=lambda name, max_pin: f"{name} pinned to {max_pin}"
    )
    # Everything as text: a hash of digits alone is a number to YAML.
    return yaml.load(text, yaml.BaseLoader)


def check_fields(meta: dict, release: pathlib.Path) -> None:
    """What a reviewer of bioconda looks for."""
    assert meta["source"]["url"].rpartition("/")[2] == release.name, f"{meta['source']['url']}: not {release.name}"
    assert re.fullmatch("[0-9a-f]{64}", meta["source"]["sha256"])
    assert "skip" not in meta["build"], "skipped on Linux on x86-64"
    assert meta["build"]["run_exports"] == ["strand pinned to x.x"]
    for field in ["home", "summary", "description", "license", "license_family", "license_file", "dev_url", "doc_url"]:
        assert meta["about"][field], f"about/{field} is missing"
    assert len(meta["about"]["summary"]) <= 120
    assert meta["extra"]["recipe-maintainers"]


def run(script: str, folder: pathlib.Path, prefix: pathlib.Path) -> None:
    """Runs a script as conda-build does: in a folder, with the prefix's programs and the system's alone."""
    environment = {"PREFIX": str(prefix), "SRC_DIR": str(folder), "PATH": f"{prefix}/bin:/usr/bin:/bin"}
    subprocess.run(["bash", "-e", "-x", "-c", script], cwd=folder, check=True, env=environment)


def main() -> None:
    recipe, release = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    meta = rendered(recipe)
    check_fields(meta, release)
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        prefix = work / "prefix"
        (work / "source").mkdir()
        subprocess.run(["tar", "-xf", release, "-C", work / "source"], check=True)
        (source,) = (work / "source").iterdir()  # conda-build goes into a single folder
        for path in meta["about"]["license_file"]:
            assert (source / path).exists(), f"{path} is not in the release"
        run(f"exec bash {recipe / 'build.sh'}", source, prefix)
        installed = {path.relative_to(prefix) for path in prefix.rglob("*") if path.is_file()}
        shipped = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
        shipped = {path for path in shipped if path.parts[0] in ["bin", "share"]}
        assert installed == shipped, f"differ: {sorted(installed ^ shipped)}"
        (work / "test").mkdir()
        for command in meta["test"]["commands"]:
            run(command, work / "test", prefix)
    print(f"{len(meta['test']['commands'])} tests of {meta['package']['name']} {meta['package']['version']} passed")


if __name__ == "__main__":
    main()
