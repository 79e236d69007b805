"""The Markdown tables of the figures, and of published ones below them."""
import re

from sets import BenchmarkError

DOI = "https://doi.org/"


# MARK: Our figures

PROTEIN_HEAD = ["set", "chains", "residues that count", "Q3 % [95 %]", "Q8 % [95 %]",
                "SOV'99 %, 3 states [95 %]", "SOV_refine %, 3 states [95 %]",
                "chains near training chains", "Q3 % without these [95 %]"]


def protein_row(row):
    three, eight, audit = row["threeStates"], row.get("eightStates") or {}, row.get("audit") or {}
    return [row["name"], f"{row['chains']:,}", f"{row['labelledResidues']:,} of {row['residues']:,}",
            interval(three.get("accuracy")), interval(eight.get("accuracy")), interval(three.get("sov99")),
            interval(three.get("sovRefine")), f"{audit['nearChains']:,}" if audit else "",
            interval(audit.get("threeStatesWithout"))]


INK_HEAD = ["set", "samples", "writers", "CER % [95 %]", "WER % [95 %]", "CER % with `--lm`", "WER % with `--lm`"]


def ink_row(row):
    greedy, searched = row["greedy"], row.get("lm") or {}
    return [row["title"], f"{row['samples']:,}", f"{row['writers']:,}",
            *(interval(rates.get(kind)) for rates in (greedy, searched) for kind in ("characters", "words"))]


def interval(figure):
    """Nothing for a figure that the program does not give."""
    return f"{percent(figure)} [{100 * figure['lower']:.1f}, {100 * figure['upper']:.1f}]" if figure else ""


def percent(figure):
    return f"{100 * figure['value']:.1f}" if figure else ""


# MARK: Published figures

NOTES = {
    "protein": """\
Near training chains, of which there are none: as `strand audit` finds them, by an E-value below 0.001, or 25 % identical
residues over half of a chain and an E-value below 0.1. `mmseqs -s 7.5` finds none either; the proteins that a teacher
labelled were cleaned likewise.

Published figures of other methods that see a single sequence, for orientation: figures compare within one set, one mask
and one reduction of the labels only, and none of these was measured with ours.""",
    "ink": """\
Published figures of other readers of pen strokes, for orientation: none is on these sets. There other writers wrote other
texts with other pens.""",
}


def published_rows(published, task):
    """A row a method and set, with a column for each measure."""
    measures = {"protein": ["Q3", "Q8"], "ink": ["CER", "WER"]}[task]
    rows = {}
    for entry in published:
        if entry["task"] == task and (task == "ink" or entry["input"] == "single sequence"):
            key = tuple(entry[name] or "" for name in ("method", "input", "set", "ourSet", "comparable", "source"))
            mark = "" if entry["checked"] else " *"
            rows.setdefault(key, {})[entry["measure"]] = decimal(entry["value"]) + mark
    for (method, given, measured_on, ours, comparable, source), values in rows.items():
        beside = f"{ours}: {comparable}" if ours else comparable
        lead = [method, given] if task == "ink" else [method]
        yield [*lead, *(values.get(measure, "") for measure in measures), measured_on, beside, citation(source)]


def decimal(value):
    """With one digit after the point, unless the source gives none."""
    return str(value) if isinstance(value, int) else f"{value:.1f}"


PUBLISHED_HEAD = {
    "protein": ["method", "Q3 %", "Q8 %", "measured on", "beside ours", "source"],
    "ink": ["method", "input", "CER %", "WER %", "measured on", "beside ours", "source"],
}


def citation(source):
    """First author and year, linked; a source of another form as it is."""
    author, year, doi = re.match(r"\w+", source), re.search(r"\b(?:19|20)\d\d\b", source), re.search(r"doi:(\S+)", source)
    arxiv = re.search(r"arXiv:(\S+)", source)
    link = DOI + doi[1] if doi else f"https://arxiv.org/abs/{arxiv[1]}" if arxiv else None
    return f"[{author[0]} {year[0]}]({link})" if author and year and link else source


# MARK: Markdown

def markdown(head, rows):
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, *rows]).replace("\n", f"\n|{'---|' * len(head)}\n", 1)


def section(task, rows, published):
    """What stands between the markers of a task."""
    own = markdown(PROTEIN_HEAD, map(protein_row, rows)) if task == "protein" else markdown(INK_HEAD, map(ink_row, rows))
    others = list(published_rows(published, task))
    second_hand = "\n\n\\* quoted at second hand." if any("*" in cell for row in others for cell in row) else ""
    return f"{own}\n\n{NOTES[task]}\n\n{markdown(PUBLISHED_HEAD[task], others)}{second_hand}"


def markers(task):
    return f"<!-- benchmark:{task} -->", f"<!-- /benchmark:{task} -->"


def replace_section(text, task, content, name):
    """The text with this content between the markers of the task."""
    begin, end = markers(task)
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise BenchmarkError(f"{name}: needs one line '{begin}' and after it one line '{end}'")
    return text[: text.index(begin)] + f"{begin}\n{content}\n" + text[text.index(end):]
