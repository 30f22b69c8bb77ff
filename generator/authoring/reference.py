"""The content reference: every file and every field an editor may write, read off the types."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, to_builtins

from generator.content.kinds import KINDS, ContentKind
from generator.formats.yaml_writer import write_flow, write_yaml
from generator.i18n.language import Words
from generator.schema.fields import FieldNote, compose_group, describe_kind, iterate_groups, note_fields

REFERENCE = "docs/content-reference.md"
TOP = """\
# Content reference

Made by `python3 build.py schema` from the types in `generator/schema/`; a change belongs there.

Every file of a content folder and every field that may stand in it. What is in **bold** is needed, all else
may be left out. A field that is not listed is a mistake, and is reported with its line. Texts that a page
shows may have Markdown in them. In YAML, a text with a colon, a hash or a quote in it needs quotes around it.

A `#` with a blank before it would end a text without quotes, as a comment. Where a field takes any text, that is a
mistake unless the comment is set off by two blanks. With one blank before the `#` and one behind it, either may be
meant: the text ends there, and a warning says so, which `check --publish` does not accept. Behind numbers, names,
addresses and texts in quotes a comment may stand as it likes.

What systems and programs leave in a folder (`.DS_Store`, `desktop.ini`, `1-first.md.bak`, `~$plan.docx`) is left out
without a word. Files of another ending (`1-first.txt`, `quiz.yml`) and copies that file managers and sync programs
make (`1-first (1).md`) are left out with a warning; any other file that is not listed here is a mistake. So is a link
that leads out of the folder, and whatever cannot be read.

"""
LEVEL_BODY = """\
Below the front matter: opening paragraphs, then three headings with a list each. They may be in English or in the
site's language (`## Symptome`), as its words say. `## Success` may be missing. `### Headings` within a list group its
points: then the page shows the symptoms side by side, and the keys as a staircase.

```markdown
Opening paragraphs, for the visitor.

## Symptoms

- You walk all day
  - and in any weather

## Keys to success

- **Learn** to read a map

## Success

- You have stood on a summit
```
"""
BLOCKS = """\
## Blocks

What pages may show besides their text: each entry of `blocks` says of which `kind` it is, and has the fields of that
kind. On a level, `after` says which section a block follows.
"""
WORDS = """\
## words.yaml

The words that templates add to pages. All of them are in `layouts/words.yaml`, in English, and in
`layouts/words/` in other languages; what stands in `content/words.yaml` goes first. A name in braces is
filled in, and has to be one of those that the English word has. A word that depends on a number has a text for
each plural form of the language: of `zero`, `one`, `two`, `few`, `many` and `other` those that it has, and always
`other`.

"""


def write_reference(words: Words) -> str:
    """The whole reference. `words` are those of the layouts."""
    contents = "".join(f"* [{_title(kind)}](#{_anchor(_title(kind))})\n" for kind in KINDS)
    parts = [TOP, contents, "* [Blocks](#blocks)\n* [words.yaml](#wordsyaml)\n"]
    parts += [f"\n{part}" for kind in KINDS for part in _describe_file(kind)]
    parts += [f"\n{BLOCKS}", *(f"\n{part}" for part in _describe_blocks())]
    return "".join(parts) + f"\n{WORDS}" + _tabulate_words(words)


def compose_example(kind: ContentKind) -> Any:
    """A file with every field in it, each with its first example."""
    entry = compose_group(kind.fields)
    return [entry] if kind.is_list else entry


def _describe_file(kind: ContentKind) -> Iterator[str]:
    yield f"## {_title(kind)}\n\n{describe_kind(kind.fields)}\n\n{_tabulate(kind.fields)}"
    groups: dict[type[Struct], list[str]] = {}
    for path, inner in iterate_groups(kind.fields):
        if not _is_of_block(path):
            groups.setdefault(inner, []).append(path)
    for inner, paths in groups.items():
        yield _describe_group(f"{_title(kind)}: {', '.join(paths)}", inner)
    if kind.name == "level":
        yield LEVEL_BODY
    text = write_yaml(compose_example(kind))
    text = f"---\n{text}---\n" if kind.has_body else text
    yield f"Everything at once:\n\n```yaml\n{text}```\n"


def _describe_blocks() -> Iterator[str]:
    """Each kind of block once, whatever pages may have it."""
    groups: dict[tuple[type[Struct], str], list[str]] = {}
    for kind in KINDS:
        for path, inner in iterate_groups(kind.fields):
            if _is_of_block(path):
                groups.setdefault((inner, path), []).append(kind.name)
    for (inner, path), names in groups.items():
        yield _describe_group(f"{', '.join(names)}: {path}", inner)
        if inner.__struct_config__.tag:
            yield f"```yaml\n{write_yaml({'blocks': [compose_group(inner)]})}```\n"


def _is_of_block(path: str) -> bool:
    """Whether a group is one of several kinds, or within one."""
    return " with " in path


def _describe_group(title: str, kind: type[Struct]) -> str:
    return f"### {title}\n\n{describe_kind(kind)}\n\n{_tabulate(kind)}"


def _tabulate(kind: type[Struct]) -> str:
    rows = "".join(_row(note) for note in note_fields(kind))
    return f"| field | takes | left out | what it is | examples |\n|---|---|---|---|---|\n{rows}"


def _row(note: FieldNote) -> str:
    name = f"**`{note.name}`**" if note.required else f"`{note.name}`"
    default = "" if note.default is None else f"`{write_flow(to_builtins(note.default))}`"
    examples = "<br>".join(f"`{write_flow(example)}`" for example in note.examples)
    takes = note.expected
    if note.kinds and (note.many or takes.startswith("fields:")):
        takes = "a list of groups" if note.many else "a group of fields"
    return f"| {' | '.join(_escape(cell) for cell in (name, takes, default, note.description, examples))} |\n"


def _tabulate_words(words: Words) -> str:
    rows = "".join(f"| `{name}` | {_escape(_say(value))} |\n" for name, value in words.items())
    return f"| word | in English |\n|---|---|\n{rows}"


def _say(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return f"`{value}`"
    return "<br>".join(f"{form}: `{text}`" for form, text in value.items())


def _escape(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")


def _title(kind: ContentKind) -> str:
    return kind.path.replace("<", "").replace(">", "") if kind.name != "level" else "audience/number-slug.md"


def _anchor(title: str) -> str:
    """What GitHub makes of a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
