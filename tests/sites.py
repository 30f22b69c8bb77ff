"""A small, valid site as a dict of path to text, and the ways tests change, load and build it.

Two audiences of two levels each, with everything a site may have: offers, curriculum, quiz, a free page.
`tiny_layouts` is a layouts folder of a few lines, so that tests of the program do not depend on the design. It lists
nothing: what `layouts/` has more, it has too.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.build.cache import Cache
from generator.build.check import load_content
from generator.build.output import LOCK, Output
from generator.build.pipeline import BuildOptions, BuildReport, build_site
from generator.content.loader import Calendar
from generator.content.model import Content
from generator.diagnostics.diagnostic import Diagnostic, SiteError
from generator.files.tree import DiskTree, MemoryTree, Tree
from generator.formats.document import read_yaml
from generator.i18n.language import Words, placeholders
from generator.pages.page import Page, PageFactory
from generator.pages.planner import plan_audience, plan_site
from generator.pages.target import Target

Files = dict[str, str | bytes]

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
TODAY = date(2026, 7, 1)
CALENDAR = Calendar(TODAY)
# On the host that can do most.
TARGET = Target("https://small-site.org/", host="netlify", shares=False)

# The files of the small site that tests change most.
ABOUT, MAKERS, NEW, ABLE, QUIZ = (
    "pages/about.md", "makers/audience.md", "makers/1-new.md", "makers/2-able.md", "makers/quiz.yaml",
)  # fmt: skip

HEADLINE = '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}\n'

SUMMARY = "A sentence of fifty characters and a few more, for {}."


def level(name: str, low: int, high: int | None, more: str = "", body: str = "") -> str:
    """A level's file. `more` is further front matter, `body` what follows the three sections."""
    band = f"{{from: {low}, to: {high}}}" if high is not None else f"{{from: {low}}}"
    return f"""\
---
name: {name}
title: You are {name.lower()}.
summary: {SUMMARY.format(name)}
metric: {band}
message:
  focus: Focus of {name}
  pain: Pain of {name}
  promise: Promise of {name}
{more}---

Opening of {name}.

## Symptoms

- You have the first symptom
- You have the second symptom

## Keys to success

- **Do** the first thing
- **Do** the second thing

## Success

- You did it
{body}"""


def audience(name: str, more: str = "") -> str:
    """An audience's file. `more` is further front matter."""
    return f"""\
---
name: {name}
title: How far up are you?
summary: {SUMMARY.format(name)}
metric: {{name: annual salary, unit: $, period: year}}
{more}---

You are one of the {name}.
"""


SITE: Files = {
    "site.yaml": """\
name: Small Site
tagline: A line below it
address: https://small-site.org
contact:
  email: hello@small-site.org
""",
    "home.md": """\
---
title: The top of the site
summary: A sentence of fifty characters and a few more, for the home page.
---

Welcome to the *small* site.
""",
    "offers.yaml": """\
- id: course
  name: The course
  price: 1997
  currency: USD
  summary: All of it.
  action: {text: Start, url: https://shop.small-site.org/course}
- id: talk
  name: A talk
  price: free
  action: {text: Listen, url: https://shop.small-site.org/talk}
""",
    "curriculum.yaml": """\
title: What is taught
stages:
  - name: Foundation
    modules: [1, 2]
    from: 1
    to: 2
    outcomes: [You know the basics]
modules:
  - {number: 1, name: Beginnings}
  - {number: 2}
""",
    "pages/about.md": """\
---
title: About us
summary: A sentence of fifty characters and a few more, for the page about us.
---

We are [here](/makers/).
""",
    "makers/audience.md": audience("Makers", "order: 1\n"),
    "makers/1-new.md": level("New", 0, 1000, "offers: [talk]\nmodules: [1, 2]\n"),
    "makers/2-able.md": level("Able", 1000, None, "offers: [course, talk]\nmodules: all\n"),
    "makers/quiz.yaml": """\
title: Where are you?
questions:
  - id: skill
    text: What can you do?
    options:
      - {text: Little, level: 1}
      - {text: Much, level: 2}
""",
    "users/audience.md": audience("Users", "order: 2\n"),
    "users/1-lost.md": level("Lost", 0, 500),
    "users/2-found.md": level("Found", 500, None),
}


def add(path: str, text: str | bytes) -> Files:
    """The small site with a file more, or with one replaced."""
    return {**SITE, path: text}


def append(path: str, text: str) -> Files:
    """The small site with a text at the end of one of its files."""
    return {**SITE, path: text_of(path) + text}


def without(*paths: str) -> Files:
    """The small site without some of its files."""
    assert SITE.keys() >= set(paths)
    return {path: text for path, text in SITE.items() if path not in paths}


def text_of(path: str, files: Files | None = None) -> str:
    text = (files or SITE)[path]
    assert isinstance(text, str)
    return text


def edit(path: str, old: str, new: str, base: Files | None = None) -> Files:
    """The small site with one piece of one file replaced; the piece has to be there, once."""
    text = text_of(path, base)
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    return {**(base or SITE), path: text.replace(old, new)}


