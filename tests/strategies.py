"""Strategy documents for tests, what they import as, and an independent reading of what they say.

The reading knows the form only as a person does who marks its bullets with a pen: it shares no code with
the program, but for what a figure is.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup

from generator.importer import Draft, make_content
from generator.problems import sort_problems
from generator.strategy import Strategy
from generator.strategy_notes import Notes
from generator.strategy_reader import read_strategy
from tests.sites import CASES

FOLDER = CASES / "strategies"
PATH = "strategy.md"
QUOTES = str.maketrans({**dict.fromkeys("“”„«»", '"'), "\u2018": "'", "’": "'"})
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))


def read_document(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def read(text: str) -> Strategy:
    """A document that can be understood, as values."""
    strategy, problems = read_strategy(text, PATH)
    assert strategy, "\n".join(map(str, problems))
    return strategy


def report(text: str) -> list[str]:
    """What is said of a document when it is read and imported: one line a problem."""
    strategy, problems = read_strategy(text, PATH)
    notes = Notes(PATH)
    if strategy:
        make_content(strategy, notes)
    return [str(problem) for problem in sort_problems([*problems, *notes.problems])]


def make(text: str) -> Draft:
    """The content of a document."""
    return make_content(read(text), Notes(PATH))


class Bullet(NamedTuple):
    """A bullet as it is written, without its sign: the headings it stands below, the label, and its line."""

    heading: str
    label: str
    text: str
    line: int
    numbered: bool


def find_bullets(text: str) -> list[Bullet]:
    """Every bullet of a document, by its lines alone."""
    found: list[Bullet] = []
    headings: dict[int, str] = {}
    label = ""
    for number, line in enumerate(text.split("\n"), 1):
        heading = re.match(r"(#+) (.*)", line)
        bullet = re.match(r"\s*(?:[-*+]|(\d+)[.)])\s+(.*)", line)
        if heading:
            depth, label = len(heading[1]), ""
            headings = {**{other: title for other, title in headings.items() if other < depth}, depth: heading[2]}
        elif bullet:
            above = " / ".join(headings[depth] for depth in sorted(headings))
            found.append(Bullet(above, label, bullet[2].strip(), number, bullet[1] is not None))
        elif found and re.match(r"\s+\S", line):
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {line.strip()}")
        elif line.strip() and re.fullmatch(r"(?:\*\*|__)?[^*]+:(?:\*\*|__)?", line.strip()):
            label = line.strip(" *_:")
    return found


def find_pieces(bullet: Bullet) -> Iterator[str]:
    """What a bullet says that a page has to show: all of it, or each part where it is a list of parts."""
    named = re.fullmatch(r"(Focus|Pain|Promise|Offer|Headline)(?: \(.*?\))?: (.*)", bullet.text)
    guide = re.fullmatch(r"\*\*(.+?):\*\* (.*)", bullet.text)
    if named and named[1] == "Offer":
        yield from re.findall(r"[^\W\d_]{3,}", named[2])
    elif named:
        quoted = re.fullmatch(r"""["“「](.*)["”」]""", named[2])
        yield from re.split(r"""["”](?: or | / )["“]""", quoted[1]) if quoted else [named[2]]
    elif guide and "ASSESSMENT" in bullet.heading:
        yield guide[1]
        yield from guide[2].split(", ")
    elif "Structure" in bullet.heading:
        yield from bullet.text.split(" - ")
    else:
        yield bullet.text


def squeeze(text: str) -> str:
    """A text without white space, Markdown and kinds of quotes, so that it can be looked for."""
    text = re.sub(r"\*\*|`", "", text)
    return re.sub(r"\s", "", text.translate(QUOTES)).casefold()


def read_pages(folder: Path) -> dict[str, str]:
    """The text of each page of a built site, by path."""
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for hidden in soup.find_all(["script", "style", "template"]):
            hidden.decompose()
        pages[path.relative_to(folder).as_posix()] = soup.get_text(" ")
    return pages


def write_long() -> str:
    """A document of three audiences at six levels, with fifty bullets a list and one of two thousand words."""
    lines = ["# The Long Course", "", "**Framework:** Endless Ladder", ""]
    for audience in ("Readers", "Writers", "Printers"):
        lines += [f"## ENDLESS LADDER: {audience.upper()}", ""]
        for number, (name, low, high) in enumerate(zip(RUNGS, STEPS, [*STEPS[1:], None], strict=False), 1):
            band = f"{low:,} - {high - 1:,}" if high else f"{low:,}+"
            lines += [f"### Level {number}: {name.upper()}", "", f"**Currency Metric:** {band} pages a month", ""]
            lines += ["**Symptoms:**"] + [f"- {audience} at {name}: symptom {index} of {low:,}" for index in range(50)]
            lines += ["- " + " ".join(f"word{index}" for index in range(2000)), "", "**Keys to Success:**"]
            lines += [f"- **Do** thing {index} that {audience} do at {name}" for index in range(50)]
            lines += ["", f"**Module Alignment:** Modules {number * 10}-{number * 10 + 9}", ""]
    return "\n".join(lines)


RUNGS = ("Opening", "Turning", "Skimming", "Reading", "Rereading", "Reciting")
STEPS = (0, 10, 100, 1000, 10_000, 100_000)
