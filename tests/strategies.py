"""Strategy documents for tests, what they import as, and an independent reading of what they say.

The reading knows the form only as a person does who marks its bullets with a pen: it shares no code with
the program, but for what a figure is.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup

from generator.diagnostics.collector import DiagnosticCollector
from generator.diagnostics.diagnostic import sort_diagnostics
from generator.strategy.documents.model import Strategy
from generator.strategy.documents.reader import read_strategy
from generator.strategy.importing.importer import make_content, write_new_file
from tests.sites import CASES

FOLDER = CASES / "strategies"
PATH = "strategy.md"
QUOTES = str.maketrans({**dict.fromkeys("“”„«»", '"'), "\u2018": "'", "’": "'"})
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))


# A small document of two audiences that gives no diagnostics.
VALID = """\
# Course

## Makers

### Level 1: New ($0-$1K MRR)
**Currency Metric:** $0 - $1,000 monthly recurring revenue
**Symptoms:**
- Pays $100-$200/month for tools
- Wants to reach $5K MRR
**Keys:**
- **Scale** to $1K-$10K MRR
- **Raise** the margin from 20-30% to 40-50%
**Module Alignment:** Module 1

### Level 2: Able ($1K-$10K MRR)
**Currency Metric:** $1,000 - $10,000 monthly recurring revenue
**Symptoms:**
- Spends $100-$1,000/month on tools (10% of revenue)
- Keeps a margin of 40-50%
**Keys:**
- **Scale** to $10K+ MRR ($120K+ ARR)
- **Hire** a team of 2-4 engineers
**Module Alignment:** Module 2

### Level 3: Free ($10K+ MRR / $120K+ ARR)
**Currency Metric:** $10,000+ monthly recurring revenue ($120K+ annual recurring revenue)
**Symptoms:**
- Leads 2-4 engineers
**Keys:**
- **Rest** on 20% of your days
**Module Alignment:** All modules

## Users

### Level 1: New (0-10 seats)
**Currency Metric:** 0 - 10 seats
**Symptoms:**
- Shares a login
**Keys:**
- **Buy** seats
**Module Alignment:** Module 1

### Level 2: Able (11+ seats)
**Currency Metric:** 11+ seats
**Symptoms:**
- Saves $200 of $1,000, 20% of the bill
**Keys:**
- **Share** what works
**Module Alignment:** All modules

## Self-assessment

### Makers
**Ask yourself:**
1. What is your monthly recurring revenue?
**Your Level:**
- **New:** Under $1K MRR, starting
- **Able:** $1K-$10K MRR, growing
- **Free:** $10K+ MRR, resting

### Users
**Ask yourself:**
1. How many seats do you have?
**Your Level:**
- **New:** 0-10 seats
- **Able:** 11+ seats

## Messages

**New (Level 1):**
- Focus: Begin
- Pain: Nothing yet
- Promise: Something
- Offer: Course ($97)

**Able (Level 2):**
- Focus: Go on
- Pain: Too little
- Promise: More
- Offer: Course ($97), coaching ($500-$900)

## Success

### Makers
**Level 1 → Level 2 Success:**
- Reached $1K-$10K MRR
- Keeps 40-50% margin
**Level 2 → Level 3 Success:**
- Has a team of 2-4 engineers

### Users
**Level 1 → Level 2 Success:**
- Bought 11 seats

## Mapping of modules

### First Stage (Module 1)
**Serves:** New → Able
- Has begun

### Second Stage (Module 2)
**Serves:** Able → Free
- Has gone on

## Messages to the last level

**Free (Level 3):**
- Focus: Rest
- Pain: None
- Promise: Peace
- Offer: Circle (free)
"""


def read_document(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def change(changes: dict[str, str]) -> str:
    """The valid document with pieces replaced; each has to be there, once."""
    text = VALID
    for old, new in changes.items():
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the document"
        text = text.replace(old, new)
    return text


def read(text: str) -> Strategy:
    """A document that can be understood, as values."""
    strategy, problems = read_strategy(text, PATH)
    assert strategy, "\n".join(map(str, problems))
    return strategy


def report(text: str) -> list[str]:
    """The diagnostics of a document that is read and imported, one a line."""
    strategy, problems = read_strategy(text, PATH)
    collector = DiagnosticCollector(PATH)
    if strategy:
        make_content(strategy, collector)
    return [str(problem) for problem in sort_diagnostics([*problems, *collector.diagnostics])]


class ImportedContent(NamedTuple):
    """The files of a content folder as data, by path."""

    files: dict[str, Any]

    def texts(self) -> dict[str, str]:
        return {path: write_new_file(path, data) for path, data in self.files.items()}


def make(text: str) -> ImportedContent:
    """The content of a document."""
    return ImportedContent(make_content(read(text), DiagnosticCollector(PATH)))


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
        for number, (name, low, high) in enumerate(
            zip(LEVEL_NAMES, LEVEL_STARTS, [*LEVEL_STARTS[1:], None], strict=False), 1
        ):
            band = f"{low:,} - {high - 1:,}" if high else f"{low:,}+"
            lines += [f"### Level {number}: {name.upper()}", "", f"**Currency Metric:** {band} pages a month", ""]
            lines += ["**Symptoms:**"] + [f"- {audience} at {name}: symptom {index} of {low:,}" for index in range(50)]
            lines += ["- " + " ".join(f"word{index}" for index in range(2000)), "", "**Keys to Success:**"]
            lines += [f"- **Do** thing {index} that {audience} do at {name}" for index in range(50)]
            lines += ["", f"**Module Alignment:** Modules {number * 10}-{number * 10 + 9}", ""]
    return "\n".join(lines)


LEVEL_NAMES = ("Opening", "Turning", "Skimming", "Reading", "Rereading", "Reciting")
LEVEL_STARTS = (0, 10, 100, 1000, 10_000, 100_000)
