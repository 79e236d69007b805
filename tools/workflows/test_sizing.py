"""Tests of sizing.py.

    python3 tools/workflows/test_sizing.py
"""
import sys
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

import sizing


class Sizing(unittest.TestCase):
    def test_shards_keep_all_machines_at_work(self):
        hour = 3600 * 1000
        self.assertEqual(sizing.shards_for(hour, 1000, 1, 1), 1)
        self.assertEqual(sizing.shards_for(hour * 7, 1000, 1, 1), 7)
        self.assertEqual(sizing.shards_for(hour * 7, 1000, 3, 1), 9)
        self.assertEqual(sizing.shards_for(hour * 7, 1000, 3, 0.5), 15)
        self.assertEqual(sizing.shards_for(1, 1000, 100, 1), 100)

    def test_time_is_labelling_and_reading(self):
        (row,) = sizing.time_rows(80e6 * 60, {"fp32": 80e6 / 60}, [2], 1)
        precision, machines, shards, minutes, hours, share = row
        self.assertEqual((precision, machines, shards), ("fp32", 2, 2))
        self.assertAlmostEqual(minutes, 31)
        self.assertAlmostEqual(hours, 31 / 60)
        self.assertAlmostEqual(share, 1 / 31)

    def test_sizes_are_shown(self):
        for size, text in (2.5e3, "2.5 kB"), (1.234e6, "1.23 MB"), (41.41e9, "41.4 GB"), (1.47e12, "1.47 TB"):
            self.assertEqual(sizing.shown(size), text)

    def test_readme_has_the_tables(self):
        text = sizing.document(sizing.parse([]))
        self.assertTrue(sizing.check(FOLDER / "README.md", text), "python3 tools/workflows/sizing.py prints them")

    def test_own_rates(self):
        text = sizing.document(sizing.parse(["--records", "1000", "--length", "100", "--rate", "mine=1e5", "--machines", "1"]))
        self.assertIn("| mine | 1 | 1 | 0 min | 0.0 h |", text)


if __name__ == "__main__":
    unittest.main()
