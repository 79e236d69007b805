"""Writes a bill of materials (CycloneDX 1.6) of what the program and libstrand hold.

    python sbom.py PACKAGE_RESOLVED SWIFT_VERSION DATE -o strand-VERSION.cdx.json

Components are the libraries that are linked in, with the version that the build used (pkg-config, Package.resolved, the
toolchain), and the models with their SHA-256. The same build gives the same bytes.
"""

import argparse
import hashlib
import json
import pathlib
import re
import subprocess
import uuid

PROJECT = pathlib.Path(__file__).resolve().parents[2]
HOME = "https://github.com/strand-toolkit/strand"


def pkg_config(name):
    return subprocess.run(
        ["pkg-config", "--modversion", name], capture_output=True, text=True, check=True
    ).stdout.strip()


def glibc():
    return re.search(r"[\d.]+$", subprocess.run(["ldd", "--version"], capture_output=True, text=True).stdout
                     .splitlines()[0])[0]


def library(name, version, licence, home, purl=None):
    component = {
        "type": "library", "name": name, "version": version, "licenses": [{"expression": licence}],
        "externalReferences": [{"type": "website", "url": home}],
    }
    component["bom-ref"] = f"library:{name}@{version}"
    if purl:
        component["purl"] = purl
    return component


def swift_packages(resolved):
    pins = json.loads(pathlib.Path(resolved).read_text())["pins"]
    for pin in sorted(pins, key=lambda pin: pin["identity"]):
        version, location = pin["state"]["version"], pin["location"].removesuffix(".git")
        where = location.removeprefix("https://")
        yield library(pin["identity"], version, "Apache-2.0 WITH Swift-exception", location, f"pkg:swift/{where}@{version}")


def models():
    for path in sorted((PROJECT / "data" / "models").glob("*.safetensors")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield {
            "type": "machine-learning-model", "bom-ref": f"model:{path.stem}", "name": path.stem,
            "licenses": [{"license": {"id": "CC-BY-4.0"}}], "hashes": [{"alg": "SHA-256", "content": digest}],
            "externalReferences": [{"type": "documentation", "url": f"{HOME}/blob/main/data/models/{path.stem}.md"}],
        }


def document(options):
    source = (PROJECT / "Sources/StrandEngine/Version.swift").read_text()
    version = re.search(r'strandVersion = "([^"]+)"', source)[1]
    components = [
        library("swift", options.swift, "Apache-2.0 WITH Swift-exception", "https://www.swift.org"),
        *swift_packages(options.resolved),
        library("zlib", pkg_config("zlib"), "Zlib", "https://zlib.net"),
        library("libdeflate", pkg_config("libdeflate"), "MIT", "https://github.com/ebiggers/libdeflate"),
        library("expat", pkg_config("expat"), "MIT", "https://libexpat.github.io"),
        library("glibc", glibc(), "LGPL-2.1-or-later", "https://www.gnu.org/software/libc/"),
        *models(),
    ]
    own = {
        "type": "application", "bom-ref": f"strand@{version}", "name": "strand", "version": version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "externalReferences": [{"type": "website", "url": HOME}],
    }
    content = json.dumps([own, components], sort_keys=True)
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, HOME + content)}",
        "metadata": {"timestamp": options.date, "component": own},
        "components": components,
        "dependencies": [{"ref": own["bom-ref"], "dependsOn": [component["bom-ref"] for component in components]}],
    }


def main():
    parser = argparse.ArgumentParser(description="Writes a bill of materials of what was built.")
    parser.add_argument("resolved", help="Package.resolved")
    parser.add_argument("swift", help="version of the toolchain")
    parser.add_argument("date", help="of the commit, as 2026-01-31T12:00:00Z")
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args()
    pathlib.Path(options.output).write_text(json.dumps(document(options), indent=2) + "\n")


if __name__ == "__main__":
    main()
