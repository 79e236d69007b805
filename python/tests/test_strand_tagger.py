"""Tests of the package, as it is installed: Python and numpy alone. Others are used where they are installed.

    python -m unittest discover python/tests
"""

import concurrent.futures
import gzip
import json
import multiprocessing
import os
import pickle
import resource
import subprocess
import tempfile
import unittest
import warnings

import numpy as np

import strand_tagger
from strand_tagger.measures import program_path

THIOREDOXIN = (
    "MVKQIESKTAFQEALDAAGDKLVVVDFSATWCGPCKMIKPFFHSLSEKYSNVIFLEVDVDDCQDVASECEVKCMPTFQFFKKGQKVGEFSGANKEKLEATINELV"
)
CHAINS = {"thioredoxin of man": THIOREDOXIN, "short": "G", "mixed": "acdefGHIKLMNPQRSTVWYxbzuoj*ACDEF"}


def imported(name):
    try:
        return __import__(name)
    except ImportError:
        raise unittest.SkipTest(f"{name} is not installed") from None


def labels_of(sequence):
    return strand_tagger.label([sequence])[0].labels


class Folder(unittest.TestCase):
    """Tests with a folder of their own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        data = text.encode("utf-8")
        with (gzip.open if name.endswith(".gz") else open)(path, "wb") as file:
            file.write(data)
        return path


class Labels(Folder):
    def fasta(self, name="chains.fa"):
        return self.write(name, "".join(f">{header}\n{sequence}\n" for header, sequence in CHAINS.items()))

    def test_are_those_of_the_program(self):
        chains = strand_tagger.label(CHAINS)
        path = os.path.join(self.folder, "program.jsonl")
        strand_tagger.run_program("label", "--format", "jsonl", "--states", "8", "-o", path, self.fasta())
        with open(path) as file:
            expected = [json.loads(line) for line in file]
        eight = strand_tagger.label(CHAINS, states=8)
        self.assertEqual([chain.id for chain in eight], ["thioredoxin", "short", "mixed"])
        for chain, row in zip(eight, expected):
            self.assertEqual(chain.labels, row["labels"])
            self.assertEqual(chain.states, "HGIEBTSC")
        text = strand_tagger.run_program("label", self.fasta())
        self.assertEqual("".join(f">{c.header}\n{c.sequence}\n{c.labels}\n" for c in chains), text)

    def test_probabilities(self):
        chains, eight = strand_tagger.label(CHAINS), strand_tagger.label(CHAINS, states=8)
        for three, all_states in zip(chains, eight):
            self.assertEqual((three.probabilities.shape, three.probabilities.dtype), ((len(three), 3), np.float32))
            np.testing.assert_allclose(three.probabilities.sum(1), 1, atol=1e-5)
            np.testing.assert_allclose(three.probabilities[:, 0], all_states.probabilities[:, :3].sum(1), atol=1e-6)
            self.assertEqual("".join("HEC"[k] for k in three.probabilities.argmax(1)), three.labels)
            np.testing.assert_array_equal(three.confidence, three.probabilities.max(1))
        self.assertIs(chains[0].probabilities.base, chains[1].probabilities.base)

    def test_take_what_people_have(self):
        expected = [chain.labels for chain in strand_tagger.label(CHAINS)]

        def labels(chains):
            return [chain.labels for chain in strand_tagger.label(chains)]

        self.assertEqual(labels(list(CHAINS.values())), expected)
        self.assertEqual(labels(CHAINS.items()), expected)
        self.assertEqual(labels(iter(CHAINS.values())), expected)
        self.assertEqual(labels(np.array(list(CHAINS.values()))), expected)
        self.assertEqual(labels(self.fasta()), expected[:2] + expected[2:])
        self.assertEqual(labels(self.fasta("chains.fa.gz")), expected)
        self.assertEqual(labels(strand_tagger.read_fasta(self.fasta())), expected)
        self.assertEqual(labels([]), [])
        unnamed = strand_tagger.label(list(CHAINS.values()))
        self.assertEqual([chain.id for chain in unnamed], ["1", "2", "3"])

    def test_take_records_of_biopython(self):
        imported("Bio")
        from Bio import SeqIO

        records = list(SeqIO.parse(self.fasta(), "fasta"))
        found = strand_tagger.label(records)
        self.assertEqual([chain.header for chain in found], list(CHAINS))
        self.assertEqual([chain.labels for chain in found], [chain.labels for chain in strand_tagger.label(CHAINS)])
        self.assertEqual(strand_tagger.label([records[0].seq])[0].labels, found[0].labels)

    def test_take_columns_of_tables(self):
        expected = [chain.labels for chain in strand_tagger.label(CHAINS)]
        for name, table in [
            ("pandas", lambda m: m.DataFrame({"sequence": [None]})), ("polars", lambda m: m.DataFrame({"sequence": ["M"]})),
        ]:
            with self.subTest(name), self.assertRaisesRegex(ValueError, "a table: give its column"):
                strand_tagger.label(table(imported(name)))
        for name, column in [
            ("pandas", lambda m: m.Series(["MK", None])), ("pyarrow", lambda m: m.array(["MK", None])),
            ("pandas", lambda m: m.DataFrame({"id": ["a", "b"], "seq": ["MK", None]}).itertuples(index=False)),
        ]:
            with self.subTest(name), self.assertRaisesRegex(ValueError, "chain 2: its sequence is missing"):
                strand_tagger.label(column(imported(name)))
        for name, column in [
            ("pandas", lambda m: m.Series(list(CHAINS.values()))),
            ("polars", lambda m: m.Series(list(CHAINS.values()))),
            ("pyarrow", lambda m: m.array(list(CHAINS.values()))),
        ]:
            with self.subTest(name):
                found = strand_tagger.label(column(imported(name)))
                self.assertEqual([chain.labels for chain in found], expected)

    def test_do_not_depend_on_company_or_threads(self):
        many = [THIOREDOXIN[k:] + THIOREDOXIN[:k] for k in range(100)] * 10
        one = strand_tagger.Labeller(threads=1, states=8)
        two = strand_tagger.Labeller(threads=2, states=8)
        for first, second in zip(one.label(many), two.label(many)):
            np.testing.assert_array_equal(first.probabilities, second.probabilities)
        np.testing.assert_array_equal(one.label([THIOREDOXIN])[0].probabilities, one.label(many)[0].probabilities)

    def test_other_models(self):
        disorder = strand_tagger.label([THIOREDOXIN], model="disorder")[0]
        self.assertEqual(disorder.states, "DO")
        self.assertLessEqual(set(disorder.labels), set("DO"))
        labeller = strand_tagger.Labeller("disorder", precision="fp32", threads=1)
        self.assertEqual(len(labeller.sha256), 64)
        self.assertTrue(labeller.arithmetic.startswith("fp32"))
        self.assertIn("1 threads", repr(labeller))

    def test_profiles(self):
        rows = np.full((len(THIOREDOXIN), 21), 0.01, np.float32)
        rows[np.arange(len(rows)), np.arange(len(rows)) % 20] = 0.81
        labeller = strand_tagger.Labeller("profile")
        with_profile, alone = labeller.label([THIOREDOXIN, THIOREDOXIN], features=[rows, None])
        self.assertNotEqual(with_profile.labels, alone.labels)
        self.assertEqual(alone.labels, labels_of(THIOREDOXIN))
        path = self.write("family.a3m", ">query\nMKTAYIAKQRQISFVKSHF\n>b\nMRTAWIAKNRQLSFIKTHY\n>c\n-KTSYLAREKQVSFVRSHF\n")
        record = next(strand_tagger.read_alignments(path))
        self.assertEqual(record.profile.shape, (19, 21))
        program = strand_tagger.run_program("label", "--alignments", path).splitlines()
        self.assertEqual(labeller.label([record])[0].labels, program[2])
        with self.assertRaisesRegex(strand_tagger.InputError, r"features \(5, 21\), and \(105, 21\) are needed"):
            labeller.label([THIOREDOXIN], features=[rows[:5]])
        with self.assertRaisesRegex(ValueError, "more chains"):
            labeller.label([THIOREDOXIN, THIOREDOXIN], features=[rows])
        with self.assertRaisesRegex(ValueError, "more chains than"):
            labeller.label([THIOREDOXIN], features=[rows, rows])
        with self.assertRaisesRegex(ValueError, 'take Labeller\\("profile"\\)'):
            strand_tagger.label([record])
        with self.assertRaisesRegex(ValueError, "a list with an array"):
            labeller.label([THIOREDOXIN], features=rows)
        masked = np.ma.masked_all(rows.shape)
        with self.assertRaisesRegex(strand_tagger.InputError, "20 frequencies"):
            labeller.label([THIOREDOXIN], features=[masked])

    def test_segments_and_pickles(self):
        chain = strand_tagger.label({"a b": THIOREDOXIN})[0]
        self.assertEqual("".join(label * (end - start) for label, start, end in chain.segments()), chain.labels)
        copy = pickle.loads(pickle.dumps(chain))
        self.assertEqual((copy.header, copy.labels), (chain.header, chain.labels))
        np.testing.assert_array_equal(copy.probabilities, chain.probabilities)
        self.assertIn("105 residues", repr(chain))
        labeller = pickle.loads(pickle.dumps(strand_tagger.Labeller("disorder", threads=1)))
        self.assertEqual((labeller.states, labeller.threads), ("DO", 1))
        self.assertEqual(strand_tagger.LabelledChain("a", "", "", np.zeros((0, 3)), "HEC").segments(), [])

    def test_say_what_is_wrong(self):
        for chains, text in [
            ({"a": "MK", "b": "M-K"}, "chain 'b', residue 2: '-' is not a letter"),
            ({"a": "MK", "b": ""}, "chain 'b' has no residues"),
            ({"a": "MKé"}, "chain 'a': 'é' is not a letter"),
            ("/no/such.fa", "/no/such.fa: "),
            ("MKTAYIAK", r"there is no file 'MKTAYIAK'; of a sequence give a list: \['MKTAYIAK'\]"),
            (self.write("bad.fa", ">a\nMK1\n"), "bad.fa:2: "),
        ]:
            with self.subTest(text), self.assertRaisesRegex(strand_tagger.InputError, text):
                strand_tagger.label(chains)
        for chains, text in [
            ([1], "chain 1: its sequence is a int; give sequences"),
            (["MK", None], "chain 2: its sequence is missing"),
            ({"a": float("nan")}, "chain 1: its sequence is missing"),
            ([("MK", 3)], "chain 1: its sequence is a int"),
            ([list("MK")], "chain 1: its sequence is a list"),
            ([strand_tagger.Record("a", None)], "chain 1: its sequence is missing"),
            (None, "chains as NoneType"),
            (b"MK", "chains as bytes"),
        ]:
            with self.subTest(text), self.assertRaisesRegex(ValueError, text):
                strand_tagger.label(chains)
        with self.assertRaisesRegex(strand_tagger.InputError, "has a line end in it"):
            strand_tagger.label([("a\n>b", "MK")])
        with self.assertRaisesRegex(ValueError, "states=8.0"):
            strand_tagger.label([THIOREDOXIN], states=8.0)
        self.assertEqual(strand_tagger.label([THIOREDOXIN], states=8)[0].states, "HGIEBTSC")
        with self.assertRaisesRegex(ValueError, "this model labels with DO, give None"):
            strand_tagger.label([THIOREDOXIN], model="disorder", states=8)
        with self.assertRaises(AttributeError):
            strand_tagger.Labeller().states = "H"
        for threads in (0, 5000, 2**32 + 1, 1.5):
            with self.assertRaisesRegex(ValueError, "threads="):
                strand_tagger.Labeller(threads=threads)
        with self.assertRaisesRegex(ValueError, "states=5"):
            strand_tagger.label([THIOREDOXIN], states=5)
        with self.assertRaisesRegex(strand_tagger.ModelError, "/no/such.safetensors"):
            strand_tagger.Labeller("/no/such.safetensors")
        with self.assertRaisesRegex(ValueError, "use Reader"):
            strand_tagger.Labeller("ink")
        with self.assertRaisesRegex(ValueError, "precision 'half'"):
            strand_tagger.Labeller(precision="half")

    def test_repairs_are_told(self):
        path = self.write("stop.fa", ">a\nMKTAYU*\n")
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            records = list(strand_tagger.read_fasta(path))
        self.assertEqual([(record.id, record.sequence) for record in records], [("a", "MKTAYU")])
        self.assertEqual([type(warning.message) for warning in caught], [strand_tagger.RepairWarning])
        self.assertEqual(next(strand_tagger.read_fasta(self.write("g.fa", ">a\nM-K\n"), ungap=True)).sequence, "MK")

    def test_a_stream_takes_bounded_memory(self):
        labeller = strand_tagger.Labeller()
        for _ in labeller.stream(THIOREDOXIN for _ in range(2000)):
            pass
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in labeller.stream(THIOREDOXIN for _ in range(20000)):
            pass
        self.assertLess(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, 20_000)  # kB; all would take 25 MB


class Processes(unittest.TestCase):
    def test_threads(self):
        expected = labels_of(THIOREDOXIN)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: strand_tagger.label([THIOREDOXIN])[0].labels, range(60)))
        self.assertEqual(set(found), {expected})

    def test_forks_and_spawned_processes(self):
        expected = labels_of(THIOREDOXIN)  # the model is loaded and its threads run
        for method in ("fork", "spawn"):
            with self.subTest(method), warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                with multiprocessing.get_context(method).Pool(2) as pool:
                    self.assertEqual(pool.map(labels_of, [THIOREDOXIN] * 6), [expected] * 6)


class InkTests(unittest.TestCase):
    BARS = [[(0, 0), (0, 10), (0, 20)], [(8, 0), (8, 10), (8, 20)]]

    def test_reads(self):
        timed = [[(x, y, 10.0 * k) for k, (x, y) in enumerate(stroke)] for stroke in self.BARS]
        first, second, empty = strand_tagger.read([self.BARS, timed, []])
        self.assertEqual(first.text, second.text)
        self.assertEqual(first.text, "".join(character.text for character in first.characters))
        self.assertTrue(first.text)
        self.assertIsNone(first.characters[0].time)
        self.assertEqual(second.characters[0].time[0], 0)
        self.assertEqual(first.characters[0].ink[0].stroke, 0)
        self.assertEqual((empty.text, empty.characters), ("", ()))

    def test_searches(self):
        reader = strand_tagger.Reader(language_model=True, alternatives=3, threads=1)
        reading = reader.read([self.BARS])[0]
        self.assertEqual(reading.alternatives[0], (reading.text, reading.probability))
        self.assertGreaterEqual(len(reading.alternatives), 2)
        digits = strand_tagger.Reader(only="01").read([self.BARS])[0]
        self.assertLessEqual(set(digits.text), set("01"))
        self.assertIn("a", reader.characters)

    def test_says_what_is_wrong(self):
        with self.assertRaisesRegex(ValueError, r"sample 0: a stroke of shape \(2,\)"):
            strand_tagger.read([[[1, 2]]])
        with self.assertRaisesRegex(strand_tagger.InputError, "sample 250, stroke 1, point 1: nan is no coordinate"):
            strand_tagger.read([self.BARS] * 250 + [[[(0, 0)], [(0, 0), (float("nan"), 1)]]])
        for options in ({"beam": 2**32 + 1}, {"alternatives": 2.0}, {"only": "1\0"}, {"only": b"1"}):
            with self.assertRaisesRegex(ValueError, "give"):
                strand_tagger.Reader(**options)
        with self.assertRaisesRegex(ValueError, "cannot read 'é'"):
            strand_tagger.Reader(only="é").read([self.BARS])


class Measures(Folder):
    def test_the_program_is_there(self):
        self.assertEqual(strand_tagger.run_program("--version").strip(), strand_tagger.__version__)
        self.assertTrue(os.access(program_path(), os.X_OK))
        with self.assertRaisesRegex(strand_tagger.StrandError, "/no/such.fa"):
            strand_tagger.run_program("label", "/no/such.fa")

    def test_scores(self):
        chains = strand_tagger.label(CHAINS)
        self.assertEqual(strand_tagger.score(chains, chains)[0]["threeStates"]["accuracy"]["value"], 1)
        truth = self.write("truth.ssfa", f">a\n{THIOREDOXIN}\n{'H' * 105}\n")
        predicted = [strand_tagger.LabelledChain("a", THIOREDOXIN, "H" * 42 + "C" * 63, np.zeros((105, 3)), "HEC")]
        self.assertAlmostEqual(strand_tagger.score(truth, predicted)[0]["threeStates"]["accuracy"]["value"], 0.4)
        figures = strand_tagger.evaluate(truth)[0]
        share = labels_of(THIOREDOXIN).count("H") / 105
        self.assertAlmostEqual(figures["threeStates"]["accuracy"]["value"], share)


class Remote(Folder):
    """`Client`, against a server of its own."""

    def setUp(self):
        super().setUp()
        self.token = "0123456789abcdef"
        self.server = subprocess.Popen(
            [program_path(), "serve", "--port", "0", "--quiet", "--token", self.token], stderr=subprocess.PIPE, text=True
        )
        self.address = self.server.stderr.readline().split()[3].split("#")[0]
        self.client = strand_tagger.Client(self.address, token=self.token)

    def tearDown(self):
        self.server.terminate()
        self.server.communicate(timeout=30)
        self.assertEqual(self.server.returncode, 0)
        super().tearDown()

    def test_labels(self):
        own = strand_tagger.label(CHAINS, states=8)
        names = {chain.id: chain.sequence for chain in own}
        for given in (names, list(names.items()), "".join(f">{name}\n{names[name]}\n" for name in names)):
            chains = list(self.client.label(given, states=8))
            self.assertEqual([chain["labels"] for chain in chains], [chain.labels for chain in own])
            self.assertEqual([chain["id"] for chain in chains], list(names))
        np.testing.assert_allclose(chains[0]["probabilities"]["H"], own[0].probabilities[:, 0], atol=1e-4)
        many = [own[0].sequence] * 1000
        self.assertEqual({chain["labels"] for chain in self.client.label(many, states=8)}, {own[0].labels})
        self.assertEqual(set("".join(chain["labels"] for chain in self.client.label(names, task="disorder"))) - set("DO"), set())

    def test_texts(self):
        strokes = [[[0, 0], [0, 10], [0, 20]], [[0, 10], [8, 10]], [[8, 0], [8, 10], [8, 20]]]
        reading = self.client.read(strokes, language_model=True, alternatives=3)
        self.assertEqual(reading["text"], "H")
        # O, 0 or o; what is read without doubt, as the H, has fewer.
        ring = [[[10, 0], [3, 3], [0, 10], [3, 17], [10, 20], [17, 17], [20, 10], [17, 3], [10, 0]]]
        self.assertEqual(len(self.client.read(ring, language_model=True, alternatives=3)["alternatives"]), 3)
        self.assertEqual(self.client.read(strokes)["text"], strand_tagger.read([strokes])[0].text)

    def test_what_is_refused(self):
        with self.assertRaisesRegex(strand_tagger.InputError, r"sequences\[0\], residue 2: not a letter"):
            list(self.client.label(["M1"]))
        with self.assertRaisesRegex(strand_tagger.StrandError, "asks for a token"):
            strand_tagger.Client(self.address).models()
        with self.assertRaisesRegex(strand_tagger.StrandError, "http://127.0.0.1:1: "):
            strand_tagger.Client("http://127.0.0.1:1").models()
        self.assertEqual([model["task"] for model in self.client.models()], ["structure", "disorder", "profile", "ink"])


class Tables(Folder):
    def test_arrow_and_parquet(self):
        imported("pyarrow")
        import pyarrow.parquet as pq

        chains = strand_tagger.label(CHAINS)
        table = strand_tagger.to_arrow(chains)
        self.assertEqual(table.column_names, ["id", "header", "sequence", "labels", "confidence", "p_H", "p_E", "p_C"])
        self.assertEqual(table["labels"].to_pylist(), [chain.labels for chain in chains])
        np.testing.assert_array_equal(table["p_E"][0].values.to_numpy(), chains[0].probabilities[:, 1])
        path = os.path.join(self.folder, "chains.parquet")
        self.assertEqual(strand_tagger.write_parquet(iter(chains), path), 3)
        stored = pq.read_table(path)
        self.assertTrue(stored.drop(["p_H", "p_E", "p_C"]).equals(table.drop(["p_H", "p_E", "p_C"])))
        for name in ("p_H", "p_E", "p_C"):
            values, exact = stored[name][0].values.to_numpy(), table[name][0].values.to_numpy()
            np.testing.assert_array_equal(values, np.round(exact * 4096) / 4096)
        np.testing.assert_allclose(table["confidence"][0].as_py(), chains[0].confidence.mean(), rtol=1e-5)
        self.assertEqual(strand_tagger.write_parquet(chains, path, bits=None), 3)
        self.assertTrue(pq.read_table(path).equals(table))
        empty = strand_tagger.to_arrow([])
        self.assertEqual((empty.num_rows, set(empty.schema)), (0, set(table.schema)))

        def broken():
            yield chains[0]
            raise RuntimeError("stopped")

        with self.assertRaises(RuntimeError):
            strand_tagger.write_parquet(broken(), os.path.join(self.folder, "half.parquet"))
        self.assertEqual(os.listdir(self.folder), ["chains.parquet"])

    def test_pandas_and_polars(self):
        chains = strand_tagger.label(CHAINS)
        for name, make in [("pandas", strand_tagger.to_pandas), ("polars", strand_tagger.to_polars)]:
            with self.subTest(name):
                imported(name)
                frame = make(chains)
                self.assertEqual(list(frame.columns), ["id", "residue", "amino_acid", "label", "p_H", "p_E", "p_C"])
                self.assertEqual("".join(frame["label"]), "".join(chain.labels for chain in chains))
                self.assertEqual(list(frame["residue"])[-1], len(chains[-1]))

    def test_what_is_there_keeps_its_place(self):
        chains = strand_tagger.label(CHAINS)
        target, link = os.path.join(self.folder, "target.ssfa"), os.path.join(self.folder, "link.ssfa")
        with open(target, "w"):
            os.chmod(target, 0o640)
        os.symlink(target, link)
        strand_tagger.write_labelled_fasta(chains, link)
        self.assertTrue(os.path.islink(link))
        self.assertEqual((os.stat(target).st_mode & 0o777, sorted(os.listdir(self.folder))), (0o640, ["link.ssfa", "target.ssfa"]))
        self.assertGreater(os.path.getsize(target), 100)
        strand_tagger.write_labelled_fasta(chains, "/dev/null")
        self.assertFalse(os.path.isfile("/dev/null"))
        with self.assertRaises(IsADirectoryError):
            strand_tagger.write_labelled_fasta(chains, self.folder)
        packed = os.path.join(self.folder, "chains.ssfa.gz")
        strand_tagger.write_labelled_fasta(chains, packed)
        with gzip.open(packed) as file, open(target, "rb") as plain:
            self.assertEqual(file.read(), plain.read())

    def test_labelled_fasta(self):
        path = os.path.join(self.folder, "chains.ssfa")
        self.assertEqual(strand_tagger.write_labelled_fasta(strand_tagger.label(CHAINS), path), 3)
        with open(path) as file:
            self.assertEqual(file.readline(), ">thioredoxin of man\n")


if __name__ == "__main__":
    unittest.main()
