"""Uses the pages of `strand serve` and of a proteome as a reader would, in Chromium, and checks what they show.

    python pages.py .build/release/strand                              # starts the server itself
    python pages.py http://127.0.0.1:8080 --program .build/release/strand --proteome proteome.html

What the pages must show is asked of the program, or read from the data in the proteome's page.
The run ends at the first difference.
"""
import argparse
import contextlib
import ctypes
import gzip
import json
import re
import statistics
import subprocess
import urllib.request
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from proteome import check_proteome
from reader import SIZES, downloaded, equal, first_paint, opened, texts

EXAMPLES = Path(__file__).resolve().parents[2] / "data/examples"
PAGE_BYTES = 300_000
NAMES = {
    "H": "helix", "G": "3-10 helix", "I": "pi helix",
    "E": "strand", "B": "bridge", "T": "turn", "S": "bend", "C": "coil",
}

COUNT_DELAYS = """() => {
  window.delays = [];
  let up = 0;
  addEventListener("pointerup", () => (up = performance.now()), true);
  new MutationObserver(() => { if (up) delays.push(performance.now() - up); up = 0; })
    .observe(document.getElementById("letters"), { childList: true });
}"""
SCROLL = """async () => {
  const frames = [await new Promise(requestAnimationFrame)];
  for (let k = 0; k < 120; k += 1) {
    document.querySelector(".strip-scroll").scrollLeft += 60;
    frames.push(await new Promise(requestAnimationFrame));
  }
  return frames.slice(1).map((time, k) => time - frames[k]);
}"""
LANES = """(length) => {
  const canvas = document.querySelector(".strip canvas");
  const style = getComputedStyle(document.documentElement);
  const colours = [..."HEC"].map((state) => style.getPropertyValue(`--state-${state}`).trim());
  return Array.from({ length }, (_, i) => {
    const x = Math.round(16 + (i + 0.5) * (canvas.width - 16) / length);
    const pixels = canvas.getContext("2d").getImageData(x, 85, 1, 27).data;
    const hex = (y) => "#" + [0, 1, 2].map((k) => pixels[4 * y + k].toString(16).padStart(2, "0")).join("");
    const found = Array.from({ length: 27 }, (_, y) => colours.indexOf(hex(y))).find((k) => k >= 0);
    return "HEC"[found];
  }).join("");
}"""


def run(program, *options, data):
    done = subprocess.run([program, *options, "-"], input=data.encode(), capture_output=True, check=True)
    return done.stdout.decode()


def label(program, fasta, *options):
    lines = run(program, "label", "--format", "jsonl", *options, data=fasta).splitlines()
    return [json.loads(line) for line in lines]


@contextlib.contextmanager
def server(program):
    """The address of a server that runs for the time of the checks."""
    process = subprocess.Popen([program, "serve", "--port", "0", "--quiet"], stderr=subprocess.PIPE, text=True)
    try:
        yield re.search(r"http://[^/]+", process.stderr.readline())[0]
    finally:
        process.terminate()
        process.wait()


