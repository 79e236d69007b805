"""Tests of the Snakemake workflow and of its verification.

    python3 tools/workflows/snakemake/test_snakemake.py     with Snakemake and .build/release/strand, else parts are skipped
"""
import contextlib
import gzip
import hashlib
import importlib.util
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from argparse import Namespace
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parents[2]
STRAND = Path(os.environ.get("STRAND", PROJECT / ".build/release/strand")).resolve()
EXAMPLE = PROJECT / "data/examples/proteins.fasta"
sys.path.insert(0, str(FOLDER))

import verify
from verify import VerificationError


def reason_to_skip():
    if importlib.util.find_spec("snakemake") is None:
        return "Snakemake is needed: pip install snakemake, and run this with that Python"
    if not STRAND.exists():
        return f"{STRAND} is needed: `make build`"
    if "--shard" not in subprocess.run([STRAND, "label", "--help"], capture_output=True, text=True).stdout:
        return "this strand has no --shard"
    return None


SKIP = reason_to_skip()


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="strand snakemake ")))

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)


# MARK: Verification

class Counting(Folder):
    def test_input(self):
        plain = self.write("a.fa", b"\xef\xbb\xbf\r\n>a >b\r\nMK\r\n>b\r\n>c\r\nMK")
        packed = self.write("b", gzip.compress(b">a\nMK\n") + gzip.compress(b">b\nMK\n"))
        self.assertEqual(verify.count_input([plain, packed]), 5)
        self.assertEqual(verify.count_input([self.write("c.fa", "; comment\nMK\n>a\nMK\n")]), 2)
        self.assertEqual(verify.count_input([self.write("d.fa", "\n")]), 0)

    def test_output(self):
        for count, text in (
            (2, ">a\nMK\nCC\n>b\nM\nC\n"),
            (2, ">a\n      1 MK 2\n        CC\n\n>b\n      1 M 1\n        C\n\n"),
            (2, '{"id":"a"}\n{"id":"b"}\n'),
            (2, "id\tposition\tresidue\tstate\tP(H)\na\t1\tM\tC\t1.0\na\t2\tK\tC\t1.0\na\t1\tM\tC\t0.5\n"),
            (2, 'id,seq,n,p\na,M,1,0.1\na,K,2,0.1\n"b,1",M,1,0.2\n'),
            (2, "# PSIPRED VFORMAT\n\n   1 M C\n# PSIPRED VFORMAT\n\n   1 M C\n"),
            (0, "id\tposition\tresidue\tstate\n"), (0, ""),
            (None, "a\t0\t3\tH\n"),
        ):
            digest = hashlib.sha256()
            self.assertEqual(verify.count_output(self.write("out.gz", gzip.compress(text.encode())), digest), count, text)
            self.assertEqual(digest.digest(), hashlib.sha256(text.encode()).digest())


class Check(Folder):
    def check(self, labels=">a\nMK\nCC\n>b\nM\nC\n", manifests=((1, 2, 0), (1, 1, 0)), rejects=None):
        paths = [
            self.write(f"{k}.json", json.dumps(dict(zip(("records", "symbols", "rejected"), counts), seconds=0.5, model="m")))
            for k, counts in enumerate(manifests)]
        options = Namespace(
            inputs=[self.write("in.fa", ">a\nMK\n>b\nM\n")], labels=self.write("x.ssfa", labels), manifests=paths,
            rejects=rejects, report=str(self.folder / "x.verified.json"), sums=str(self.folder / "x.sha256"))
        verify.check(options)
        return json.loads(Path(options.report).read_text())

    def test_counts_that_agree(self):
        report = self.check()
        self.assertEqual((report["set"], report["records"], report["labelled"], report["residues"]), ("x", 2, 2, 3))
        self.assertEqual((self.folder / "x.sha256").read_text(), f"{report['sha256']}  x.ssfa\n")
        with contextlib.redirect_stdout(io.StringIO()) as said:
            verify.summary(Namespace(reports=[str(self.folder / "x.verified.json")]))
        self.assertIn("\nx\t2\t2\t0\t3\t1.0\t3\t\t", said.getvalue())

    def test_rejects_are_counted_and_put_together(self):
        lists = [str(self.folder / "all.tsv")] + [
            self.write(f"{k}.tsv", "file\tline\trecord\treason\n" + rows) for k, rows in enumerate(("", "f\t3\tb\tno\n"))]
        report = self.check(">a\nMK\nCC\n", ((1, 2, 0), (0, 0, 1)), lists)
        self.assertEqual((report["labelled"], report["rejected"]), (1, 1))
        self.assertEqual((self.folder / "all.tsv").read_text(), "file\tline\trecord\treason\nf\t3\tb\tno\n")

    def test_losses_are_found(self):
        for words, faults in (("1 are lost", {"labels": ">a\nMK\nCC\n"}), ("-1 are lost", {"labels": ">a\nM\nC\n" * 3}),
                              ("by the manifests", {"manifests": ((1, 2, 0), (0, 1, 0))})):
            with self.assertRaisesRegex(VerificationError, words):
                self.check(**faults)
            self.assertFalse((self.folder / "x.verified.json").exists())


# MARK: The workflow

