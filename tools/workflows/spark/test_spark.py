"""Tests of label_fasta.py: one part through a stand-in of the program, records read by Spark, and a cluster of two
workers on this machine, one of which is killed.

    python3 tools/workflows/spark/test_spark.py        with pyspark, Java and .build/release/strand, else parts are skipped
"""
import contextlib
import glob
import gzip
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parents[2]
STRAND = Path(os.environ.get("STRAND", PROJECT / ".build/release/strand")).resolve()
EXAMPLE = PROJECT / "data/examples/proteins.fasta"
sys.path.insert(0, str(FOLDER))

import label_fasta
from cluster import Cluster, descendants, start_time, wait
from label_fasta import LabelError

# Everything is labelled C; a fault is made at one record. It is to fail where the real program cannot be made to.
STAND_IN = textwrap.dedent("""
    import json, os, signal, sys
    fault, at, *options = sys.argv[1:]
    rejects, answers = [], []
    text = sys.stdin.buffer.read() if fault != "deaf" else sys.exit(0)
    for line_number, line in enumerate(text.decode("latin-1").splitlines(), 1):
        if line.startswith(">"):
            record = {"id": line[1:].split(" ")[0], "header": line[1:], "sequence": "", "line": line_number}
            answers.append(record)
        else:
            record["sequence"] += line
    for k, record in enumerate(answers):
        record["labels"] = "C" * len(record["sequence"])
        line = record.pop("line")
        if fault == "skip" and "!" in record["sequence"]:
            rejects.append(f"-\\t{line + 1}\\t{record['id']}\\tnot a letter\\n")
            continue
        if record["id"] == at:
            if fault == "drop": continue
            if fault == "cut": record["labels"] = record["labels"][1:]
            if fault == "twice": print(json.dumps(record))
            if fault == "swap": answers[k + 1], record = record, answers[k + 1]
            if fault == "fail": sys.exit(f"strand: error: <stdin>:7: record {at}: 'x' in column 3")
            if fault == "die": sys.stdout.flush(); os.kill(os.getpid(), signal.SIGKILL)
        record.pop("line", None)
        record.setdefault("labels", "C" * len(record["sequence"]))
        print(json.dumps(record))
    if rejects:
        open(options[options.index("--rejects") + 1], "w").write("file\\tline\\trecord\\treason\\n" + "".join(rejects))
        sys.exit(3)
""")


def have_spark():
    return importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


def takes(option):
    """Whether the program's `label` has an option."""
    if not STRAND.exists():
        return False
    return option in subprocess.run([STRAND, "label", "--help"], capture_output=True, text=True).stdout


NEEDED = "pyspark and java are needed" if not have_spark() else f"{STRAND} is needed: `make build`" if not STRAND.exists() else None


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="strand spark ")))

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def fails(self, words):
        return self.assertRaisesRegex(LabelError, words)


# MARK: Records

class Chunks(unittest.TestCase):
    def chunks(self, *rows):
        return [chunk for _, chunk in label_fasta.fasta_chunks(rows)]

    def test_the_first_record_has_its_sign(self):
        self.assertEqual(self.chunks(("f", 0, b">a\nMK"), ("f", 0, b"b\nM\n")), [b"a\nMK", b"b\nM\n"])
        self.assertEqual(self.chunks(("f", 0, b">>a\nMK"), ("f", 0, b">b\nM")), [b">a\nMK", b">b\nM"])

    def test_other_splits_begin_behind_the_sign(self):
        self.assertEqual(self.chunks(("f", 64, b">b\nM"), ("g", 64, b"c\nM")), [b">b\nM", b"c\nM"])

    def test_what_may_stand_before(self):
        for before in (b"\n", b"", b"\r\n \t"):
            self.assertEqual(self.chunks(("f", 0, before), ("f", 0, b"a\nMK")), [b"a\nMK"])
        self.assertEqual(self.chunks(("f", 0, b"\xef\xbb\xbf>a\nMK")), [b"a\nMK"])
        for wrong in (b"; comment", b"\x1f\x8b\x08", b"MKV"):
            with self.assertRaisesRegex(LabelError, "f: '>' expected"):
                self.chunks(("f", 0, wrong), ("f", 0, b"a\nMK"))

    def test_header_and_id(self):
        self.assertEqual(label_fasta.header_of(b"a b\r\nMK\r"), b"a b")
        self.assertEqual([label_fasta.id_of(header) for header in ("a b", " \ta\tb", "", "|x|")], ["a", "a", "", "|x|"])

    def test_tables(self):
        rows = [("f", 0, "a b", "MK"), ("f", 0, b"c", b"ac")]
        self.assertEqual([chunk for _, chunk in label_fasta.table_chunks(rows)], [b"a b\nMK", b"c\nac"])
        for header, sequence in (None, "MK"), ("a", None), ("a\nb", "MK"), ("a", "M\nK"), ("a", ">M"):
            with self.assertRaises(LabelError):
                list(label_fasta.table_chunks([("f", 0, header, sequence)]))

    def test_offsets_follow_the_files_as_given(self):
        first, second = "file:///d/a%20b", "file:///c"
        counts = [((first, 64), 2), ((second, 0), 5), ((first, 0), 3), ((first, 128), 1)]
        keys = [label_fasta.file_key(uri) for uri in ("file:/d/a%20b", "file:/c")]
        offsets, total = label_fasta.offsets_of(counts, keys)
        self.assertEqual([offsets[place] for place, _ in counts], [3, 6, 0, 5])
        self.assertEqual(total, 11)
        with self.assertRaisesRegex(LabelError, "no records: /e"):
            label_fasta.offsets_of(counts, keys + [label_fasta.file_key("file:/e")])

    def test_numbers_must_be_whole(self):
        self.assertEqual(len(list(label_fasta.consecutive([(4, b""), (5, b"")], 4, 6))), 2)
        for numbers in ([4], [5], [4, 4, 5], [4, 6], [4, 5, 6], []):
            with self.assertRaises(LabelError):
                list(label_fasta.consecutive([(number, b"") for number in numbers], 4, 6))


