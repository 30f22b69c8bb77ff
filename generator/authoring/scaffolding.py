"""Starting files: complete and valid, with every field there is and a comment that says what it is for.

The comments are the descriptions of `schema`; a field that may be left out stands there as a comment,
with its first example. What begins an audience, a level or a page is a draft, so that no starting text
ever reaches a visitor.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.content.body_sections import SECTIONS
from generator.content.kinds import AUDIENCE_KINDS, SITE_KINDS, ContentKind
from generator.formats.document import Item
from generator.formats.yaml_writer import comment, write_yaml
from generator.i18n.language import Words
from generator.schema.audience import AudienceFields
from generator.schema.curriculum import CurriculumFile
from generator.schema.fields import note_fields
from generator.schema.level import LevelFields
from generator.schema.offers import Offer
from generator.schema.page import HomeFields, PageFields
from generator.schema.quiz import Quiz
from generator.schema.site import SiteFile

Files = dict[str, str]
# A name of this length still leaves room in a summary, which may have 160 characters.
LONGEST_NAME = 50
KEYS = (Item("**Do** the first thing that leads up"), Item("**Do** the second"))


def start_audience(name: str, slug: str, words: Words, draft: bool = True) -> Files:
    """A folder with an audience, two levels and a quiz. `name` has `LONGEST_NAME` characters at most."""
    head = write_head(
        AudienceFields,
        {
            "draft": draft,
            "name": name,
            "title": f"{name}: how far have you come?",
            "summary": f"The levels of {name}, one by one. Say here who they are and what moves them up.",
        },
    )
    body = f"Say here who the people are whom you call {name}, and what the climb means to them.\n"
    files = {
        f"{slug}/audience.md": f"{head}\n{body}",
        f"{slug}/1-first.md": start_level("First level", name, words, draft=False),
        f"{slug}/2-second.md": start_level("Second level", name, words, draft=False),
        f"{slug}/quiz.yaml": start_quiz(name),
    }
    return _add_others(files, AUDIENCE_KINDS, audience=slug)


def start_level(
    name: str, audience: str, words: Words, *, band: dict[str, Any] | None = None, draft: bool = True,
    keys: Sequence[Item] = (), more: Mapping[str, Any] | None = None,
) -> str:  # fmt: skip
    """A level's file. `band` is given where the audience measures its levels; `more` is further front matter."""
    head = write_head(
        LevelFields,
        {
            "draft": draft,
            "name": name,
            "title": f"{name}: a headline that {audience} stop at",
            "summary": f"{name}, for {audience}: what it is like to be here, and what brings you up.",
            "metric": band,
            "message": {
                "focus": f"What {name} is about, in a few words",
                "pain": "What it costs to stay here.",
                "promise": "What your offer does about it.",
            },
            **(more or {}),
        },
    )
    headings = {key: words.get(key, section) for key, section in SECTIONS.items()}
    return f"""{head}
Speak to the visitor here, in a paragraph or two: where they are, and what comes next.

## {headings["symptoms"]}

- You see a first sign of this level
- You see a second one

## {headings["keys_to_success"]}

{write_items(keys or KEYS)}
## {headings["success"]}

- You have arrived when this is true of you
"""


def write_items(items: Sequence[Item], indent: str = "") -> str:
    """A list in Markdown, which ends in a line end."""
    lines = (f"{indent}- {item.text}".replace("\n", f"\n{indent}  ") + "\n" for item in items)
    return "".join(line + write_items(item.items, f"{indent}  ") for line, item in zip(lines, items, strict=True))


def start_page(title: str, draft: bool = True) -> str:
    """A free page."""
    summary = f"{title}: say in a sentence or two what a visitor finds on this page."
    head = write_head(PageFields, {"draft": draft, "title": title, "summary": summary})
    return f"{head}\nThe text of the page. Markdown, with `##` headings.\n"


def start_quiz(audience: str) -> str:
    """A quiz of one question for two levels."""
    question = {
        "id": "first",
        "text": f"What tells the levels of {audience} apart?",
        "options": [
            {"text": "What is true of people at the first level", "level": 1},
            {"text": "What is true of people at the second level", "level": 2},
        ],
    }
    return write_fields(Quiz, {"title": f"{audience}: find your level", "questions": [question]})


def start_site(name: str, words: Words) -> Files:
    """A whole content folder: a front page, one audience, an offer, a curriculum and a page. Nothing is a draft."""
    audience = start_audience("Visitors", "visitors", words, draft=False)
    for number, level in enumerate(("first", "second"), 1):
        more = {"modules": [number], "offers": ["course"]}
        title = f"{level.title()} level"
        audience[f"visitors/{number}-{level}.md"] = start_level(title, "Visitors", words, draft=False, more=more)
    home = {
        "title": "A headline that says what people get here",
        "summary": f"{name}: say in a sentence or two what is offered here, and to whom.",
    }
    offer = {
        "id": "course",
        "name": "The course",
        "price": "on application",
        "action": {"text": "Ask about the course", "url": "/about/"},
    }
    curriculum = {
        "stages": [{"name": "Foundation", "modules": [1, 2], "from": 1, "to": 2}],
        "modules": [{"number": 1, "name": "Beginnings"}, {"number": 2, "name": "The next step"}],
    }
    files = {
        "site.yaml": write_fields(SiteFile, {"name": name}),
        "home.md": f"{write_head(HomeFields, home)}\nSay here what this site is about, and for whom.\n",
        "offers.yaml": _write_offers(offer),
        "curriculum.yaml": write_fields(CurriculumFile, curriculum),
        **audience,
        "pages/about.md": start_page("About us", draft=False),
    }
    return _add_others(files, SITE_KINDS)


def _add_others(files: Files, kinds: Iterable[ContentKind], **parameters: str) -> Files:
    """The files, and one of each kind with a single file that none of them is."""
    singles = {kind.file_path(**parameters): kind for kind in kinds if kind.is_single and kind.is_published}
    return files | {path: start_file(kind) for path, kind in singles.items() if path not in files}


def start_file(kind: ContentKind) -> str:
    """A file of any kind: what it needs with its first example, and all else as comments."""
    needed = {note.name: note.examples[0] for note in note_fields(kind.fields) if note.required}
    if kind.is_list:
        return write_yaml([needed])
    return f"{write_head(kind.fields, needed)}\nText.\n" if kind.has_body else write_fields(kind.fields, needed)


def _write_offers(offer: dict[str, Any]) -> str:
    """A list has its comments on top: what its entries may have."""
    fields = [f"{note.name}: {note.description}" for note in note_fields(Offer)]
    note = "\n".join(["What is sold or given away. An entry has these fields:", *fields])
    return comment(note) + write_yaml([offer])


def write_head(kind: type[Struct], values: Mapping[str, Any]) -> str:
    """Front matter with the values that are given, and all other fields as comments."""
    return f"---\n{write_fields(kind, values)}---\n"


def write_fields(kind: type[Struct], values: Mapping[str, Any]) -> str:
    """The fields of a file with the values that are given and not empty, and all others as comments."""
    notes = note_fields(kind)
    assert {note.name for note in notes if note.required} <= values.keys() <= {note.name for note in notes}
    parts = []
    for note in notes:
        value = values.get(note.name)
        text = write_yaml({note.name: value or note.examples[0]})
        parts.append(comment(note.description) + (text if value else comment(text)))
    return "".join(parts)
