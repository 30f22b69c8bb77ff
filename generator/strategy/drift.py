"""Where content has come to say something else than its strategy document.

Copy may be reworded freely. What may not differ are the audiences and levels, how many items a list has
and in which order, the verb each key to success begins with, and every figure. A difference that is
meant is recorded in `strategy.yaml`, by the name of its place and with the reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.build.survey import Content
from generator.content.model import Audience, Level, Site
from generator.content.routes import level_file
from generator.diagnostics.diagnostic import Diagnostic, Keys, Pointer, error_at
from generator.formats import document
from generator.schema.files import Band
from generator.strategy.drift_items import Item, compare_figures, join_names, pair, read_lead, read_marks
from generator.strategy.exporter import make_price
from generator.strategy.import_messages import find_parts
from generator.strategy.import_quiz import asks_metric, questions_of
from generator.strategy.import_stages import names_of
from generator.strategy.measures import derive_scale
from generator.strategy.names import find_name
from generator.strategy.notes import shorten
from generator.strategy.texts import restore
from generator.strategy.values import Group, Point, Price, Rank, Strategy, all_points, fold, rank_at

LISTS = ("symptoms", "keys", "success")


class Drift(NamedTuple):
    """A difference: the name of its place, the line of the document (0: none), the fault in the content."""

    where: str
    line: int
    fault: Diagnostic


def find_drift(strategy: Strategy, content: Content) -> list[Drift]:
    """Every difference in facts, content file by content file."""
    found: list[Drift] = []
    names = [(group.name, *group.aliases) for group in strategy.groups]
    taken: set[int] = set()
    for audience in content.audiences:
        index = find_name(restore(audience.name), names)
        if index is None or index in taken:
            message = f"the document has no audience '{audience.name}'."
            found.append(_differ(f"{audience.slug}/audience.md", "audience", 0, message, ("name",)))
            continue
        taken.add(index)
        found += _compare_audience(strategy.groups[index], audience)
        found += _compare_levels(strategy, strategy.groups[index], content.site, audience)
        found += _compare_copy(strategy, strategy.groups[index], audience)
    for index, group in enumerate(strategy.groups):
        if index not in taken:
            message = f"the audience '{group.name}' has no folder."
            found.append(_differ("site.yaml", f"audience {group.name}", group.line, message))
    found += _compare_stages(strategy, content.site)
    # One price may be wrong for several levels.
    return list({(drift.where, drift.fault.message): drift for drift in reversed(found)}.values())[::-1]


def _differ(path: str, part: str, line: int, message: str, keys: Keys = (), excerpt: str = "") -> Drift:
    return Drift(f"{path}: {part}", line, error_at("?", path, Pointer(keys, excerpt), message))


def _compare_audience(group: Group, audience: Audience) -> Iterator[Drift]:
    """The scale of an audience, and how many questions it is asked."""
    path = f"{audience.slug}/audience.md"
    scale = derive_scale(group)
    if scale.metric and (audience.metric is None or audience.metric.unit != scale.metric.unit):
        unit = audience.metric.unit if audience.metric else None
        message = f"the metric is in {unit or 'no unit'}, the document's in {scale.metric.unit or 'none'}."
        yield _differ(path, "metric", group.line, message, ("metric",))
    asked = questions_of(audience.quiz)
    metric = scale.metric
    if metric and asked and not any(asks_metric(said.text, metric) for said in group.questions):
        # No quiz may rest on a metric it does not ask for, so one that asks for it has a question more.
        asked = asked[1:] if len(asked) == len(group.questions) + 1 else asked
    if group.questions and len(asked) != len(group.questions):
        message = f"the quiz has {len(asked)} of the questions, the document {len(group.questions)}."
        yield _differ(f"{audience.slug}/quiz.yaml", "questions", group.questions_line, message, ("questions",))


def _compare_levels(strategy: Strategy, group: Group, site: Site, audience: Audience) -> Iterator[Drift]:
    bands = dict(zip((rank.number for rank in group.ranks), derive_scale(group).bands, strict=True))
    levels = {level.number: level for level in audience.levels}
    for rank in group.ranks:
        if rank.number not in levels:
            message = f"level {rank.number}, {rank.name}, is only in the document."
            yield _differ(f"{audience.slug}/audience.md", f"level {rank.number}", rank.line, message)
    for number, level in levels.items():
        path, ranked = level_file(audience, level), rank_at(group, number)
        if ranked is None:
            message = f"the document has no level {number}."
            yield _differ(path, "level", group.line, message)
        else:
            yield from _compare_level(path, ranked, level, bands[number])
            yield from _compare_message(path, strategy, group, ranked, level)
            yield from _compare_offers(path, strategy, group, ranked, site, level)


def _compare_level(path: str, rank: Rank, level: Level, band: Band | None) -> Iterator[Drift]:
    if fold(rank.name) != fold(restore(level.name)):
        message = f"the level is named '{level.name}', in the document '{rank.name}'."
        yield _differ(path, "name", rank.line, message, ("name",))
    measure = rank.measure or rank.heading
    if band and measure and (level.metric is None or _ends(level.metric) != _ends(band)):
        has = _say_band(level.metric) if level.metric else "missing"
        message = f"the band is {has}, the document's {_say_band(band)}."
        yield _differ(path, "metric", measure.said.line, message, ("metric",))
    numbers = () if rank.modules is None else rank.modules.numbers
    if numbers != level.modules:
        message = f"the modules are {_say_modules(level.modules)}, the document's {_say_modules(numbers)}."
        line = rank.modules.line if rank.modules else rank.line
        yield _differ(path, "modules", line, message, ("modules",))
    for name in LISTS:
        yield from _compare_items(path, name, _of_points(getattr(rank, name)), _of_items(getattr(level, name)), rank)
    line = rank.guide[0].line if rank.guide else rank.line
    signs, guide = " · ".join(level.signs), " · ".join(said.text for said in rank.guide)
    yield from _compare_text(path, "signs", signs, guide, line, ("signs",))
    yield from _compare_text(path, "tagline", level.tagline or "", rank.tagline or "", rank.line, ("tagline",))


def _compare_copy(strategy: Strategy, group: Group, audience: Audience) -> Iterator[Drift]:
    """Amounts and percentages in copy that no line of the document is told by: the document states them somewhere."""
    stated = {mark[:2] for text in _read_all(strategy, group) for mark in read_marks(text)}
    path = f"{audience.slug}/audience.md"
    copy = [(path, name, getattr(audience, name), group.line) for name in ("title", "summary", "body")]
    for level in audience.levels:
        rank, path = rank_at(group, level.number), level_file(audience, level)
        line = rank.line if rank else group.line
        copy += [(path, name, getattr(level, name), line) for name in ("title", "summary", "opening")]
    for path, name, text, line in copy:
        marks = read_marks(restore(text)).items()
        added = dict.fromkeys(words for mark, words in marks if mark[1] and mark[:2] not in stated)
        if added:
            message = f"it says {join_names(list(added))}, which the document does not."
            yield _differ(path, name, line, message, (name,), next(iter(added)))


def _read_all(strategy: Strategy, group: Group) -> Iterator[str]:
    """Every text of the document about an audience."""
    for rank in group.ranks:
        yield from (measure.said.text for measure in (rank.heading, rank.measure) if measure)
        yield from (said.text for said in rank.guide)
        yield from (point.text for point in all_points(rank))
    for message in strategy.messages:
        for part in message.parts:
            yield from part.texts
            yield from (_say_price(price) for price in part.offers)


def _ends(band: Band) -> tuple[float | None, ...]:
    return band.low, band.high, band.typical_to


def _say_band(band: Band) -> str:
    end = band.high if band.high is not None else band.typical_to
    return f"{band.low:,} to {end:,}" if end is not None else f"{band.low:,} and more"


def _say_modules(numbers: Sequence[int] | str) -> str:
    return numbers if isinstance(numbers, str) else ", ".join(map(str, numbers)) or "none"


def _of_points(points: Iterable[Point]) -> tuple[Item, ...]:
    return tuple(Item(point.text, point.line, _of_points(point.points)) for point in points)


def _of_items(items: Iterable[document.Item]) -> tuple[Item, ...]:
    return tuple(Item(restore(item.text), 0, _of_items(item.items), item.text.partition("\n")[0]) for item in items)


def _compare_items(
    path: str, part: str, there: Sequence[Item], here: Sequence[Item], rank: Rank, before: str = ""
) -> Iterator[Drift]:
    """A list of the document and its telling in the content, item by item."""
    line = there[0].line if there else rank.line
    for row, column in pair(here, there):
        number = f"{before}{(row if row is not None else column or 0) + 1}"
        if row is None and column is not None:
            line = there[column].line
            message = f"nothing here tells of '{shorten(there[column].text)}', number {column + 1} of the {part}."
            excerpt = here[min(column, len(here) - 1)].excerpt if here else ""
            yield _differ(path, f"{part} {number} of the document", line, message, (part,), excerpt)
        elif row is not None and column is None:
            message = f"the document has nothing of '{shorten(here[row].text)}' among its {part}."
            yield _differ(path, f"{part} {number}", line, message, (part,), here[row].excerpt)
        elif row is not None and column is not None:
            line = there[column].line
            yield from _compare_item(path, part, f"{part} {number}", there[column], here[row])
            yield from _compare_items(path, part, there[column].items, here[row].items, rank, f"{number}.")


def _compare_item(path: str, name: str, part: str, there: Item, here: Item) -> Iterator[Drift]:
    lead, other = read_lead(here.text), read_lead(there.text)
    if other and lead != other:
        begins = f"begins with '{lead}'" if lead else "begins with no verb in bold"
        message = f"this {begins}, in the document it is '{other}'."
        yield _differ(path, f"{part} verb", there.line, message, (name,), here.excerpt)
    yield from _compare_text(path, part, here.text, there.text, there.line, (name,), here.excerpt)


def _compare_text(
    path: str, part: str, here: str, there: str, line: int, keys: Keys = (), excerpt: str = ""
) -> Iterator[Drift]:
    left_out, added = compare_figures(here, there)
    if left_out and added:
        message = f"it says {join_names(added)} where the document says {join_names(left_out)}."
    elif left_out:
        message = f"it leaves out {join_names(left_out)}, which the document states."
    elif added:
        message = f"it says {join_names(added)}, which the document does not."
    else:
        return
    yield _differ(path, part, line, message, keys, excerpt)


def _compare_message(path: str, strategy: Strategy, group: Group, rank: Rank, level: Level) -> Iterator[Drift]:
    """The figures of what is said to a level; of alternatives, any may be the one that is used."""
    for field in ("focus", "pain", "promise"):
        parts = find_parts(strategy, group, rank, field)
        if parts:
            here, keys = getattr(level.message, field), ("message", field)
            told = [[*_compare_text(path, field, here, text, parts[0].line, keys)] for text in parts[0].texts]
            yield from min(told, key=len)


def _compare_offers(
    path: str, strategy: Strategy, group: Group, rank: Rank, site: Site, level: Level
) -> Iterator[Drift]:
    """How many offers are made to a level, and what each costs."""
    parts = find_parts(strategy, group, rank, "offer")
    there = parts[0].offers if parts else ()
    offers = {offer.id: index for index, offer in enumerate(site.offers)}
    here = [make_price(site.offers[offers[name]]) for name in level.offers]
    line = parts[0].line if parts else rank.line
    if len(here) != len(there):
        message = f"{len(here)} offers are made here, {len(there)} in the document."
        yield _differ(path, "offers", line, message, ("offers",))
        return
    for name, own, price in zip(level.offers, here, there, strict=True):
        if _amount(own) != _amount(price):
            message = f"the offer '{name}' costs {_say_price(own)}, in the document {_say_price(price)}."
            yield _differ("offers.yaml", name, price.line, message, (offers[name], "price"))


def _amount(price: Price) -> object:
    return price.amount if price.amount is None or isinstance(price.amount, str) else price.amount.value[:2]


def _say_price(price: Price) -> str:
    if price.amount is None:
        return "no stated price"
    return price.amount if isinstance(price.amount, str) else price.amount.text


def _compare_stages(strategy: Strategy, site: Site) -> Iterator[Drift]:
    """The stages with their modules, the step each serves, what comes of it, and the names of modules."""
    path = "curriculum.yaml"
    if strategy.stages and len(strategy.stages) != len(site.stages):
        message = f"there are {len(site.stages)} stages, {len(strategy.stages)} in the document."
        yield _differ(path, "stages", strategy.stages[0].line, message, ("stages",))
        return
    for index, (there, here) in enumerate(zip(strategy.stages, site.stages, strict=False)):
        told = f"stages {index + 1}"
        if there.modules.numbers != here.modules:
            has, wanted = _say_modules(here.modules), _say_modules(there.modules.numbers)
            message = f"the modules are {has}, the document's {wanted}."
            yield _differ(path, f"{told} modules", there.line, message, ("stages", index, "modules"))
        if there.start and (there.start, there.goal) != (here.from_level, here.to_level):
            step = f"from level {here.from_level} to {here.to_level}"
            message = f"the stage leads {step}, in the document from {there.start} to {there.goal}."
            yield _differ(path, f"{told} step", there.line, message, ("stages", index))
        own = [Item(restore(text), excerpt=text) for text in here.outcomes]
        outcomes = [Item(said.text, said.line) for said in there.outcomes]
        yield from _compare_items(path, f"{told} outcomes", outcomes, own, Rank(0, "", there.line))
    wanted_names = names_of(strategy)
    for index, module in enumerate(site.modules):
        name = wanted_names.get(module.number, "")
        if strategy.stages and module.name and fold(restore(module.name)) != fold(name):
            message = f"module {module.number} is named '{module.name}', in the document {name or 'it has no name'}."
            yield _differ(path, f"module {module.number}", 0, message, ("modules", index))