# MARK: One part

class Part(Folder):
    RECORDS = [(7, b"a x\nMK\r\nV"), (8, b"b\nAC!"), (9, b"b\nACD\n"), (10, b"c\xe9\nW"), (11, b"d\nY!")]

    def label(self, fault, at="", records=None, skips=False):
        self.write("stand_in.py", STAND_IN.encode())
        command = [sys.executable, str(self.folder / "stand_in.py"), fault, at]
        with contextlib.redirect_stderr(io.StringIO()):
            return list(label_fasta.label_part(iter(self.RECORDS if records is None else records), command, skips))

    def test_records_come_back_in_order(self):
        rows = self.label("none")
        self.assertEqual([(number, chunk) for number, chunk, _, _ in rows], self.RECORDS)
        self.assertEqual(label_fasta.table_row(rows[0], "")[:5], (7, "a", "a x", "MKV", "CCC"))
        self.assertEqual(label_fasta.fasta_row(rows[3]), (bytearray(b">c\xe9\nW\nC"),))

    def test_more_than_the_pipes_hold(self):
        records = [(k, b"long\n" + b"MKVL" * 5000) for k in range(500)]
        self.assertEqual(len(self.label("none", records=records)), 500)

    def test_nothing_is_started_for_nothing(self):
        self.assertEqual(list(label_fasta.label_part(iter([]), ["/nowhere/strand"])), [])

    def test_program_that_is_missing(self):
        with self.fails("/nowhere/strand does not run"):
            list(label_fasta.label_part(iter(self.RECORDS), ["/nowhere/strand"]))

    def test_failures_say_why(self):
        with self.fails(r"exit status 1 in the part from record 7: strand: error: <stdin>:7: record 9 \(b\): 'x' in column 3"):
            self.label("fail", "9")
        with self.fails("ended by signal 9"):
            self.label("die", "9")

    def test_every_record_comes_out_once(self):
        for fault in ("drop", "twice", "swap", "cut"):
            for at in ("7", "9", "10"):
                with self.subTest(fault=fault, at=at), self.fails("record"):
                    self.label(fault, at)
        with self.fails("did not come out"):
            self.label("drop", "11")
        with self.fails("record 7 .* did not come out"):
            self.label("deaf")

    def test_rejected_records_have_their_reason(self):
        rows = self.label("skip", skips=True)
        self.assertEqual([row[0] for row in rows], [7, 9, 10, 8, 11])
        self.assertEqual(label_fasta.table_row(rows[3], "HEC"), (8, "b", "b", None, None, "not a letter", None, None, None))
        with self.fails("record 9 .* did not come out"):
            self.label("drop", "9", skips=True)
        with self.fails("record 8 expected from the program, found 9"):
            self.label("skip", skips=False)

    def test_input_that_fails_is_no_end_of_input(self):
        def records():
            yield from self.RECORDS
            raise OSError("the other worker is gone")
        with self.assertRaisesRegex(OSError, "gone"):
            self.label("none", records=records())

    def test_a_part_that_is_left_ends_its_program(self):
        answer = """{"id":"1","sequence":"","labels":""}"""
        command = [sys.executable, "-c", f"import sys; print({answer!r}, flush=True); sys.stdin.read()"]
        endless = ((k, b"x\nMK") for k in iter(range(1, 10**9)))
        labelled = label_fasta.label_part(endless, command)
        next(labelled)
        labelled.close()
        self.assertEqual([thread for thread in threading.enumerate() if isinstance(thread, label_fasta.Feeder)], [])


