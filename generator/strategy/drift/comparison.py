"""Where content has come to say something else than its strategy document.

Copy may be reworded freely. Audiences and levels may not differ, nor how many items a list has and in which order, the
verb that a key to success begins with, and any figure. A difference that is meant is recorded in `strategy.yaml`, by
the name of its place and with the reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from generator.content.model import Audience, Content, Level
from generator.content.routes import level_file
from generator.diagnostics.collector import shorten
from generator.diagnostics.diagnostic import Diagnostic, Keys, Pointer, error_at, warning_at
from generator.files.tree import Tree
from generator.formats import facts
from generator.formats.document import Item, locate
from generator.formats.markdown_tree import SourceText
from generator.formats.names import match_name, normalise
from generator.formats.plain_text import restore
from generator.i18n.metric_words import asks_for, say_band
from generator.schema.audience import Metric
from generator.schema.curriculum import Stage
from generator.schema.level import Band
from generator.strategy.documents.model import Strategy, StrategyAudience, StrategyLevel, StrategyStage
from generator.strategy.documents.ranges import derive_scale
from generator.strategy.documents.writer import write_strategy
from generator.strategy.drift.contradictions import find_contradictions
from generator.strategy.exporter import STRATEGY_FILE, read_offer, read_strategy_file
from generator.strategy.importing.curriculum import find_module_names
from generator.strategy.importing.message_choice import find_field
from generator.strategy.importing.quiz_proposal import list_own_questions

# The texts of an audience or a level that a document does not have.
COPY = ("title", "summary", "body", "opening")
MESSAGE_PARTS = ("focus", "pain", "promise")
# What is said of two names or numbers that differ: the one here, and the document's.
MESSAGES = {
    "metric-differs": "the metric is in {}, the document's in {}.",
    "questions-differ": "the quiz has {} of the questions, the document {}.",
    "level-name-differs": "the level is named '{}', in the document '{}'.",
    "band-differs": "the band is {}, the document's {}.",
    "modules-differ": "the modules are {}, the document's {}.",
    "offers-differ": "{} offers are made here, {} in the document.",
    "stages-differ": "there are {} stages, {} in the document.",
    "step-differs": "the stage leads from level {}, in the document from {}.",
}


def report_drift(strategy: Strategy, content: Content, folder: Tree) -> Iterator[Diagnostic]:
    """Drift as errors, contradictions as warnings, and a warning for each record without a difference."""
    recorded = read_strategy_file(folder).differences
    drift, contradictions = _Comparison(strategy, content).compare(), find_contradictions(strategy)
    meant = {difference.where for difference in recorded}
    yield from (locate(folder, diagnostic) for where, diagnostic in drift if where not in meant)
    for where, diagnostic in contradictions:
        if where not in meant:
            hint = f"{diagnostic.hint} Or record in {STRATEGY_FILE}: where: '{where}'."
            yield diagnostic._replace(hint=hint)
    found = {where for where, _ in (*drift, *contradictions)}
    for index, difference in enumerate(recorded):
        if difference.where not in found:
            message = f"there is no difference '{difference.where}' any more."
            keys = ("differences", index, "where")
            yield locate(folder, warning_at("difference-gone", STRATEGY_FILE, keys, message, "Delete the entry."))


class _Comparison:
    """Compares one content (`here`) with one document (`there`).

    A place has a name, such as `makers/1-new.md: keys 2`: the path of a content file, a colon, and what stands there.
    """

    def __init__(self, strategy: Strategy, content: Content) -> None:
        self.strategy = strategy
        self.content = content
        self.found: dict[tuple[str, str], Diagnostic] = {}

    def report(self, code: str, where: str, line: int, message: str, keys: Keys = (), excerpt: str = "") -> None:
        """Adds a difference at the place `where`; `line` is that of the document.

        `keys` (by default, the name of the place) and `excerpt` lead there. A difference that several levels have, as
        a wrong price, is added once.
        """
        path, _, part = where.partition(": ")
        hint = f"See {self.strategy.path}:{line}. Change one of the two, "
        hint += f"or record in {STRATEGY_FILE}: where: '{where}'."
        named = tuple(int(word) - 1 if word.isdigit() else word for word in part.split(" "))
        pointer = Pointer(keys or (("message", part) if part in MESSAGE_PARTS else named), excerpt)
        self.found.setdefault((where, message), error_at(code, path, pointer, message, hint))

    def compare_words(self, code: str, where: str, here: object, there: object, line: int) -> None:
        """Two names or numbers; the document may leave its own open."""
        if there is not None and normalise(str(here)) != normalise(str(there)):
            self.report(code, where, line, MESSAGES[code].format(here, there))

    def compare_figures(self, where: str, here: str, there: Iterable[str], line: int, excerpt: str = "") -> None:
        """The figures of two texts. Any of several alternatives may be the one in use."""
        messages = [facts.describe_difference(here, text) for text in there]
        if messages and all(messages):
            self.report("figures-differ", where, line, messages[0], excerpt=excerpt)

    def compare(self) -> list[tuple[str, Diagnostic]]:
        """Every difference, with the name of the place that it is recorded under."""
        missing = list(self.strategy.audiences)
        for here in self.content.audiences:
            index = match_name(restore(here.name), [there.names for there in missing])
            if index is None:
                message = f"the document has no audience '{here.name}'."
                self.report("audience-added", f"{here.slug}/audience.md: audience", 0, message, ("name",))
            else:
                self.compare_audience(here, missing.pop(index))
        for there in missing:
            message = f"the audience '{there.name}' has no folder."
            self.report("audience-missing", f"site.yaml: audience {there.name}", there.line, message)
        self.compare_stages()
        return [(where, diagnostic) for (where, _), diagnostic in self.found.items()]

    def compare_audience(self, here: Audience, there: StrategyAudience) -> None:
        path, scale = f"{here.slug}/audience.md", derive_scale(there)
        if scale.metric:
            units = [metric.unit or "no unit" if metric else "nothing" for metric in (here.metric, scale.metric)]
            self.compare_words("metric-differs", f"{path}: metric", units[0], units[1], there.line)
        asked, wanted = self.count_questions(here, there, scale.metric), len(there.questions) or None
        where = f"{here.slug}/quiz.yaml: questions"
        self.compare_words("questions-differ", where, asked, wanted, there.questions_line)
        bands = {level.number: band for level, band in zip(there.levels, scale.bands, strict=True)}
        for level in here.levels:
            own, stated = level_file(here, level), there.level(level.number)
            if stated:
                self.compare_level(own, level, stated, bands.pop(level.number))
                self.compare_messages(own, level, there, stated)
            else:
                self.report("level-added", f"{own}: level", there.line, f"the document has no level {level.number}.")
        for missing in (level for level in there.levels if level.number in bands):
            message = f"level {missing.number}, {missing.name}, is only in the document."
            self.report("level-missing", f"{path}: level {missing.number}", missing.line, message)
        self.compare_copy(here, there)

    def count_questions(self, here: Audience, there: StrategyAudience, metric: Metric | None) -> int:
        """The questions of a quiz, but for one that an import adds for the metric if the document has none."""
        count = len(list_own_questions(here.quiz, self.content.site.settings.language))
        is_added = metric and not any(asks_for(question.text, metric) for question in there.questions)
        return count - 1 if is_added and count == len(there.questions) + 1 else count

    def compare_level(self, path: str, here: Level, there: StrategyLevel, band: Band | None) -> None:
        self.compare_words("level-name-differs", f"{path}: name", restore(here.name), there.name, there.line)
        if band and there.stated_range:
            bands, line = (say_band(here.metric), say_band(band)), there.stated_range.line
            self.compare_words("band-differs", f"{path}: metric", *bands, line)
        numbers, line = (there.modules.numbers, there.modules.line) if there.modules else ((), there.line)
        modules = _say_modules(here.modules), _say_modules(numbers)
        self.compare_words("modules-differ", f"{path}: modules", *modules, line)
        line, signs = there.signs[0].line if there.signs else there.line, [sign.text for sign in there.signs]
        self.compare_figures(f"{path}: signs", " · ".join(here.signs), [" · ".join(signs)], line)
        self.compare_figures(f"{path}: tagline", here.tagline or "", [there.tagline or ""], there.line)
        for name in ("symptoms", "keys", "success"):
            self.compare_items(f"{path}: {name}", getattr(here, name), getattr(there, name), there.line)

    def compare_items(
        self, where: str, here: Sequence[Item], there: Sequence[SourceText], line: int, prefix: str = ""
    ) -> None:
        """Two lists item by item. `line` is for an empty list, `prefix` the number of the item that they are below."""
        here = [item for item in here if restore(item.text)]
        texts, name = [restore(item.text) for item in here], where.partition(": ")[2]
        excerpts = [item.text.partition("\n")[0] for item in here]
        pairs = facts.pair_items(texts, [bullet.text for bullet in there])
        for row, column in pairs:
            bullet, excerpt, place = there[column], excerpts[row], f"{where} {prefix}{row + 1}"
            verb, wanted = facts.find_leading_verb(texts[row]), facts.find_leading_verb(bullet.text)
            if wanted and verb != wanted:
                begins = f"begins with '{verb}'" if verb else "begins with no verb in bold"
                message = f"this {begins}, in the document it is '{wanted}'."
                self.report("verb-differs", f"{place} verb", bullet.line, message, excerpt=excerpt)
            self.compare_figures(place, texts[row], [bullet.text], bullet.line, excerpt)
            self.compare_items(where, here[row].items, bullet.children, line, f"{prefix}{row + 1}.")
        for row in sorted({*range(len(here))} - {row for row, _ in pairs}):
            message = f"the document has nothing of '{shorten(texts[row])}' among its {name}."
            nearest = there[min(row, len(there) - 1)].line if there else line
            self.report("item-added", f"{where} {prefix}{row + 1}", nearest, message, excerpt=excerpts[row])
        for column in sorted({*range(len(there))} - {column for _, column in pairs}):
            message = f"nothing here tells of '{shorten(there[column].text)}', number {column + 1} of the {name}."
            place = f"{where} {prefix}{column + 1} of the document"
            excerpt = excerpts[min(column, len(here) - 1)] if here else ""
            self.report("item-missing", place, there[column].line, message, excerpt=excerpt)

    def compare_messages(self, path: str, here: Level, audience: StrategyAudience, there: StrategyLevel) -> None:
        """The figures of a message, the number of offers in it, and the price of each."""
        for name in MESSAGE_PARTS:
            if field := find_field(self.strategy, audience, there, name):
                self.compare_figures(f"{path}: {name}", getattr(here.message, name), field.texts, field.line)
        field = find_field(self.strategy, audience, there, "offer")
        offers, line = field.offers if field else (), (field or there).line
        self.compare_words("offers-differ", f"{path}: offers", len(here.offers), len(offers), line)
        indexes = {offer.id: index for index, offer in enumerate(self.content.site.offers)}
        for id_, offer in zip(here.offers, offers, strict=False) if len(here.offers) == len(offers) else ():
            own = read_offer(self.content.site.offers[indexes[id_]])
            if own.amount != offer.amount:
                prices = [one.price_text or "no stated price" for one in (own, offer)]
                message = f"the offer '{id_}' costs {prices[0]}, in the document {prices[1]}."
                self.report("price-differs", f"offers.yaml: {id_}", offer.line, message, (indexes[id_], "price"))

    def compare_copy(self, here: Audience, there: StrategyAudience) -> None:
        """Amounts and percentages in titles, summaries and free text: the document has to state them somewhere."""
        document = write_strategy(self.strategy._replace(audiences=(there,)))
        stated = {end[:2] for line in document.split("\n") for end in facts.list_figure_ends(line)}
        copy: list[tuple[str, Audience | Level, int]] = [(f"{here.slug}/audience.md", here, there.line)]
        copy += ((level_file(here, level), level, (there.level(level.number) or there).line) for level in here.levels)
        for (path, texts, line), name in product(copy, COPY):
            ends = facts.list_figure_ends(restore(getattr(texts, name, ""))).items()
            added = [words for end, words in ends if end[1] and end[:2] not in stated]
            if added:
                message = f"it says {facts.join_words(added)}, which the document does not."
                self.report("figure-not-in-document", f"{path}: {name}", line, message, excerpt=added[0])

    def compare_stages(self) -> None:
        """The stages of the course, and the names of its modules."""
        path, site, stages = "curriculum.yaml", self.content.site, self.strategy.stages
        if not stages:
            return
        self.compare_words("stages-differ", f"{path}: stages", len(site.stages), len(stages), stages[0].line)
        if len(site.stages) != len(stages):
            return
        for index, (here, there) in enumerate(zip(site.stages, stages, strict=True)):
            self.compare_stage(f"{path}: stages {index + 1}", here, there)
        names = find_module_names(self.strategy)
        for index, module in enumerate(site.modules):
            name = names.get(module.number, "")
            if module.name and normalise(restore(module.name)) != normalise(name):
                message = f"module {module.number} is named '{module.name}', "
                message += f"in the document {name or 'it has no name'}."
                self.report("module-name-differs", f"{path}: module {module.number}", 0, message, ("modules", index))

    def compare_stage(self, where: str, here: Stage, there: StrategyStage) -> None:
        """The modules of a stage, the step that it serves, and its outcomes."""
        modules = _say_modules(here.modules), _say_modules(there.modules)
        self.compare_words("modules-differ", f"{where} modules", *modules, there.line)
        own, stated = f"{here.from_level} to {here.to_level}", f"{there.start} to {there.goal}" if there.start else None
        self.compare_words("step-differs", f"{where} step", own, stated, there.line)
        self.compare_items(f"{where} outcomes", [*map(Item, here.outcomes)], there.outcomes, there.line)


def _say_modules(numbers: Sequence[int] | str) -> str:
    return numbers if isinstance(numbers, str) else ", ".join(map(str, numbers)) or "none"
