"""Comparison tables: the levels of an audience, the audiences at one level, and the offers, side by side.

A table is plain data: `columns`, and `groups` of `rows` with one cell a column. A row knows whether
its cells differ, and whether it is long enough to be folded.
"""

from generator.content.model import Audience, Level
from generator.content.routes import is_small, level_route
from generator.formats.document import Item
from generator.formats.markup import strip_marks
from generator.pages.context import (
    Context,
    format_band,
    items_context,
    level_modules_context,
    offer_context,
)
from generator.pages.page import PageFactory
from generator.schema.offers import OFFER_FACTS

EMPTY_CELL: Context = {"kind": "none", "text": None, "items": [], "links": [], "count": None, "was": None}
EMPTY_COLUMN: Context = {"number": None, "band": None, "path": None, "level": None, "levels": None, "sub": None}
# The rows by the word that stands above their group, each by its own word; long ones can be folded.
GROUPS = {
    "where_you_are": ("row_band", "row_tagline", "row_signs", "row_symptoms", "row_pain"),
    "way_up": ("row_focus", "row_promise", "row_keys", "row_modules", "row_success"),
    "what_helps": ("row_offers",),
}
FOLDED = ("row_symptoms", "row_keys")

# What a column is about.
ComparedLevel = tuple[Audience, Level]


def compare_levels(factory: PageFactory, caption: str, levels: list[ComparedLevel], root: str, by: str) -> Context:
    """Levels side by side, for a page from which the top of the site is `root`.

    `by` is what the columns are named for: `level`, if all are of one audience, or `audience`.
    """
    columns = [_level_column(factory, compared, by) for compared in levels]
    return _table(caption, factory.language.say(by), columns, _make_groups(factory, levels, root))


def compare_offers(factory: PageFactory, levels_of_offers: dict[str, list[Context]], root: str) -> Context:
    """The offers, one a row: price, what one gets, the levels it is made for unless those are many, the next step."""
    site, say = factory.site, factory.language.say
    facts = [fact for fact in OFFER_FACTS if any(getattr(offer, fact) for offer in site.live_offers)]
    names = [OFFER_FACTS[fact] for fact in facts]
    words = ["row_price", "row_summary", *names, *(["row_levels"] if is_small(site) else []), "row_action"]
    columns = [{"id": f"column-{word}", "name": say(word), **EMPTY_COLUMN} for word in words]
    rows = []
    for offer in site.live_offers:
        shown = offer_context(site, offer, root, factory.language)
        action = {"text": shown["action"]["text"], "path": None, "href": shown["action"]["href"], "note": None}
        levels = [_links_cell(levels_of_offers.get(offer.id, []))] if is_small(site) else []
        cells = [
            {**_text_cell(shown["price"]), "was": shown["was"]},
            _text_cell(offer.summary),
            *[_text_cell(getattr(offer, fact)) for fact in facts],
            *levels,
            _links_cell([action]),
        ]
        rows.append({"id": offer.id, "label": offer.name, "differs": True, "fold": False, "cells": cells})
    return _table(say("offers"), say("offer"), columns, [{"name": None, "rows": rows}])


def _table(caption: str, corner: str, columns: list[Context], groups: list[Context]) -> Context:
    return {"caption": caption, "corner": corner, "columns": columns, "groups": groups}


def _level_column(factory: PageFactory, compared: ComparedLevel, by: str) -> Context:
    audience, level = compared
    identity, name, sub = f"level-{level.number}", level.name, None
    if by == "audience":
        identity, name, sub = f"audience-{audience.slug}", audience.label or audience.name, level.name
    return {
        "id": identity,
        "name": name,
        "number": level.number,
        "band": format_band(level, audience.metric, factory.language),
        "path": level_route(audience.slug, level.slug),
        "level": level.number,
        "levels": audience.levels[-1].number,
        "sub": sub,
    }


def _make_groups(factory: PageFactory, levels: list[ComparedLevel], root: str) -> list[Context]:
    """The groups and rows that have something to say of a level."""
    say = factory.language.say
    columns = [_make_cells(factory, compared, root) for compared in levels]
    groups = []
    for name, words in GROUPS.items():
        rows = []
        for word in words:
            cells = [column[word] for column in columns]
            if any(cell != EMPTY_CELL for cell in cells):
                differs = any(cell != cells[0] for cell in cells)
                label = _name_steps(levels) if word == "row_band" else None
                fold = word in FOLDED
                rows.append({"id": word, "label": label or say(word), "differs": differs, "fold": fold, "cells": cells})
        if rows:
            groups.append({"name": say(name), "rows": rows})
    return groups


def _name_steps(levels: list[ComparedLevel]) -> str | None:
    """What the steps of all levels are, such as belts; None where they are bands, or of several kinds."""
    names = {audience.metric.name if audience.metric and audience.metric.steps else "" for audience, _ in levels}
    name = strip_marks(names.pop()) if len(names) == 1 else ""
    return name[:1].upper() + name[1:] or None


def _make_cells(factory: PageFactory, compared: ComparedLevel, root: str) -> dict[str, Context]:
    """The cells of a column, by the word of their row."""
    audience, level = compared
    return {
        "row_band": _text_cell(format_band(level, audience.metric, factory.language)),
        "row_tagline": _text_cell(level.tagline),
        "row_signs": _items_cell(factory, tuple(map(Item, level.signs)), "signs_count"),
        "row_symptoms": _items_cell(factory, level.symptoms, "symptoms_count"),
        "row_pain": _text_cell(level.message.pain),
        "row_focus": _text_cell(level.message.focus),
        "row_promise": _text_cell(level.message.promise),
        "row_keys": _items_cell(factory, level.keys, "keys_count"),
        "row_modules": _modules_cell(factory, level),
        "row_success": _items_cell(factory, level.success, "success_count"),
        "row_offers": _offers_cell(factory, level, root),
    }


def _text_cell(text: str | None) -> Context:
    return {**EMPTY_CELL, "kind": "text", "text": text} if text else EMPTY_CELL


def _items_cell(factory: PageFactory, items: tuple[Item, ...], word: str) -> Context:
    if not items:
        return EMPTY_CELL
    count = factory.language.say(word, count=len(items))
    return {**EMPTY_CELL, "kind": "list", "items": items_context(items), "count": count}


def _links_cell(links: list[Context]) -> Context:
    return {**EMPTY_CELL, "kind": "links", "links": links} if links else EMPTY_CELL


def _modules_cell(factory: PageFactory, level: Level) -> Context:
    modules = level_modules_context(factory.site, level, factory.language)
    if modules is None:
        return EMPTY_CELL
    label, note = modules["label"], modules["note"]
    return _text_cell(f"{factory.language.label(label)} {note}" if note else label)


def _offers_cell(factory: PageFactory, level: Level, root: str) -> Context:
    offers = [offer_context(factory.site, offer, root, factory.language) for offer in factory.offers_of(level)]
    return _links_cell(
        [{"text": offer["name"], "path": offer["path"], "href": None, "note": offer["price"]} for offer in offers]
    )
