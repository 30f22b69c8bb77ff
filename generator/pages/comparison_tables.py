"""Comparison tables: the levels of an audience, the audiences at one level, and the offers, side by side.

A table is plain data: `columns`, and `groups` of `rows` with one cell a column. A row knows whether
its cells differ, and whether it is long enough to be folded.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from generator.content.model import Audience, Level
from generator.content.routes import is_small, level_route
from generator.formats.document import Item
from generator.pages.context import Context, format_band, items_context, level_modules_context, offer_context
from generator.pages.page import PageFactory

EMPTY_CELL: Context = {"kind": "none", "text": None, "items": [], "links": [], "count": None}
EMPTY_COLUMN: Context = {"number": None, "band": None, "path": None, "level": None, "levels": None, "sub": None}


class ComparedLevel(NamedTuple):
    """What a column is about: a level of an audience."""

    audience: Audience
    level: Level


class Row(NamedTuple):
    """How to make a row: the word it begins with, and the cell for a level. Long lists can be folded."""

    word: str
    make_cell: Callable[[ComparedLevel], Context]
    fold: bool = False


def compare_levels(factory: PageFactory, audience: Audience, root: str) -> Context:
    """The live levels of one audience side by side, for a page from which the top of the site is `root`."""
    say = factory.language.say
    levels = [ComparedLevel(audience, level) for level in audience.live_levels]
    columns = [_level_column(factory, one, f"level-{one.level.number}", one.level.name) for one in levels]
    caption = say("comparison_of_audience", audience=audience.name)
    return _table(caption, say("level"), columns, _make_groups(factory, levels, root))


def compare_audiences(factory: PageFactory, audiences: Iterable[Audience], number: int, root: str) -> Context:
    """The audiences that have a live level of this number, side by side at that level."""
    say = factory.language.say
    levels = [ComparedLevel(audience, level) for audience in audiences for level in audience.live_levels]
    levels = [one for one in levels if one.level.number == number]
    columns = [
        _level_column(factory, one, f"audience-{one.audience.slug}", one.audience.name, one.level.name)
        for one in levels
    ]
    caption = say("comparison_of_level", number=number)
    return _table(caption, say("audience"), columns, _make_groups(factory, levels, root))


def compare_offers(factory: PageFactory, levels_of_offers: dict[str, list[Context]], root: str) -> Context:
    """The offers, one a row: price, what one gets, the levels it is made for unless those are many, the next step."""
    site, say = factory.site, factory.language.say
    words = ["row_price", "row_summary", *(["row_levels"] if is_small(site) else []), "row_action"]
    columns = [{"id": f"column-{word}", "name": say(word), **EMPTY_COLUMN} for word in words]
    rows = []
    for offer in site.offers:
        shown = offer_context(site, offer, root, factory.language)
        action = {"text": shown["action"]["text"], "path": None, "href": shown["action"]["href"], "note": None}
        levels = [_links_cell(levels_of_offers.get(offer.id, []))] if is_small(site) else []
        cells = [_text_cell(shown["price"]), _text_cell(offer.summary), *levels, _links_cell([action])]
        rows.append({"id": offer.id, "label": offer.name, "differs": True, "fold": False, "cells": cells})
    return _table(say("offers"), say("offer"), columns, [{"name": None, "rows": rows}])


def _table(caption: str, corner: str, columns: list[Context], groups: list[Context]) -> Context:
    return {"caption": caption, "corner": corner, "columns": columns, "groups": groups}


def _level_column(
    factory: PageFactory, compared: ComparedLevel, identity: str, name: str, sub: str | None = None
) -> Context:
    audience, level = compared
    return {
        "id": identity,
        "name": name,
        "number": level.number,
        "band": format_band(level, audience.metric, factory.language),
        "path": level_route(audience.slug, level.slug),
        "level": level.number,
        "levels": len(audience.levels),
        "sub": sub,
    }


def _make_groups(factory: PageFactory, levels: list[ComparedLevel], root: str) -> list[Context]:
    """The groups with a row that has something to say of a level."""
    groups = []
    for word, rows in _list_rows(factory, root).items():
        shown = [_make_row(factory, row, levels) for row in rows]
        shown = [row for row in shown if any(cell["kind"] != "none" for cell in row["cells"])]
        if shown:
            groups.append({"name": factory.language.say(word), "rows": shown})
    return groups


def _make_row(factory: PageFactory, row: Row, levels: list[ComparedLevel]) -> Context:
    cells = [row.make_cell(level) for level in levels]
    differs = any(cell != cells[0] for cell in cells)
    label = factory.language.say(row.word)
    return {"id": row.word, "label": label, "differs": differs, "fold": row.fold, "cells": cells}


def _list_rows(factory: PageFactory, root: str) -> dict[str, tuple[Row, ...]]:
    """The rows by the word that stands above their group."""

    def text(value: Callable[[Level], str | None]) -> Callable[[ComparedLevel], Context]:
        return lambda compared: _text_cell(value(compared.level))

    def items(word: str, value: Callable[[Level], tuple[Item, ...]]) -> Callable[[ComparedLevel], Context]:
        return lambda compared: _items_cell(factory, value(compared.level), word)

    def band(compared: ComparedLevel) -> Context:
        return _text_cell(format_band(compared.level, compared.audience.metric, factory.language))

    return {
        "where_you_are": (
            Row("row_band", band),
            Row("row_tagline", text(lambda level: level.tagline)),
            Row("row_signs", items("signs_count", lambda level: tuple(map(Item, level.signs)))),
            Row("row_symptoms", items("symptoms_count", lambda level: level.symptoms), fold=True),
            Row("row_pain", text(lambda level: level.message.pain)),
        ),
        "way_up": (
            Row("row_focus", text(lambda level: level.message.focus)),
            Row("row_promise", text(lambda level: level.message.promise)),
            Row("row_keys", items("keys_count", lambda level: level.keys), fold=True),
            Row("row_modules", lambda compared: _modules_cell(factory, compared.level)),
            Row("row_success", items("success_count", lambda level: level.success)),
        ),
        "what_helps": (Row("row_offers", lambda compared: _offers_cell(factory, compared.level, root)),),
    }


def _cell(kind: str, **content: Any) -> Context:
    return {**EMPTY_CELL, "kind": kind, **content}


def _text_cell(text: str | None) -> Context:
    return _cell("text", text=text) if text else EMPTY_CELL


def _items_cell(factory: PageFactory, items: tuple[Item, ...], word: str) -> Context:
    if not items:
        return EMPTY_CELL
    return _cell("list", items=items_context(items), count=factory.language.count(word, len(items)))


def _links_cell(links: list[Context]) -> Context:
    return _cell("links", links=links) if links else EMPTY_CELL


def _modules_cell(factory: PageFactory, level: Level) -> Context:
    modules = level_modules_context(factory.site, level, factory.language)
    if modules is None:
        return EMPTY_CELL
    return _text_cell(f"{modules['label']}: {modules['note']}" if modules["note"] else modules["label"])


def _offers_cell(factory: PageFactory, level: Level, root: str) -> Context:
    offers = [offer_context(factory.site, factory.offers[name], root, factory.language) for name in level.offers]
    return _links_cell(
        [{"text": offer["name"], "path": offer["path"], "href": None, "note": offer["price"]} for offer in offers]
    )
