"""Puts changed values into a file an editor wrote, and leaves its comments and its layout alone.

`rewrite` takes the text, the data it holds and the data it is to hold. Only lines of what differs change.
"""

import re

import yaml

from generator.content.file_data import (
    BODY,
    OPENING,
    Data,
    fields_of,
    find_bullets,
    read_file,
    write_bullets,
    write_file,
)
from generator.diagnostics.diagnostic import SiteError
from generator.formats.document import FRONT_MATTER, HEADING
from generator.formats.lists import blank_comments
from generator.formats.yaml_edit import YamlEditor


def rewrite(path: str, text: str, old: Data, new: Data) -> str:
    """The text with the data `new` instead of `old`. If that cannot be done in place, the file is written anew."""
    if old == new:
        return text
    try:
        changed = _rewrite_markdown(text, old, new) if path.endswith(".md") else _rewrite_yaml(text, old, new)
        if read_file(path, changed) == new:
            return changed
    except (SiteError, ValueError, LookupError, yaml.YAMLError):
        pass
    return write_file(path, new)


def _rewrite_yaml(text: str, old: Data, new: Data) -> str:
    editor = YamlEditor(text)
    editor.update(old, new)
    return editor.apply()


def _rewrite_markdown(text: str, old: Data, new: Data) -> str:
    if fields_of(old) != fields_of(new):
        text = _rewrite_yaml(text, fields_of(old), fields_of(new))
    front = FRONT_MATTER.match(text)
    if front is None:
        raise ValueError("the file has no front matter")
    head, body = text[: front.end()], text[front.end() :]
    if BODY in new:
        return head + (body if old.get(BODY) == new[BODY] else f"\n{new[BODY]}\n")
    return head + _rewrite_sections(body, old, new)


def _rewrite_sections(body: str, old: Data, new: Data) -> str:
    parts = re.split(r"(?m)^(?= {0,3}##[ \t])", body)
    opening = parts.pop(0) if not HEADING.match(parts[0].split("\n")[0]) else ""
    if old.get(OPENING, "") != new.get(OPENING, ""):
        opening = f"\n{new[OPENING]}\n\n" if new.get(OPENING) else "\n"
    names = [name for name in old if name.startswith("## ")]
    pairs = zip(names, parts, strict=True)
    text = opening + "".join(_rewrite_bullets(part, old[name], new[name]) for name, part in pairs if name in new)
    for name in new:
        if name.startswith("## ") and name not in old:
            text = f"{text.rstrip()}\n\n{name}\n\n{write_bullets(new[name])}\n"
    return text


def _rewrite_bullets(text: str, old: list[str], new: list[str]) -> str:
    """A section with other bullets; those that stay keep their lines."""
    if old == new:
        return text
    if blank_comments(text) != text:
        raise ValueError("a comment may hide bullets")
    lines = text.rstrip("\n").split("\n")
    bullets = find_bullets(lines)
    ends = [0, *(bullet.line + len(own) for bullet, own in bullets)]
    above = [lines[end : bullet.line] for end, (bullet, _) in zip(ends, bullets, strict=False)]
    known = {text: [*head, *own] for text, head, (_, own) in zip(old, above, bullets, strict=True)}
    # A bullet in the place of one that goes takes over what stands above that one, such as a heading.
    heads = [head for text, head in zip(old, above, strict=True) if text not in new]
    written: list[str] = [] if bullets else lines
    for bullet in new:
        written += known.get(bullet) or [*(heads.pop(0) if heads else []), *write_bullets([bullet]).split("\n")]
    return "\n".join(written).rstrip("\n") + "\n" + text[len(text.rstrip("\n")) + 1 :]
