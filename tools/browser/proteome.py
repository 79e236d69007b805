"""Checks the page of a proteome against the data in it."""
import base64
import csv
import gzip
import io
import json
import re
from pathlib import Path

from reader import downloaded, equal, first_paint, opened, texts


def proteome_data(path):
    """What a page of a proteome holds, read without its scripts: about, rows, letters and marks of all residues."""
    html = Path(path).read_text()
    about, rows, blocks = (re.findall(rf"<script [^>]*{mark}[^>]*>([^<]*)</script>", html)
                           for mark in ('id="about"', 'id="rows"', 'class="block"'))
    rows, *blocks = [gzip.decompress(base64.b64decode(text)) for text in rows + blocks]
    letters = b"".join(block[:len(block) // 2] for block in blocks).decode()
    marks = b"".join(block[len(block) // 2:] for block in blocks)
    return json.loads(about[0]), json.loads(rows), letters, marks


def check_proteome(chromium, path):
    about, rows, letters, marks = proteome_data(path)
    states, ids, lengths, count = about["states"], rows["ids"], rows["lengths"], len(rows["ids"])
    with opened(chromium, Path(path).resolve().as_uri(), permissions=["clipboard-read", "clipboard-write"]) as page:
        page.wait_for_selector("tbody tr")
        print(f"    {count:,} chains: rows after {page.evaluate('performance.now()'):.0f} ms, {first_paint(page)}")
        equal("totals", texts(page, "#totals b")[:2], [f"{count:,}", f"{sum(lengths):,}"])
        equal("the first page", texts(page, "tbody th"), ids[:50])
        for title, values in (("Length", lengths), (f"{states[0]} %", rows["shares"][states[0]])):
            for sign, direction in ((-1, "descending"), (1, "ascending")):
                page.click(f"thead button >> text='{title}'")
                order = sorted(range(count), key=lambda k: sign * values[k])
                equal(f"{title}, {direction}", texts(page, "tbody th"), [ids[k] for k in order[:50]])
                equal("which is said", texts(page, f"th[aria-sort={direction}]"), [title])
            page.click(f"thead button >> text='{title}'")
        shortest, word = sorted(lengths)[count // 2], ids[0][:4].lower()
        page.fill("#filter", word)
        page.fill("#shortest", str(shortest))
        found = [word in f"{id}\n{description}".lower() for id, description in zip(ids, rows["descriptions"])]
        chosen = [k for k in range(count) if lengths[k] >= shortest and found[k]]
        equal("found", page.inner_text("#found"), f"{len(chosen):,} of {count:,} chains")
        equal("the filtered rows", texts(page, "tbody th"), [ids[k] for k in chosen[:50]])
        table = csv.reader(io.StringIO(downloaded(page, "#download-table")[1]), delimiter="\t", quoting=csv.QUOTE_NONE)
        shares = [[f"{rows['shares'][state][k] / 1000:.3f}" for state in states] for k in chosen]
        equal("the table's file", [row[:3 + len(states)] for row in table][1:],
              [[ids[k], rows["descriptions"][k], str(lengths[k]), *share] for k, share in zip(chosen, shares)])
        page.fill("#filter", "")
        page.fill("#shortest", "")
        while page.is_enabled(".pager button >> nth=1"):
            page.click(".pager button >> nth=1")
        equal("the last page", texts(page, "tbody th"), ids[(count - 1) // 50 * 50:])
        page.click("tbody button.open >> nth=-1")
        page.press(".strip-scroll", "End")
        step = marks[-1] >> 4
        confidence = [f"confidence {step / 16:.2f}–{(step + 1) / 16:.2f}"] if about["hasConfidence"] else []
        equal("the last residue", texts(page, ".readout > *")[::2], [f"{letters[-1]} {lengths[-1]}", *confidence])
        page.click(".opened > button")
        labels = "".join((states + "-" * 16)[mark & 15] for mark in marks[-lengths[-1]:])
        header = f"{ids[-1]} {rows['descriptions'][-1]}".strip()
        copied = page.evaluate("navigator.clipboard.readText()")
        equal("a copied chain", copied, f">{header}\n{letters[-lengths[-1]:]}\n{labels}\n")
