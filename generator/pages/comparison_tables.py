"""Comparison tables: the levels of an audience, the audiences at one level, and the offers, side by side.

A table is plain data: `columns`, and `groups` of `rows` with one cell a column. A row knows whether
its cells differ, and whether it is long enough to be folded.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from generator.content.model import Audience, Level, Site
from generator.content.routes import is_small, level_route
from generator.formats.document import Item
from generator.i18n.language import Language
from generator.pages.context import Context, format_band, items_context, level_modules_context, offer_context
from generator.schema.files import Offer

NONE: Context = {"kind": "none", "text": None, "items": [], "links": [], "count": None}


class Entry(NamedTuple):
    """One column's subject: a level of an audience."""

    audience: Audience
    level: Level


class Row(NamedTuple):
    """A row to be: its word, and what makes a cell of an entry. Long lists fold."""

    word: str
    cell: Callable[[Entry], Context]
    fold: bool = False


def compare_levels(site: Site, audience: Audience, root: str, language: Language) -> Context:
    """The live levels of one audience side by side."""
    entries = [Entry(audience, level) for level in audience.live_levels]
    columns = [_level_column(entry, language, entry.level.name) for entry in entries]
    caption = language.say("comparison_of_audience", audience=audience.name)
    return _table(caption, language.say("level"), columns, entries, site, root, language)


def compare_audiences(site: Site, audiences: Iterable[Audience], number: int, root: str, language: Language) -> Context:
    """The audiences that have a live level of this number, side by side at that level."""
    entries = [Entry(audience, level) for audience in audiences for level in audience.live_levels]
    entries = [entry for entry in entries if entry.level.number == number]
    columns = [_level_column(entry, language, entry.audience.name, entry.level.name) for entry in entries]
    caption = language.say("comparison_of_level", number=number)
    return _table(caption, language.say("audience"), columns, entries, site, root, language)


def compare_offers(site: Site, users: dict[str, list[Context]], root: str,
                   language: Language) -> Context:  # fmt: skip
    """The offers, one a row: price, what one gets, the levels it is made for unless those are many, the next step."""
    words = ["row_price", "row_summary", *(["row_levels"] if is_small(site) else []), "row_action"]
    columns = [_column(f"column-{word}", language.say(word)) for word in words]
    rows = []
    for offer in site.offers:
        shape = offer_context(site, offer, root, language)
        action = {
            "text": shape["action"]["text"],
            "path": None,
            "href": shape["action"]["href"],
            "note": None,
        }
        levels = [_links(users.get(offer.id, []))] if is_small(site) else []
        cells = [_text(shape["price"]), _text(offer.summary), *levels, _links([action])]
        rows.append({"id": offer.id, "label": offer.name, "differs": True, "fold": False, "cells": cells})
    caption = language.say("offers")
    return _with_groups(caption, language.say("offer"), columns, [{"name": None, "rows": rows}])


def _table(caption: str, corner: str, columns: list[Context], entries: list[Entry], site: Site, root: str,
           language: Language) -> Context:  # fmt: skip
    groups = []
    for word, rows in _rows(site, root, language).items():
        shapes = [_shape_row(row, entries, language) for row in rows]
        shapes = [shape for shape in shapes if any(cell["kind"] != "none" for cell in shape["cells"])]
        if shapes:
            groups.append({"name": language.say(word), "rows": shapes})
    return _with_groups(caption, corner, columns, groups)


def _rows(site: Site, root: str, language: Language) -> dict[str, tuple[Row, ...]]:
    offers = {offer.id: offer for offer in site.offers}

    def list_of(word: str, items: Callable[[Level], tuple[Item, ...]]) -> Callable[[Entry], Context]:
        return lambda entry: _list(items(entry.level), word, language)

    return {
        "where_you_are": (
            Row("row_band", lambda entry: _text(format_band(entry.level, entry.audience.metric, language))),
            Row("row_tagline", lambda entry: _text(entry.level.tagline)),
            Row("row_signs", list_of("signs_count", lambda level: tuple(Item(sign) for sign in level.signs))),
            Row("row_symptoms", list_of("symptoms_count", lambda level: level.symptoms), fold=True),
            Row("row_pain", lambda entry: _text(entry.level.message.pain)),
        ),
        "way_up": (
            Row("row_focus", lambda entry: _text(entry.level.message.focus)),
            Row("row_promise", lambda entry: _text(entry.level.message.promise)),
            Row("row_keys", list_of("keys_count", lambda level: level.keys), fold=True),
            Row("row_modules", lambda entry: _modules(site, entry.level, language)),
            Row("row_success", list_of("success_count", lambda level: level.success)),
        ),
        "what_helps": (
            Row(
                "row_offers",
                lambda entry: _offers(site, [offers[name] for name in entry.level.offers], root, language),
            ),
        ),
    }


def _shape_row(row: Row, entries: list[Entry], language: Language) -> Context:
    cells = [row.cell(entry) for entry in entries]
    differs = any(cell != cells[0] for cell in cells)
    return {
        "id": row.word,
        "label": language.say(row.word),
        "differs": differs,
        "fold": row.fold,
        "cells": cells,
    }


def _level_column(entry: Entry, language: Language, name: str, sub: str | None = None) -> Context:
    level = entry.level
    return _column(
        f"level-{level.number}" if sub is None else f"audience-{entry.audience.slug}",
        name,
        number=level.number,
        level=level.number,
        levels=len(entry.audience.levels),
        band=format_band(level, entry.audience.metric, language),
        path=level_route(entry.audience.slug, level.slug),
        sub=sub,
    )


def _column(identity: str, name: str, **more: Any) -> Context:
    empty = {"number": None, "band": None, "path": None, "level": None, "levels": None, "sub": None}
    return {"id": identity, "name": name, **empty, **more}


def _with_groups(caption: str, corner: str, columns: list[Context], groups: list[Context]) -> Context:
    return {"caption": caption, "corner": corner, "columns": columns, "groups": groups}


def _text(text: str | None) -> Context:
    return {**NONE, "kind": "text", "text": text} if text else NONE


def _list(items: tuple[Item, ...], word: str, language: Language) -> Context:
    if not items:
        return NONE
    return {**NONE, "kind": "list", "items": items_context(items), "count": language.count(word, len(items))}


def _links(links: list[Context]) -> Context:
    return {**NONE, "kind": "links", "links": links} if links else NONE


def _modules(site: Site, level: Level, language: Language) -> Context:
    modules = level_modules_context(site, level, language)
    if modules is None:
        return NONE
    return _text(f"{modules['label']}: {modules['note']}" if modules["note"] else modules["label"])


def _offers(site: Site, offers: Sequence[Offer], root: str, language: Language) -> Context:
    shapes = [offer_context(site, offer, root, language) for offer in offers]
    return _links(
        [{"text": shape["name"], "path": shape["path"], "href": None, "note": shape["price"]} for shape in shapes]
    )
