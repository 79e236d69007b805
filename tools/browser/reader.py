"""A reader in a browser: opens pages, looks, downloads."""
import contextlib
import re
from pathlib import Path

SIZES = {"390": (390, 844), "1280": (1280, 800)}


def equal(name, found, expected):
    """Ends the run if a page shows something else."""
    if found != expected:
        raise SystemExit(f"{name}: found {found!r:.2000}, expected {expected!r:.2000}")
    print(f"ok  {name}")


@contextlib.contextmanager
def opened(chromium, address, size="1280", scheme="light", refusals=0, route=None, **options):
    """A page whose console has no errors.

    `refusals`: answers of status 4xx that are expected, which the browser notes; `route` answers requests for the API.
    """
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **options)
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    if route:
        page.route("**/v1/**", route)
    page.goto(address)
    yield page
    context.close()
    notes = [error for error in errors if re.search("status of 4[0-9][0-9]", error)]
    equal("errors on the console", ([e for e in errors if e not in notes], len(notes)), ([], refusals))


def downloaded(page, selector):
    with page.expect_download() as download:
        page.click(selector)
    return download.value.suggested_filename, Path(download.value.path()).read_bytes().decode()


def texts(page, selector):
    return page.locator(selector).all_inner_texts()


def first_paint(page):
    paint = page.evaluate("performance.getEntriesByType('paint').map((entry) => Math.round(entry.startTime))")
    return f"first paint after {paint[0] if paint else '?'} ms"
