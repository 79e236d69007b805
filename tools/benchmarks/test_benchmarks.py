"""Tests of fetching, converting and writing tables; nothing outside this machine is asked.

    python3 -m unittest discover tools/benchmarks
"""
import contextlib
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))

import converters
import fetch
import run
import tables
from sets import BenchmarkError, BenchmarkSet, choose_sets, load_sets

CSV = "input,dssp3,dssp8,disorder,cb513_mask\nMKVA,CHHC,CHGT,0.0 1.0 1.0 1.0,1.0 1.0 0.0 1.0\nGX,CE,SE,1.0 0.0,0.0 1.0\n"
CONTENT = b">tiny_0001\nMKVA\n-HGT\n>tiny_0002\nGX\nS-\n"


class Folder(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.cache = self.folder / "cache"

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def packed(self, name, content):
        return self.write(name, gzip.compress(content, mtime=0))

    @contextlib.contextmanager
    def fails(self, *parts):
        with self.assertRaises(BenchmarkError) as caught:
            yield
        for part in parts:
            self.assertIn(part, str(caught.exception))

    def assert_nothing_left(self):
        self.assertEqual(list(self.cache.rglob("*")) if self.cache.exists() else [], [])


def tiny(source=None, content=CONTENT, **changes):
    row = dict(name="tiny", task="protein", title="Tiny", file="tiny.ssfa.gz", source=source, converter="netsurfp",
               sha256=hashlib.sha256(content).hexdigest(), records=2, counted=4, terms="none")
    return BenchmarkSet(**row | changes)


class NetSurfP(Folder):
    def convert(self, text, converter=converters.netsurfp):
        return converter(self.write("source.csv", text), "tiny")

    def test_residues_without_coordinates_have_no_label(self):
        self.assertEqual(self.convert(CSV), [("tiny_0001", "MKVA", "-HGT"), ("tiny_0002", "GX", "S-")])

    def test_mask_of_domains(self):
        self.assertEqual(
            self.convert(CSV, converters.netsurfp_domains), [("tiny_0001", "MKVA", "-H-T"), ("tiny_0002", "GX", "--")])

    def test_blanks_in_header_and_between_letters(self):
        text = "input, dssp3, dssp8, disorder, cb513_mask\r\nM K V A ,C H H C ,C H G T ,0.0 1.0 1.0 1.0 ,1.0 1.0 1.0 1.0 \r\n"
        self.assertEqual(self.convert(text), [("tiny_0001", "MKVA", "-HGT")])

    def test_faults_are_named(self):
        with self.fails("tiny", "no column 'disorder' but input, dssp8"):
            self.convert("input,dssp8\nMK,CC\n")
        with self.fails("no column 'input' but nothing"):
            self.convert("")
        with self.fails("row 1, column 'dssp8': 3 labels for 2 residues"):
            self.convert("input,dssp8,disorder\nMK,CCC,1 1\n")
        with self.fails("row 2, column 'disorder': 1 values for 2 residues"):
            self.convert("input,dssp8,disorder\nMK,CC,1 1\nMK,CC,1\n")
        with self.fails("row 1, column 'disorder': '0.5' is not 0 or 1"):
            self.convert("input,dssp8,disorder\nMK,CC,1 0.5\n")
        with self.fails("row 1, column 'dssp8': 'Q' is no state"):
            self.convert("input,dssp8,disorder\nMK,CQ,1 1\n")
        with self.fails("row 1, column 'input': 'm' is no residue"):
            self.convert("input,dssp8,disorder\nmK,CC,1 1\n")
        with self.fails("row 1, column 'disorder': 0 values"):
            self.convert("input,dssp8,disorder\nMK,CC\n")


class CuffAndBarton(Folder):
    def archive(self, files):
        path = self.folder / "archive.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for name, text in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(text)
                archive.addfile(member, io.BytesIO(text.encode()))
        return path

    def test_domains_in_the_order_of_their_names(self):
        path = self.archive({
            "repository-1/data/CB513/2b-1.all": "RES:M,K,\nDSSP:_,?,\nDSSPACC:e,b,\nalign1:M,K,\n",
            "repository-1/data/CB513/1a.all": "RES:G,V,A\r\nDSSP:H,G,_\r\n",
            "repository-1/data/CB513/readme.txt": "RES:",
            "repository-1/data/other/3c.all": "RES:M\nDSSP:_\n",
        })
        self.assertEqual(converters.cuffbarton(path, "tiny"), [("1a", "GVA", "HGC"), ("2b-1", "MK", "C-")])

    def test_faults_are_named(self):
        with self.fails("tiny: 1a.all: no line 'DSSP:'"):
            converters.cuffbarton(self.archive({"r/data/CB513/1a.all": "RES:M,K,\nDSSPACC:e,b,\n"}), "tiny")
        with self.fails("1a.all, line 'DSSP:': 1 labels for 2 residues"):
            converters.cuffbarton(self.archive({"r/data/CB513/1a.all": "RES:M,K,\nDSSP:_,\n"}), "tiny")
        with self.fails("no file data/CB513/*.all"):
            converters.cuffbarton(self.archive({"r/data/1a.all": "RES:M\nDSSP:_\n"}), "tiny")


def one_hot(letters, alphabet, places, columns):
    rows = [[float(letter == column) for column in alphabet] for letter in letters]
    rows = [row + [0.0] * (columns - len(row)) for row in rows]
    return rows + [[0.0] * columns] * (places - len(rows))


class DeepACLSTM(Folder):
    def arrays(self, chains, columns=(21, 8)):
        alphabets = converters.ONE_HOT_RESIDUES, converters.ONE_HOT_STATES
        return [[one_hot(chain[k], alphabets[k], 6, columns[k]) for chain in chains] for k in (0, 1)]

    def test_a_chain_ends_where_no_residue_is_set(self):
        self.assertEqual(
            converters.one_hot_chains(*self.arrays([("MKVA", "LHGB"), ("X", "S")]), "tiny"),
            [("tiny_001", "MKVA", "CHGB"), ("tiny_002", "X", "S")])

    def test_faults_are_named(self):
        for chain, fault in [(("M.V", "LLL"), "no residue or no label"), (("MKV", "LL"), "no residue or no label"),
                             (("", ""), "no residue")]:
            with self.fails("tiny: chain 1", fault):
                converters.one_hot_chains(*self.arrays([chain]), "tiny")
        features, labels = self.arrays([("MK", "LL")])
        features[0][1][0] = 1.0
        with self.fails("chain 1 of 'features': more than one of AK is set"):
            converters.one_hot_chains(features, labels, "tiny")

    def test_hdf5(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("no h5py")
        path = self.folder / "tiny.h5"
        features, labels = self.arrays([("MKVA", "LHGB")], columns=(42, 9))
        with h5py.File(path, "w") as file:
            file["features"] = features
        with self.fails("has no 'labels' but features"):
            converters.deepaclstm(path, "tiny")
        with h5py.File(path, "a") as file:
            file["labels"] = labels
        self.assertEqual(converters.deepaclstm(path, "tiny"), [("tiny_001", "MKVA", "CHGB")])

    def test_without_h5py(self):
        with mock.patch.dict(sys.modules, {"h5py": None}), self.fails("tiny", "needs the package h5py"):
            converters.deepaclstm(self.folder / "tiny.h5", "tiny")


class Answers(BaseHTTPRequestHandler):
    """Sends half of what it promises at /half, all of it elsewhere, nothing at /none."""

    def do_GET(self):
        if self.path == "/none":
            self.send_error(404)
            return
        body = CSV.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.path == "/half" else body)

    def log_message(self, *_):
        pass


class Fetching(Folder):
    def serve(self):
        server = HTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        # Whatever proxy the surroundings name is not for this machine's own server.
        direct = mock.patch.dict(os.environ, {"no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"})
        direct.start()
        self.addCleanup(direct.stop)
        return f"http://127.0.0.1:{server.server_port}"

    def source(self, text=CSV):
        return self.write("source.csv", text).as_uri()

    def test_fetched_converted_and_kept(self):
        path = fetch.obtain(tiny(self.source()), self.cache)
        self.assertEqual(path, self.cache / "tiny.ssfa.gz")
        self.assertEqual(gzip.decompress(path.read_bytes()), CONTENT)
        self.assertEqual(path.read_bytes()[4:8], bytes(4), "a time in the header of gzip")
        self.assertEqual([each.name for each in self.cache.iterdir()], ["tiny.ssfa.gz"])

    def test_over_http(self):
        fetch.obtain(tiny(self.serve() + "/all"), self.cache)
        self.assertTrue((self.cache / "tiny.ssfa.gz").exists())

    def test_truncated_download_leaves_nothing(self):
        with self.fails("tiny", "/half ended after", f"of {len(CSV)} bytes"):
            fetch.obtain(tiny(self.serve() + "/half"), self.cache)
        self.assert_nothing_left()

    def test_missing_source(self):
        with self.fails("/none answers 404"):
            fetch.obtain(tiny(self.serve() + "/none"), self.cache)
        with self.fails("cannot fetch", "--mirror"):
            fetch.obtain(tiny((self.folder / "nowhere.csv").as_uri()), self.cache)
        self.assert_nothing_left()

    def test_wrong_hash_is_refused(self):
        benchmark = tiny(self.source(CSV.replace("MKVA", "MKVG")))
        with self.fails("tiny: wrong hash", "source.csv", f"expected {benchmark.sha256}", "found    "):
            fetch.obtain(benchmark, self.cache)
        self.assert_nothing_left()

    def test_source_that_cannot_be_read(self):
        with self.fails("tiny: what file://", "cannot be read: ReadError"):
            fetch.obtain(tiny(self.source(), converter="cuffbarton"), self.cache)
        self.assert_nothing_left()

    def test_cache_is_used_and_mended(self):
        source = self.source()
        path = fetch.obtain(tiny(source), self.cache)
        self.assertEqual(fetch.obtain(tiny((self.folder / "nowhere.csv").as_uri()), self.cache), path)
        self.packed("cache/tiny.ssfa.gz", b"other")
        with contextlib.redirect_stderr(io.StringIO()) as said:
            fetch.obtain(tiny(source), self.cache)
        self.assertIn("fetched anew", said.getvalue())
        self.assertEqual(gzip.decompress(path.read_bytes()), CONTENT)

    def test_damaged_cache_is_mended(self):
        source = self.source()
        path = fetch.obtain(tiny(source), self.cache)
        path.write_bytes(path.read_bytes()[:-9])
        with contextlib.redirect_stderr(io.StringIO()):
            fetch.obtain(tiny(source), self.cache)
        self.assertEqual(gzip.decompress(path.read_bytes()), CONTENT)

    def test_progress_is_for_terminals(self):
        with contextlib.redirect_stderr(io.StringIO()) as said:
            fetch.obtain(tiny(self.source()), self.cache)
        self.assertEqual(said.getvalue(), "")


class Mirror(Folder):
    INK = b'{"id":"a","text":"x"}\n{"id":"b","text":"yz"}\n{"id":"c","text":"x"}\n'

    def test_found_by_name_in_any_folder(self):
        path = self.packed("mirror/protein/tiny.ssfa.gz", CONTENT)
        self.assertEqual(fetch.obtain(tiny(), self.cache, self.folder / "mirror"), path)
        self.assert_nothing_left()

    def test_plain_content_counts_not_gzip_bytes(self):
        path = self.write("mirror/tiny.ssfa.gz", gzip.compress(CONTENT[:9], 1) + gzip.compress(CONTENT[9:], 9))
        self.assertEqual(fetch.obtain(tiny(), self.cache, self.folder / "mirror"), path)

    def test_wrong_hash_is_refused(self):
        self.packed("mirror/tiny.ssfa.gz", CONTENT.replace(b"K", b"R"))
        with self.fails("tiny: wrong hash", "mirror"):
            fetch.obtain(tiny(), self.cache, self.folder / "mirror")

    def test_truncated_copy_is_refused(self):
        self.packed("mirror/tiny.ssfa.gz", CONTENT).write_bytes(gzip.compress(CONTENT)[:-9])
        with self.fails("tiny: wrong hash", "found    damaged gzip"):
            fetch.obtain(tiny(), self.cache, self.folder / "mirror")

    def test_two_files_of_one_name(self):
        self.packed("mirror/a/tiny.ssfa.gz", CONTENT)
        self.packed("mirror/b/tiny.ssfa.gz", CONTENT)
        fetch.obtain(tiny(), self.cache, self.folder / "mirror")
        self.packed("mirror/b/tiny.ssfa.gz", b"other")
        with self.fails("holds different files of the name tiny.ssfa.gz"):
            fetch.obtain(tiny(), self.cache, self.folder / "mirror")

    def test_subset_by_a_list_of_ids(self):
        part = b'{"id":"a","text":"x"}\n{"id":"c","text":"x"}\n'
        benchmark = tiny(content=part, task="ink", file="all.some.jsonl.gz", subsetOf="all.jsonl.gz")
        self.packed("mirror/ink/all.jsonl.gz", self.INK)
        self.assertIsNone(fetch.obtain(benchmark, self.cache, self.folder / "mirror"))
        self.write("mirror/ink/splits/all.some.ids", "c\na\n")
        path = fetch.obtain(benchmark, self.cache, self.folder / "mirror")
        self.assertEqual(gzip.decompress(path.read_bytes()), part)

    def test_what_is_missing(self):
        mirror = self.folder / "mirror"
        self.packed("mirror/tiny.ssfa.gz", CONTENT)
        ink = tiny(name="lines", task="ink", file="lines.jsonl.gz")
        with contextlib.redirect_stderr(io.StringIO()) as said:
            found = fetch.obtain_all([tiny(), ink], self.cache, mirror)
        self.assertEqual([benchmark.name for benchmark, _ in found], ["tiny"])
        self.assertIn("left out", said.getvalue())
        with self.fails("holds no more.ssfa.gz"):
            fetch.obtain_all([tiny(), tiny(name="more", file="more.ssfa.gz")], self.cache, mirror)
        with self.fails("nowhere is no folder"):
            fetch.obtain(tiny(), self.cache, self.folder / "nowhere")


class Table(unittest.TestCase):
    def test_sets_are_complete(self):
        sets = load_sets()
        self.assertEqual(len({each.name for each in sets}), len(sets))
        for each in sets:
            self.assertRegex(each.sha256, "^[0-9a-f]{64}$")
            self.assertTrue(each.records and each.counted and each.terms and each.title)
            if each.source:
                self.assertIn(each.converter, converters.CONVERTERS)
                self.assertRegex(each.source, "/[0-9a-f]{40}(/|$)", "a source must be pinned to a commit")
        with self.assertRaises(BenchmarkError):
            choose_sets(["cb513", "nothing"], sets)

    def test_published_figures_are_complete(self):
        for entry in json.loads((run.PROJECT / "data/published.json").read_text(encoding="utf-8")):
            self.assertIn(entry["task"], ("protein", "ink"))
            self.assertIn(entry["measure"], ("Q3", "Q8", "SOV", "CER", "WER"))
            self.assertIn(entry["comparable"], ("same set and mask", "same set, mask may differ", "other set"))
            self.assertEqual(entry["ourSet"] is None, entry["comparable"] == "other set")
            self.assertTrue(0 < entry["value"] < 100 and entry["source"] and entry["caveat"])
            if entry["ourSet"]:
                choose_sets([entry["ourSet"]], load_sets())

    def test_citation(self):
        self.assertEqual(tables.citation("Doe J, Roe R, 2021, Journal 1:2-3, doi:10.1/a.b"), "[Doe 2021](https://doi.org/10.1/a.b)")
        self.assertEqual(tables.citation("example.org/some/page"), "example.org/some/page")

    def test_sections_are_replaced_between_their_markers(self):
        text = "a\n<!-- benchmark:ink -->\nold\n<!-- /benchmark:ink -->\nb\n"
        new = tables.replace_section(text, "ink", "new", "README")
        self.assertEqual(new, "a\n<!-- benchmark:ink -->\nnew\n<!-- /benchmark:ink -->\nb\n")
        for wrong in ("", text + text, "<!-- /benchmark:ink --><!-- benchmark:ink -->"):
            with self.assertRaises(BenchmarkError):
                tables.replace_section(wrong, "ink", "new", "README")


PROGRAM = """#!{python}
import json, sys
figure = {{"value": {q3}, "lower": 0.5, "upper": 0.75}}
report = {{"file": "tiny.ssfa.gz", "model": "m", "mask": "k", "reduction": "r", "interval": "i", "chains": 2, "residues": 6,
          "labelledResidues": 4, "threeStates": {{"accuracy": figure, "chainAccuracy": figure, "states": []}}}}
json.dump([report], open(sys.argv[sys.argv.index("--json") + 1], "w"))
"""


class Running(Folder):
    def program(self, q3):
        path = self.write("strand", PROGRAM.format(python=sys.executable, q3=q3))
        path.chmod(0o755)
        return str(path)

    def run_program(self, *arguments, q3=0.625):
        self.packed("mirror/tiny.ssfa.gz", CONTENT)
        patches = [
            mock.patch.object(run, "load_sets", lambda: [tiny()]), mock.patch.object(run, "RESULTS", self.folder / "results"),
            mock.patch.object(sys, "argv", ["run.py", "--strand", self.program(q3), "--cache", str(self.cache), "--mirror",
                                            str(self.folder / "mirror"), *arguments])]
        with contextlib.ExitStack() as stack:
            for patch in patches:
                stack.enter_context(patch)
            stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
            output = stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
            return run.main(), output.getvalue()

    def test_writes_checks_and_finds_differences(self):
        page = self.write("README.md", "# x\n<!-- benchmark:protein -->\n<!-- /benchmark:protein -->\n")
        options = ["--page", str(page)]
        self.assertFalse(self.run_program("--check", *options)[0])
        self.assertTrue(self.run_program(*options)[0])
        row = "| tiny | 2 | 4 of 6 | 62.5 [50.0, 75.0] |  |  |  |  |  |"  # no eight states, no SOV
        self.assertIn(row, page.read_text())
        self.assertIn(row, (self.folder / "results/benchmarks.md").read_text())
        self.assertTrue(self.run_program("--check", *options)[0])
        self.assertTrue(self.run_program("--check", *options, q3=0.6255)[0], "within the tolerance")
        self.assertFalse(self.run_program("--check", *options, q3=0.627)[0])
        page.write_text(page.read_text().replace("62.5", "63.5"))
        self.assertFalse(self.run_program("--check", *options)[0])
        self.assertIn("63.5", page.read_text(), "a check writes nothing")

    def test_page_without_markers_is_left_alone(self):
        page = self.write("README.md", "# x\n")
        self.assertTrue(self.run_program("--page", str(page))[0])
        self.assertEqual(page.read_text(), "# x\n")

    def test_chosen_sets_are_only_shown(self):
        _, output = self.run_program("--sets", "tiny")
        self.assertIn("| tiny |", output)
        self.assertFalse((self.folder / "results").exists())

    def test_other_counts_are_an_error(self):
        with self.fails("tiny: strand counts 3 records and 4 places, sets.json 2 and 4"):
            run.expect_counts(tiny(), 3, 4)

    def test_program_that_is_missing(self):
        with self.fails("make build"):
            run.evaluate(self.folder / "nothing", [])


if __name__ == "__main__":
    unittest.main()