# Stops itself in shard 2 at its first try, so that it can be killed there.
PROGRAM = """#!/bin/sh
mark="{folder}/killed"
case "$*" in *"--shard 2/4"*)
    if mkdir "$mark" 2>/dev/null; then
        "{strand}" "$@" &
        kill -STOP $!
        echo $! >"$mark/new" && mv "$mark/new" "$mark/process"
        wait $!
        exit $?
    fi ;;
esac
exec "{strand}" "$@"
"""


@unittest.skipIf(SKIP, SKIP)
class Workflow(Folder):
    def setUp(self):
        super().setUp()
        records = EXAMPLE.read_text().split(">")[1:]
        copies = [f">{k}|{records[k % len(records)]}" for k in range(200)]
        self.files = [self.write("a b.fa.gz", gzip.compress("".join(copies[:70]).encode())),
                      self.write("c.fa", "".join(copies[70:]).replace("\n", "\r\n"))]

    def start(self, *options, **settings):
        """Snakemake at work in the folder; `settings` are the configuration."""
        config = {"strand": str(STRAND), "shards": 4, "threads": 1, "retries": 0} | settings
        (self.folder / "config.json").write_text(json.dumps(config))
        with open(self.folder / "snakemake.log", "w") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "snakemake", "--snakefile", str(FOLDER / "Snakefile"), "--configfile", "config.json",
                 "--cores", "2", *options],
                cwd=self.folder, env=os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache")}, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log)

    def said(self):
        return (self.folder / "snakemake.log").read_text()

    def run_workflow(self, *options, expected=0, **settings):
        status = self.start(*options, **settings).wait(timeout=120)
        self.assertEqual(status, expected, self.said()[-3000:])

    def kill_one_job(self, process):
        """Kills the program that works at shard 2, when it does."""
        mark = self.folder / "killed/process"
        end = time.monotonic() + 60
        while not mark.exists():
            self.assertLess(time.monotonic(), end, self.said())
            self.assertIsNone(process.poll(), self.said())
            time.sleep(0.05)
        os.kill(int(mark.read_text()), signal.SIGKILL)
        return process.wait(timeout=120)

    def unsharded(self, *options):
        command = [STRAND, "label", *options, *self.files]
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout

    def test_killed_job_is_done_again_and_nothing_else(self):
        program = self.write("program", PROGRAM.format(folder=self.folder, strand=STRAND))
        os.chmod(program, 0o755)
        settings = {"sets": {"all": self.files}, "strand": program, "format": "jsonl", "states": 8, "keep_shards": True}
        self.assertNotEqual(self.kill_one_job(self.start("--keep-going", **settings)), 0)
        shards = self.folder / "results/shards/all"
        whole = {path.name: path.stat().st_mtime_ns for path in shards.glob("*.jsonl.gz")}
        self.assertEqual(sorted(whole), ["0-of-4.jsonl.gz", "1-of-4.jsonl.gz", "3-of-4.jsonl.gz"])
        self.assertFalse((self.folder / "results/all.jsonl.gz").exists())

        self.run_workflow(**settings)
        again = {path.name: path.stat().st_mtime_ns for path in shards.glob("*.jsonl.gz")}
        self.assertEqual({name: again[name] for name in whole}, whole)
        self.assertEqual(len(again), 4)
        content = gzip.decompress((self.folder / "results/all.jsonl.gz").read_bytes())
        self.assertEqual(content, self.unsharded("--format", "jsonl", "--states", "8"))
        report = json.loads((self.folder / "results/all.verified.json").read_text())
        self.assertEqual((report["records"], report["labelled"]), (200, 200))
        self.assertEqual(report["sha256"], hashlib.sha256(content).hexdigest())

    def test_killed_job_is_tried_again(self):
        program = self.write("program", PROGRAM.format(folder=self.folder, strand=STRAND))
        os.chmod(program, 0o755)
        settings = {"sets": {"one": self.files[0], "two": self.files[1]}, "strand": program, "retries": 1, "gzip": False}
        status = self.kill_one_job(self.start(**settings))
        self.assertEqual(status, 0, self.said()[-3000:])
        outputs = [(self.folder / f"results/{name}.ssfa").read_bytes() for name in ("one", "two")]
        self.assertEqual(b"".join(outputs), self.unsharded())
        rows = (self.folder / "results/summary.tsv").read_text().splitlines()
        self.assertEqual([row.split("\t")[:4] for row in rows[1:]], [["one", "70", "70", "0"], ["two", "130", "130", "0"]])

    def test_bad_records(self):
        self.files = [self.write("bad.fa", ">a\nMK\n>b\nM1\n>c\nMKV\n>d\nAC\n>e\nW\n")]
        self.run_workflow(expected=1, sets={"bad": self.files})
        self.assertIn("record b: '1' at column 2", "".join(path.read_text() for path in self.folder.glob("results/logs/bad/*")))
        self.run_workflow(sets={"bad": self.files}, on_error="skip", gzip=False)
        self.assertEqual((self.folder / "results/bad.ssfa").read_text().split()[::3], [">a", ">c", ">d", ">e"])
        self.assertEqual(len((self.folder / "results/bad.rejects.tsv").read_text().splitlines()), 2)

    def test_configuration_is_checked(self):
        for words, settings in (("no sets", {}), ("shard_count", {"sets": {"a": "c.fa"}, "shard_count": 3}),
                                ("stop or skip", {"sets": {"a": "c.fa"}, "on_error": "no"})):
            self.run_workflow("--dry-run", expected=1, **settings)
            self.assertIn(words, self.said())


if __name__ == "__main__":
    unittest.main()
