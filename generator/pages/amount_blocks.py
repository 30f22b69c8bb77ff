"""The contexts of blocks that are drawn from amounts: figures in the language of the page, and places in percent."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from generator.drawings.axis import Axis
from generator.drawings.bars import scale_of_bars, stack
from generator.drawings.bill import TIMES, divide, find_places, round_half_up
from generator.drawings.ranges import scale_of_ranges
from generator.formats.markup import strip_marks
from generator.i18n.amounts import find_amount_style, write_amount, write_amounts
from generator.i18n.language import Language
from generator.pages.context import Context
from generator.schema.amount_blocks import BarsBlock, BillBlock, RangeMark, RangesBlock, UsualRange
from generator.schema.block import Block

# Columns have room for few figures, and short ones.
MOST_COLUMNS, LONGEST_FIGURE = 4, 14
# How much of the height of a column a line of text needs, in percent.
LINE_ROOM = 13


def bill_context(language: Language, block: BillBlock) -> Context:
    style = find_amount_style(language, block.unit)
    amount = round_half_up(block.amount, find_places(block.amount, style.decimals))
    shares = divide(amount, block, style.decimals)
    values = {name: write_amounts(language, low, high, block.unit) for name, (low, high) in shares._asdict().items()}
    values["amount"] = write_amount(language, amount, block.unit)
    named = [{"name": block.rest, "value": values["rest"]}, {"name": block.part, "value": values["part"]}]
    model = {
        "amount": amount,
        "low": block.low,
        "high": block.high,
        "maximum": block.maximum,
        "times": TIMES[block.period],
        "label": strip_marks(block.label),
        "style": style._asdict(),
    }
    usual = block.usual and _usual_context(language, block, block.usual)
    said = [language.fill(text, values) for text in (block.sentence, block.result)]
    return {
        "sentence": block.sentence,
        "result": block.result,
        "values": values,
        "rest": block.rest,
        "part": block.part,
        "model": json.dumps(model, ensure_ascii=False),
        "cut": {"head": 100 - block.high, "foot": 100 - block.low},
        "fill": round(block.amount / block.maximum, 4),
        "ends": [write_amount(language, value, block.unit) for value in (0, block.maximum)],
        "usual": usual,
        "description": "\n\n".join([*said, _list_named(language, named), usual["text"] if usual else ""]),
        "caption": block.caption,
    }


def _usual_context(language: Language, block: BillBlock, usual: UsualRange) -> Context:
    scale = Axis(0, block.maximum)
    amounts = write_amounts(language, usual.low, usual.high, block.unit)
    text = f"{language.label(usual.text)} {language.say(f'per_{block.period}', amount=amounts)}"
    return {"text": text, "start": scale.place(usual.low), "end": scale.place(usual.high)}


def ranges_context(language: Language, block: RangesBlock) -> Context:
    scale = scale_of_ranges(block)
    entries = [
        {
            "name": item.name,
            "value": write_amounts(language, item.low, item.high, block.unit),
            "level": item.level,
            "start": scale.place(item.low),
            "end": scale.place(item.high),
            "seam": None,
        }
        for item in block.items
    ]
    mark = _mark_context(scale, block.mark, entries[0]) if block.mark else None
    chart = _chart_context(language, scale, block.unit, entries)
    if mark:
        chart["description"] += f"\n\n{mark['text']}"
    return {**chart, "mark": mark, "caption": block.caption}


def _mark_context(scale: Axis, mark: RangeMark, first: Context) -> Context:
    """A mark is named where its line begins, if the first column leaves room there."""
    at, text = scale.place(mark.at), mark.text
    is_free = first["end"] + LINE_ROOM <= at or first["start"] >= at + LINE_ROOM
    return {"text": text, "at": at, "is_beside": is_free and len(strip_marks(text)) <= LONGEST_FIGURE}


def bars_context(language: Language, block: BarsBlock) -> Context:
    if block.scale == "share":
        return _layers_context(language, block)
    scale = scale_of_bars(block)
    entries = [
        {
            "name": item.name,
            "value": write_amounts(
                language, item.value if item.low is None else item.low, item.value, block.unit, item.open
            ),
            "level": item.level,
            "start": 0,
            "end": scale.place(item.value),
            "seam": scale.place(item.low) if item.low else None,
        }
        for item in block.items
    ]
    return {
        **_chart_context(language, scale, block.unit, entries),
        "layers": None,
        "mark": None,
        "caption": block.caption,
    }


def _chart_context(language: Language, scale: Axis, unit: str | None, entries: Sequence[Context]) -> Context:
    """A chart without its mark. Columns have room for a few short figures only."""
    ends = {"low": write_amount(language, scale.low, unit), "high": write_amount(language, scale.high, unit)}
    return {
        "entries": entries,
        "lines": scale.list_tens(),
        "scale": language.say("scale_log" if scale.is_log else "scale_linear", **ends),
        "is_upright": len(entries) <= MOST_COLUMNS and max(len(entry["value"]) for entry in entries) <= LONGEST_FIGURE,
        "description": _list_named(language, entries),
    }


def _layers_context(language: Language, block: BarsBlock) -> Context:
    """The parts of a whole: layers of a mountain whose end is its slope."""
    entries = [
        {
            "name": item.name,
            "value": write_amount(language, item.value, block.unit or "%"),
            "key": None,
            "level": item.level,
            "is_plain": item.level is None,
        }
        for item in block.items
    ]
    layers = [
        {"points": _cut_layer(*layer), "level": entry["level"], "is_plain": entry["is_plain"]}
        for layer, entry in zip(stack(block), entries, strict=True)
    ]
    description = _list_named(language, entries)
    return {"layers": layers, "entries": entries, "description": description, "caption": block.caption}


def _cut_layer(top: float, height: float) -> str:
    """A layer of a picture that is 100 by 100, which is a fifth narrower on top."""
    foot = top + height
    ends = [f"{80 + at / 5:g},{at:g}" for at in (top, foot)]
    return f"0,{top:g} {ends[0]} {ends[1]} 0,{foot:g}"


def _list_named(language: Language, entries: Iterable[Context]) -> str:
    return "\n".join(f"- {language.label(entry['name'])} {entry['value']}" for entry in entries)


AMOUNT_CONTEXTS: Mapping[type[Block], Callable[[Language, Any], Context]] = {
    BillBlock: bill_context,
    RangesBlock: ranges_context,
    BarsBlock: bars_context,
}
