"""Starting files: complete and valid, with every field there is and a comment that says what it is for.

The comments are the descriptions of `schema`; a field that may be left out stands there as a comment,
with its first example. Whatever can be a draft begins as one, so that no starting text ever reaches a visitor; the
front page, which cannot, begins with words that may.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from generator.content.body_sections import SECTIONS
from generator.formats.document import Item
from generator.formats.slugs import make_slug
from generator.formats.yaml_writer import comment, write_yaml
from generator.i18n.editor_words import EditorWords
from generator.i18n.language import Words
from generator.i18n.words import ENGLISH
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


class Starters(NamedTuple):
    """The language of starting files: its words for pages, which name the sections of a level, and for editors."""

    words: Words
    editor: EditorWords


def start_audience(name: str, slug: str, starters: Starters) -> Files:
    """A folder with an audience, two levels and a quiz. `name` has `LONGEST_NAME` characters at most."""
    say = starters.editor.start
    title, summary = say("audience_title", name=name), say("audience_summary", name=name)
    head = write_head(AudienceFields, {"draft": True, "name": name, "title": title, "summary": summary})
    return {
        f"{slug}/audience.md": f"{head}\n{say('audience_text', name=name)}\n",
        **{
            f"{slug}/{number}-{say(f'{which}_slug')}.md": start_level(
                say(f"{which}_level"), name, starters, draft=False
            )
            for number, which in enumerate(("first", "second"), 1)
        },
        f"{slug}/quiz.yaml": start_quiz(name, starters),
    }


def start_level(
    name: str, audience: str, starters: Starters, *, band: Any = None, draft: bool = True,
    keys: Sequence[Item] = (), more: Mapping[str, Any] | None = None,
) -> str:  # fmt: skip
    """A level's file. `band` is given where the audience measures its levels; `more` is further front matter."""
    say = starters.editor.start
    head = write_head(
        LevelFields,
        {
            "draft": draft,
            "name": name,
            "title": say("level_title", name=name, audience=audience),
            "summary": say("level_summary", name=name, audience=audience),
            "metric": band,
            "message": {"focus": say("focus", name=name), "pain": say("pain"), "promise": say("promise")},
            **(more or {}),
        },
    )
    lists = {
        "symptoms": (Item(say("first_symptom")), Item(say("second_symptom"))),
        "keys_to_success": keys or (Item(say("first_key")), Item(say("second_key"))),
        "success": (Item(say("arrival")),),
    }
    parts = [f"## {starters.words.get(key, SECTIONS[key])}\n\n{write_items(items)}" for key, items in lists.items()]
    return "\n".join([f"{head}\n{say('level_text')}\n", *parts])


def write_items(items: Sequence[Item], indent: str = "") -> str:
    """A list in Markdown, which ends in a line end."""
    lines = (f"{indent}- {item.text}".replace("\n", f"\n{indent}  ") + "\n" for item in items)
    return "".join(line + write_items(item.items, f"{indent}  ") for line, item in zip(lines, items, strict=True))


def start_page(title: str, starters: Starters) -> str:
    """A free page."""
    summary = starters.editor.start("page_summary", name=title)
    head = write_head(PageFields, {"draft": True, "title": title, "summary": summary})
    return f"{head}\n{starters.editor.start('page_text')}\n"


def start_quiz(audience: str, starters: Starters) -> str:
    """A quiz of one question for two levels."""
    say = starters.editor.start
    answers = [{"text": say("first_answer"), "level": 1}, {"text": say("second_answer"), "level": 2}]
    question = {"id": "first", "text": say("question", audience=audience), "options": answers}
    return write_fields(Quiz, {"title": say("quiz_title", audience=audience), "questions": [question]})


def start_site(name: str, starters: Starters) -> Files:
    """A whole content folder: a front page, and as drafts one audience, an offer, a curriculum and a page."""
    say, tag = starters.editor.start, starters.editor.tag
    visitors, offer, page = say("visitors"), say("offer_slug"), say("page_slug")
    slug = make_slug(visitors, tag)
    audience = start_audience(visitors, slug, starters)
    for number, which in enumerate(("first", "second"), 1):
        more = {"modules": [number], "offers": [offer]}
        path = f"{slug}/{number}-{say(f'{which}_slug')}.md"
        audience[path] = start_level(say(f"{which}_level"), visitors, starters, draft=False, more=more)
    home = {"title": name, "summary": say("home_summary", name=name)}
    action = {"text": say("offer_action"), "url": f"/{page}/"}
    course = {"draft": True, "id": offer, "name": say("offer"), "price": "on application", "action": action}
    curriculum = {
        "draft": True,
        "stages": [{"name": say("stage"), "modules": [1, 2], "from": 1, "to": 2}],
        "modules": [{"number": 1, "name": say("first_module")}, {"number": 2, "name": say("second_module")}],
    }
    return {
        "site.yaml": write_fields(SiteFile, {"name": name, **({} if tag == ENGLISH else {"language": tag})}),
        "home.md": f"{write_head(HomeFields, home)}\n{say('home_text')}\n",
        "offers.yaml": _write_offers(course),
        "curriculum.yaml": write_fields(CurriculumFile, curriculum),
        **audience,
        f"pages/{page}.md": start_page(say("page"), starters),
    }


def _write_offers(offer: dict[str, Any]) -> str:
    """A list has its comments on top: what its entries may have."""
    fields = [f"{note.name}: {note.description}" for note in note_fields(Offer)]
    note = "\n".join(["What is sold or given away. An entry has these fields:", *fields])
    return comment(note) + write_yaml([offer])


def read_strategy_template() -> str:
    """A strategy document to fill in."""
    return (Path(__file__).parent / "strategy.md").read_text(encoding="utf-8")


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