def samples():
    with gzip.open(EXAMPLES / "handwriting.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def draw(page, strokes, canvas="#pad", scale=0.25, margin=40):
    """Writes with the mouse, point by point."""
    box = page.locator(canvas).bounding_box()
    xs, ys = ([point[k] for stroke in strokes for point in stroke] for k in (0, 1))
    scale = min(scale, (box["width"] - 2 * margin) / max(1, max(xs) - min(xs)))
    for stroke in strokes:
        for k, (x, y, *_) in enumerate(stroke):
            page.mouse.move(box["x"] + margin + scale * (x - min(xs)), box["y"] + margin + scale * (y - min(ys)))
            if k == 0:
                page.mouse.down()
        page.mouse.up()


def text_becomes(page, text):
    page.wait_for_function("text => document.getElementById('text').value === text", arg=text, timeout=10_000)
    print(f"ok  reads {text!r}")


def percent(probability):
    return "<1 %" if 0 < probability < 0.005 else f"{int(100 * probability + 0.5)} %"


def check_reading(chromium, address, program):
    with opened(chromium, f"{address}/#write", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.evaluate(COUNT_DELAYS)
        for sample in (samples()[0], samples()[2]):
            page.evaluate("document.getElementById('clear').click()")
            draw(page, sample["strokes"])
            text_becomes(page, sample["text"])
        equal("the live region", page.inner_text("#spoken"), f"Text: {sample['text']}")
        name, ink = downloaded(page, "#download-ink")
        saved = json.loads(ink)
        times = [point[2] for stroke in saved["strokes"] for point in stroke]
        equal("the ink's file", (name, len(saved["strokes"])), ("ink.jsonl", len(sample["strokes"])))
        equal("its times", (times[0], times == sorted(times)), (0, True))
        reading = json.loads(run(program, "read", "--lm", "--format", "jsonl", "--n-best", "5", data=ink))
        others, chosen = reading["alternatives"], reading["alternatives"][1]["text"]
        equal("the program reads it", reading["text"], sample["text"])
        equal("characters", [b.get_attribute("aria-label") for b in page.locator("#letters button").all()], [
            f"{c['character'].replace(' ', 'space')} {percent(c['probability'])}" for c in reading["characters"]])
        equal("alternatives", texts(page, "#alternatives button"),
              [f"{other['text']} {percent(other['probability'])}" for other in others])
        page.click("#alternatives button >> nth=1")
        equal("the chosen text", page.input_value("#text"), chosen)
        equal("in the file", json.loads(downloaded(page, "#download-ink")[1])["text"], chosen)
        page.click("#copy")
        equal("copied", page.evaluate("navigator.clipboard.readText()"), chosen)
        page.uncheck("#english")
        text_becomes(page, run(program, "read", data=ink).rstrip("\n"))
        page.check("#english")
        text_becomes(page, sample["text"])
        page.keyboard.press("Control+z")
        fewer = json.dumps(saved | {"strokes": saved["strokes"][:-1]})
        text_becomes(page, run(program, "read", "--lm", data=fewer + "\n").rstrip("\n"))
        page.click("#clear")
        equal("cleared", (page.input_value("#text"), page.is_visible("#reading")), ("", False))
        for stroke in range(12):
            draw(page, [[[60 * stroke, 0], [60 * stroke, 300]]], margin=40 + 15 * stroke)
            page.wait_for_timeout(250)
        delays = page.evaluate("delays")
        median = statistics.median(delays)
        print(f"    pen-up to text: median {median:.0f} ms of {len(delays)}, at most {max(delays):.0f} ms")
        page.click("#ink-examples button >> nth=0")
        text_becomes(page, "strand")
        page.set_viewport_size({"width": 390, "height": 844})
        equal("after a change of size", page.input_value("#text"), "strand")


def check_teaching(chromium, address):
    with opened(chromium, f"{address}/#write") as page:
        page.click("#teach")
        prompts = []
        for _ in range(6):
            prompts.append(page.inner_text("#prompt"))
            draw(page, [[[0, 0], [200, 100], [400, 0]]], "#teach-pad")
            page.click("#teach-next")
        page.click("#teach-back")
        equal("back to a prompt", page.inner_text("#prompt"), prompts[-1])
        page.reload()
        page.click("#teach")
        equal("samples are kept", page.inner_text("#teach-state"), "Prompt 6 of 30, 6 written")
        files = dict(downloaded(page, selector) for selector in ("#download-training", "#download-validation"))
        found = {name: [json.loads(line) for line in text.splitlines()] for name, text in files.items()}
        equal("the files", {name: [sample["text"] for sample in lines] for name, lines in found.items()},
              {"my-hand.jsonl": prompts[:4] + prompts[5:], "my-hand-valid.jsonl": prompts[4:5]})
        validation = found["my-hand-valid.jsonl"][0]
        equal("a sample", (validation["id"], validation["writer"], len(validation["strokes"])), ("hand-05", "me", 1))
        page.once("dialog", lambda dialog: dialog.accept())
        page.click("#teach-delete")
        equal("samples are deleted", page.evaluate("localStorage.getItem('strand.hand')"), None)


def send(page, fasta=None):
    if fasta:
        page.fill("#sequences", fasta)
    page.click("#label")
    page.wait_for_selector("#progress", state="hidden")


def figures(chain):
    labels = chain["labels"]
    shares = [f"{state} {100 * labels.count(state) / len(labels):.1f} %" for state in chain["probabilities"]]
    return [f"{len(labels)} residues", *shares]


def readout(chain, k, *more):
    # The page keeps 32-bit floats.
    numbers = [f"{state} {ctypes.c_float(values[k]).value:.3f}" for state, values in chain["probabilities"].items()]
    state = chain["labels"][k]
    return [f"{chain['sequence'][k]} {k + 1}", f"{state} {NAMES[state]}", *numbers, *more]


def check_folding(chromium, address, program):
    fasta = (EXAMPLES / "proteins.fasta").read_text()
    three, eight = label(program, fasta), label(program, fasta, "--states", "8")
    disorder = label(program, fasta, "--task", "disorder")[2]["probabilities"]["D"]
    with opened(chromium, f"{address}/#fold", refusals=1) as page:
        page.check("#disorder")
        send(page, fasta)
        equal("ids", [title.split("\n")[0] for title in texts(page, ".chain h3")], [chain["id"] for chain in three])
        equal("figures", texts(page, ".figures >> nth=0 >> span")[:4], figures(three[0]))
        page.focus(".strip-scroll >> nth=2")
        for key in ("End", "Home", *["ArrowRight"] * 4, "Shift+ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
        expected = readout(three[2], 13, f"disorder {disorder[13]:.3f}")
        equal("the readout by keys", texts(page, ".readout >> nth=2 >> > *"), expected)
        equal("is spoken", page.get_attribute(".strip-scroll >> nth=2", "aria-valuenow"), "14")
        equal("colours of a strip", page.evaluate(LANES, len(three[0]["labels"])), three[0]["labels"])
        for form in ("tsv", "fasta", "ss2"):
            name, text = downloaded(page, f"#downloads [value={form}]")
            equal(f"{name} is as the program prints it", text, run(program, "label", "--format", form, data=fasta))

        page.check("[name=states][value='8']")
        page.uncheck("#disorder")
        packed = gzip.compress(fasta.encode())
        page.set_input_files("#file", {"name": "a.fasta.gz", "mimeType": "application/gzip", "buffer": packed})
        send(page)
        equal("eight states of a gzip file", texts(page, ".figures >> nth=1 >> span")[:9], figures(eight[1]))
        page.hover(".strip-scroll >> nth=1", position={"x": 400, "y": 40})
        residue = int(page.get_attribute(".strip-scroll >> nth=1", "aria-valuenow")) - 1
        equal("the readout by mouse", texts(page, ".readout >> nth=1 >> > *"), readout(eight[1], residue))
        equal("ss2 is for three states", page.is_disabled("#downloads [value=ss2]"), True)

        page.check("[name=states][value='3']")
        many = [f">chain{k}\n{'MKTAYIAKQR' * (1 + k % 7)}\n" for k in range(120)] + [f">long\n{'MKTAYIAKQL' * 500}\n"]
        send(page, "".join(many))
        residues = sum(len(chain.split("\n")[1]) for chain in many)
        equal("totals", page.inner_text("#totals"), f"121 chains, {residues:,} residues")
        equal("a page of chains", page.locator(".chain").count(), 50)
        page.click("#pager button >> nth=1")
        equal("the next page", page.inner_text(".chain h3 >> nth=0"), "chain50")
        page.fill("#search", "long")
        equal("found", texts(page, ".chain h3"), ["long"])
        for _ in range(8):
            page.click(".zoom button >> nth=1")
        frames = page.evaluate(SCROLL)
        print(f"    5,000 residues scroll: a frame in {statistics.median(frames):.1f} ms, at most {max(frames):.1f} ms")
        page.press(".strip-scroll", "End")
        equal("the last residue", page.inner_text(".readout b"), "L 5000")
        send(page, ">a\nMK!T\n")
        equal("an error is shown", "'!' at column 3" in page.inner_text("#fold-alert"), True)


def check_token(chromium, address):
    """A server that wants a token, played in front of the real one."""
    def guard(route):
        if route.request.headers.get("authorization") == "Bearer open-sesame-1234":
            return route.continue_()
        body = json.dumps({"title": "Unauthorized", "status": 401, "detail": "A token is needed."})
        return route.fulfill(status=401, content_type="application/problem+json", body=body)

    version = json.load(urllib.request.urlopen(f"{address}/v1/models"))["version"]
    with opened(chromium, f"{address}/#fold", refusals=2, route=guard) as page:
        page.fill("#token", "wrong")
        page.keyboard.press("Enter")
        page.wait_for_selector("#token-wrong:visible")
        page.fill("#token", "open-sesame-1234")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#version >> text='{version}'")
    with opened(chromium, f"{address}/#token=open-sesame-1234", route=guard) as page:
        page.wait_for_selector(f"#version >> text='{version}'")
        equal("the token leaves the address", page.evaluate("location.hash"), "#write")


def check_weight(chromium, address):
    with opened(chromium, "about:blank") as page:
        sizes = {}
        page.on("response", lambda response: sizes.update({response.url: len(response.body())}))
        page.goto(address, wait_until="networkidle")
        print(f"    the page: {sum(sizes.values()):,} bytes in {len(sizes)} files, {first_paint(page)}")
        equal(f"less than {PAGE_BYTES:,} bytes", sum(sizes.values()) < PAGE_BYTES, True)


def check_views(chromium, address, proteome, folder):
    """Each view in both sizes and schemes: no serious finding of axe, nothing wider than the screen; a picture."""
    views = {
        "write": (f"{address}/#write", "#ink-examples button >> nth=1", "#letters li"),
        "teach": (f"{address}/#write", "#teach", "#teaching:visible"),
        "fold": (f"{address}/#fold", "#protein-example:enabled", ".strip"),
    }
    if proteome:
        views["proteome"] = (Path(proteome).resolve().as_uri(), "button.open >> nth=1", ".strip")
    for (name, (view, button, result)), size, scheme in (
            (item, size, scheme) for item in views.items() for size in SIZES for scheme in ("light", "dark")):
        with opened(chromium, view, size, scheme, device_scale_factor=2) as page:
            page.click(button)
            page.wait_for_selector(result)
            page.wait_for_timeout(300)
            findings = Axe().run(page).response["violations"]
            serious = [(f["id"], f["nodes"][0]["html"]) for f in findings if f["impact"] in ("serious", "critical")]
            equal(f"axe: {name}, {size}, {scheme}", serious, [])
            equal("its width", page.evaluate("document.documentElement.scrollWidth"), SIZES[size][0])
            if folder:
                page.locator(result).last.scroll_into_view_if_needed()  # strips are drawn when they are near
                page.evaluate("scrollTo(0, 0)")
                page.wait_for_timeout(100)
                page.screenshot(path=Path(folder) / f"{name}-{size}-{scheme}.png", full_page=name != "proteome")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server", help="the program, or the address of a server that runs")
    parser.add_argument("--program", help="the program, beside an address")
    parser.add_argument("--proteome", help="a page of a proteome")
    parser.add_argument("--screenshots", help="folder for pictures of all views")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser")
    options = parser.parse_args()
    is_address = options.server.startswith("http")
    program = options.program if is_address else options.server
    running = contextlib.nullcontext(options.server.rstrip("/")) if is_address else server(program)
    with sync_playwright() as playwright, running as address:
        chromium = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        check_weight(chromium, address)
        check_reading(chromium, address, program)
        check_teaching(chromium, address)
        check_folding(chromium, address, program)
        check_token(chromium, address)
        if options.proteome:
            check_proteome(chromium, options.proteome)
        check_views(chromium, address, options.proteome, options.screenshots)


if __name__ == "__main__":
    main()
