"""A content file as data and as text: the fields of its YAML, and of Markdown also what is below them.

In the data of a Markdown file, `#body` is the text below the fields; for a level's file `#opening` is the
text before the sections, and each section is a list under its heading, as `## Symptoms`. An entry of
such a list is the text of a bullet, with the bullets nested below it on lines of their own.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from generator.content.body_sections import SECTIONS
from generator.content.kinds import match_path
from generator.formats.document import FRONT_MATTER, THEME, split_sections
from generator.formats.lists import Bullet, blank_comments, read_list
from generator.formats.yaml_reader import load_yaml
from generator.formats.yaml_writer import comment, write_yaml
from generator.i18n.headings import find_kind
from generator.i18n.language import Words

Data = Any
BODY, OPENING = "#body", "#opening"


def write_file(path: str, data: Data, note: str = "") -> str:
    """The text of a file; `note` stands on top as a comment."""
    head = comment(note) if note else ""
    if not path.endswith(".md"):
        return head + ("\n" if head else "") + _space_entries(write_yaml(data))
    parts = [f"---\n{head}{write_yaml(fields_of(data))}---"]
    for name, value in data.items():
        if name in (BODY, OPENING) and value:
            parts.append(value)
        elif name.startswith("## "):
            parts.append(name + "\n\n" + write_bullets(value))
    return "\n\n".join(parts) + "\n"


def fields_of(data: Data) -> Data:
    """The fields in the data of a Markdown file."""
    return {name: value for name, value in data.items() if not name.startswith("#")}


def write_bullets(bullets: list[str]) -> str:
    """The lines of a list."""
    return "\n".join("- " + bullet.replace("\n", "\n  ") for bullet in bullets)


def _space_entries(text: str) -> str:
    """An empty line between the entries of a list of groups, for the eye."""
    return re.sub(r"(?<!:)\n(?= {0,2}- \w+:)", "\n\n", text)


def read_file(path: str, text: str, folder: str = "") -> Data:
    """The data of a file's text. `folder` is for reports. Raises `SiteError` if it is not YAML."""
    shown = f"{folder}/{path}" if folder else path
    if not path.endswith(".md"):
        return load_yaml(text, shown)
    front = FRONT_MATTER.match(text)
    if front is None:
        return {BODY: text.strip()}
    data = load_yaml(front[1], shown, 1) or {}
    body = text[front.end() :]
    found = match_path(path)
    if found is None or found[0].name != "level":
        return {**data, BODY: body.strip()} if isinstance(data, dict) else data
    opening, sections = split_sections(body)
    lists: dict[str, list[str]] = {}
    for section in sections:
        name = f"## {_name(section.name)}"
        lists[f"## {section.name}" if name in lists else name] = read_bullets(section.text)
    return {**data, OPENING: opening, **lists}


def _name(heading: str) -> str:
    """The English name of a section, whatever its heading is called in the language of the site."""
    kind = find_kind(heading, "level", exact=True) or ""
    return SECTIONS.get("keys_to_success" if kind == "keys" else kind, heading)


def name_sections(text: str, words: Words) -> str:
    """The text of a level's file with the words of its site for the headings of its sections."""
    for key, name in SECTIONS.items():
        text = text.replace(f"\n## {name}\n", f"\n## {words.get(key, name)}\n")
    return text


def read_bullets(text: str) -> list[str]:
    """The entries of a list, each with what is nested below it."""
    return ["\n".join(_read_bullet(bullet, lines)) for bullet, lines in find_bullets(blank_comments(text).split("\n"))]


def find_bullets(lines: list[str]) -> list[tuple[Bullet, list[str]]]:
    """The entries of a list, each with all of its lines. The headings between them belong to none."""
    bullets, _ = read_list(["" if THEME.match(line) else line for line in lines], 0)
    ends = [*(bullet.line for bullet in bullets[1:]), len(lines)]
    parts = [lines[bullet.line : end] for bullet, end in zip(bullets, ends, strict=False)]
    own = [list(takewhile(lambda line: not THEME.match(line), part)) for part in parts]
    return list(zip(bullets, own, strict=True))


def _read_bullet(bullet: Bullet, lines: list[str]) -> Iterator[str]:
    yield bullet.text[0]
    for line in lines[1:]:
        if line.strip():
            yield (line.strip() if line[: bullet.column].strip() else line[bullet.column :]).rstrip()