# MARK: Spark in this process

def mixed_files(folder):
    """FASTA in all its forms, none of which may split or lose a record: (paths, in another order than by name)."""
    text = EXAMPLE.read_bytes()
    (folder / "a b.fasta").write_bytes(text.replace(b"\n", b"\r\n") + b'>f \xe9 "x" \t >y\nMK' + b"\n\n>  g>\nACD*\n")
    (folder / "c.fa.gz").write_bytes(gzip.compress(b"\n" + text) + gzip.compress(b">>z\nacDe\n>same\nMK\n>same\nWY"))
    return [str(folder / "c.fa.gz"), str(folder / "a b.fasta")]


def labelled_by_program(*arguments):
    command = [STRAND, "label", "--threads", "1", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout


def parts(folder):
    """The parts of a labelled FASTA output, one behind the other."""
    opened = (gzip.open(path) if path.endswith(".gz") else open(path, "rb") for path in sorted(glob.glob(f"{folder}/part-*")))
    content = b""
    for file in opened:
        with file:
            content += file.read()
    return content


@unittest.skipIf(NEEDED, NEEDED)
class InProcess(Folder):
    @classmethod
    def setUpClass(cls):
        from pyspark.sql import SparkSession

        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        os.environ["PYSPARK_PYTHON"] = sys.executable
        settings = {
            "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.driver.host": "127.0.0.1",
            "spark.sql.shuffle.partitions": "3", "spark.task.maxFailures": "1",
            "spark.sql.files.openCostInBytes": "0",
        }
        builder = SparkSession.builder.master("local[2]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        cls.spark = builder.getOrCreate()
        cls.spark.sparkContext.setLogLevel("OFF")
        cls.spark.sparkContext.addPyFile(label_fasta.__file__)
        cls.addClassCleanup(cls.spark.stop)

    def run_job(self, *arguments):
        return label_fasta.run(self.spark, label_fasta.parse(["--strand", str(STRAND), *map(str, arguments)]))

    def test_fasta_is_what_the_program_writes(self):
        files = mixed_files(self.folder)
        out = self.folder / "out"
        # Splits smaller than a record, so that many ways of cutting one are seen.
        self.spark.conf.set("spark.sql.files.maxPartitionBytes", "151")
        self.addCleanup(self.spark.conf.unset, "spark.sql.files.maxPartitionBytes")
        self.assertEqual(self.run_job("--fasta", out, "--records", "4", "--gzip", *files), (13, 0))
        self.assertEqual(parts(out), labelled_by_program(*files))

    def test_parquet_in_and_out(self):
        rows = [(f"id{k} x", sequence) for k, sequence in enumerate(["MKV", "ACDEF", "WY*", "MK"] * 5)]
        self.spark.createDataFrame(rows, "header string, sequence string").coalesce(2).write.parquet(f"{self.folder}/in.parquet")
        table, fasta = self.folder / "table", self.folder / "fasta"
        options = ["--parquet", table, "--fasta", fasta, "--states", "8", "--probabilities", "--ship", "--records", "7"]
        self.assertEqual(self.run_job(*options, f"{self.folder}/in.parquet"), (20, 0))
        source = self.write("in.fa", "".join(f">{header}\n{sequence}\n" for header, sequence in rows).encode())
        expected = labelled_by_program("--states", "8", source)
        self.assertEqual(parts(fasta), expected)
        found = self.spark.read.parquet(str(table)).orderBy("number").collect()
        self.assertEqual([row.number for row in found], list(range(20)))
        self.assertEqual("".join(f">{row.header}\n{row.sequence}\n{row.labels}\n" for row in found).encode(), expected)
        self.assertEqual([row.id for row in found], [header.split()[0] for header, _ in rows])
        self.assertAlmostEqual(sum(found[1][f"p_{state}"][4] for state in "HGIEBTSC"), 1, delta=0.001)
        with self.assertRaisesRegex(Exception, "(?i)already exists"):
            self.run_job(*options, f"{self.folder}/in.parquet")

    def test_bad_record_ends_the_job(self):
        bad = self.write("bad.fa", b">a\nMK\n>b c\nM1K\n>d\nMK\n")
        with self.assertRaisesRegex(Exception, r"LabelError: .*exit status 1.*record 1 \(b\): '1' at column 2"):
            self.run_job("--parquet", self.folder / "out", bad)
        self.assertEqual(glob.glob(f"{self.folder}/out/*"), [])

    @unittest.skipUnless(takes("--on-error"), "this strand has no --on-error")
    def test_bad_records_are_left_out(self):
        bad = self.write("bad.fa", b">a\nMK\n>same\nM1K\n>same\nMK\n>e\n")
        options = ["--on-error", "skip", "--parquet", self.folder / "out", "--fasta", self.folder / "fasta"]
        self.assertEqual(self.run_job(*options, bad), (4, 2))
        found = self.spark.read.parquet(f"{self.folder}/out").orderBy("number").collect()
        self.assertEqual([(row.id, row.sequence, bool(row.error)) for row in found],
                         [("a", "MK", False), ("same", None, True), ("same", "MK", False), ("e", None, True)])
        self.assertEqual(parts(self.folder / "fasta").split()[::3], [b">a", b">same"])

    def test_files_that_cannot_be(self):
        good = self.write("good.fa", b">a\nMK\n")
        empty = self.write("empty.fa", b"\n")
        for files, words in ([good, good], "given twice"), (["/nowhere/x.fa"], "no such file"), ([good, empty], "no records"):
            with self.fails(words):
                self.run_job("--fasta", self.folder / "out", *files)


# MARK: A cluster of two workers

@unittest.skipIf(NEEDED, NEEDED)
class KilledWorker(Folder):
    RECORDS, SIZE = 240, 10

    def test_nothing_is_lost_and_nothing_twice(self):
        lines = EXAMPLE.read_text().split(">")[1:]
        for name, numbers in ("one.fa.gz", range(100)), ("two.fa", range(100, self.RECORDS)):
            text = "".join(f">{k}|{lines[k % len(lines)]}" for k in numbers).encode()
            self.write(name, gzip.compress(text) if name.endswith(".gz") else text)
        files = [str(self.folder / name) for name in ("one.fa.gz", "two.fa")]
        started = self.folder / "started"
        started.mkdir()
        # Says that a part has begun, and takes its time, so that there is a middle of the run.
        program = self.write("strand", f'#!/bin/sh\npwd >"{started}/$$"\nsleep 0.4\nexec "{STRAND}" "$@"\n'.encode())
        os.chmod(program, 0o755)

        with Cluster(self.folder) as cluster:
            job = cluster.submit("--strand", program, "--ship", "--records", self.SIZE, "--parquet", self.folder / "table",
                                 "--fasta", self.folder / "fasta", *files)
            victim, at_work = wait(lambda: self.worker_amid_work(cluster, started), lambda: cluster.log("job")[-3000:])
            before = len(list(started.iterdir()))
            cluster.end(victim.pid)
            self.assertIsNone(job.poll(), "the worker was to be killed in the middle of the run")
            status = job.wait(timeout=150)
            self.assertEqual(status, 0, cluster.log("job")[-3000:])
            self.assertIn("Lost executor", cluster.log("job"))
            self.assertEqual([each for each in at_work if start_time(each)], [], "nothing of the killed worker runs on")
            self.assertIn(f"{self.RECORDS} records in, {self.RECORDS} labelled, 0 rejected", cluster.log("job"))
        parts_started = len(list(started.iterdir()))
        self.assertLess(before, self.RECORDS // self.SIZE)
        self.assertGreater(parts_started, self.RECORDS // self.SIZE, "the part that was under way is done again")
        self.assertEqual(parts(self.folder / "fasta"), labelled_by_program(*files))
        print(f"killed a worker after {before} of {self.RECORDS // self.SIZE} parts; {parts_started} were begun", file=sys.stderr)

    @staticmethod
    def worker_amid_work(cluster, started):
        """A worker that is labelling, when both have labelled a part before, and the processes that do."""
        begun = {int(path.name): path.read_text() for path in started.iterdir()}
        if any(sum(f"/{name}/" in place for place in begun.values()) < 2 for name in ("worker1", "worker2")):
            return None
        for worker in cluster.workers:
            family = descendants(worker.pid)
            if begun.keys() & set(family):
                return worker, family
        return None


if __name__ == "__main__":
    # pyspark leaves sockets to the collector.
    unittest.main(warnings="ignore")