def crowd(count: int) -> Files:
    """The small site with so many audiences."""
    files = without("makers/quiz.yaml")
    for number in range(count - 2):
        for path in ("users/audience.md", "users/1-lost.md", "users/2-found.md"):
            text = text_of(path).replace("Users", f"People {number}")
            text = text.replace("for Lost", f"for Lost {number}").replace("for Found", f"for Found {number}")
            files[path.replace("users", f"people-{number}")] = text
    return files


def read_folder(root: Path) -> Files:
    """The files below a folder on the disk, without the lock of a build."""
    files = (path for path in root.rglob("*") if path.is_file() and path.name != LOCK)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def tiny_layouts(changes: Mapping[str, str | bytes] | None = None) -> MemoryTree:
    """Templates of a few lines. Each word shows its name and its values: `[level_of name=New number=1]`."""
    words = {"words.yaml": yaml.safe_dump(spell_out(real_words()), allow_unicode=True)}
    return MemoryTree({**plain_templates(), **read_folder(CASES / "layouts"), **words, **(changes or {})}, "layouts")


def plain_templates() -> Files:
    """A template for each in `layouts/` that is rendered: only a headline for pages, the real one for other files."""
    layouts = real_layouts()
    pages = {path: HEADLINE for path in layouts.paths() if path.startswith("pages/")}
    others = [path for path in layouts.paths() if re.match(r"files/|partials/.*\.txt$", path)]
    return {**pages, **{path: layouts.read(path) for path in others}}


def real_words() -> Words:
    words: Words = read_yaml(real_layouts(), "words.yaml").data
    return words


def spell_out(words: Words) -> Words:
    def spell(key: str, text: str) -> str:
        values = "".join(f" {name}={{{name}}}" for name in sorted(placeholders(text)))
        return f"[{key}{values}]"

    return {
        key: spell(key, word) if isinstance(word, str) else {form: spell(f"{key}.{form}", word[form]) for form in word}
        for key, word in words.items()
    }


def parse_config(text: str) -> Any:
    """The configuration of the forms: 370 KB, which the parser in Python would take half a second for."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


def real_layouts() -> DiskTree:
    return DiskTree(ROOT / "layouts", "layouts")


def real_content() -> DiskTree:
    return DiskTree(ROOT / "content", "content")


def build(
    files: Files | Tree,
    output: Path,
    layouts: Tree | None = None,
    target: Target = TARGET,
    calendar: Calendar = CALENDAR,
) -> Path:
    """Builds a site into a folder, and returns the folder."""
    rebuild(files, output, layouts or tiny_layouts(), BuildOptions(calendar, target))
    return output


def rebuild(
    files: Files | Tree, output: Path, layouts: Tree, options: BuildOptions, cache: Cache | None = None
) -> BuildReport:
    """Builds a site into a folder that may have one already."""
    content = MemoryTree(files) if isinstance(files, dict) else files
    return build_site(content, layouts, Output(output, "output"), cache or Cache(), options)


def load(files: Files | None = None, calendar: Calendar = CALENDAR) -> Content:
    """The small site, or another, as values."""
    return load_content(MemoryTree(files or SITE), real_layouts(), calendar)[0]


def problems_of(files: Files, calendar: Calendar = CALENDAR) -> Sequence[Diagnostic]:
    try:
        return load_content(MemoryTree(files), real_layouts(), calendar)[1]
    except SiteError as error:
        return error.diagnostics


def report(files: Files) -> list[str]:
    """What an editor reads about a site: one line a problem."""
    return [str(problem) for problem in problems_of(files)]


def plan(files: Files | None = None, target: Target | None = None) -> dict[str, Page]:
    """The pages of the small site, or of another, by path."""
    return plan_content(load(files), target or TARGET)


def plan_content(content: Content, target: Target) -> dict[str, Page]:
    """All pages of a site by path, in the order they are planned."""
    factory = PageFactory(content.site, target)
    pages = list(plan_site(factory, content.audiences))
    pages += [page for audience in content.audiences for page in plan_audience(factory, audience)]
    return {page.path: page for page in pages}


def read_reports(place: Path) -> dict[str, list[str]]:
    """The reports by group and name: a heading for each, and below it its lines, indented."""
    reports: dict[str, list[str]] = {}
    group = name = ""
    for line in place.read_text(encoding="utf-8").splitlines() if place.exists() else ():
        if line.startswith("## "):
            name = f"{group}: {line[3:]}"
            reports[name] = []
        elif line.startswith("# "):
            group = line[2:]
        elif line.startswith("    "):
            reports[name].append(line[4:])
    return reports


def write_reports(
    place: Path, title: str, groups: Mapping[str, Iterable[str]], report: Callable[[str, str], list[str]]
) -> None:
    """Writes what `read_reports` reads. `groups` has the names in each group, `report` the lines for a name in one."""
    parts = [f"{title}\n"]
    for group, names in groups.items():
        parts.append(f"\n# {group}\n")
        parts += [f"\n## {name}\n\n" + "".join(f"    {line}\n" for line in report(group, name)) for name in names]
    place.write_text("".join(parts), encoding="utf-8")
