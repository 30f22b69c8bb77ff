"""The site's language: the words templates add, and how numbers, currencies and ranges are written.

Conventions come from the Unicode CLDR, the words from the files that `words` reads.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import inf

from generator.diagnostics.diagnostic import WHOLE_FILE, SiteError, error_at, suggest
from generator.formats.markup import strip_marks
from generator.i18n.conventions import Conventions
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.schema.offers import Offer, PriceRange

Words = dict[str, str | dict[str, str]]

WORDS_PLACE = "layouts/words.yaml"
WORD_PLACEHOLDER = re.compile(r"\{(\w+)\}")
DIRECTION_MARKS = "\u061c\u200e\u200f"
SPACES = "\u00a0\u202f "


class Language:
    """One language and its words. `tag` is a BCP 47 tag; raises `ValueError` for an unknown one.

    `conventions` are shared by the languages of a build; without them, each looks things up on its own.
    """

    def __init__(self, tag: str, words: Words, conventions: Conventions | None = None) -> None:
        self.tag = tag
        self.words = words
        self.conventions = Conventions() if conventions is None else conventions
        if not self.conventions.is_language(tag):
            raise ValueError(f"there is no language '{tag}'")
        # The band of a level is on every page of its audience: remembering it saves a tenth of a build.
        self.band = lru_cache(maxsize=1024)(self._band)

    def _look_up(self, function: str, *arguments: str | float) -> str:
        return self.conventions.look_up(function, self.tag, *arguments)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self._look_up("direction")

    def number(self, value: float) -> str:
        return self._look_up("number", value)

    def decimal(self, value: float) -> str:
        """A number with all its decimals: `0.0006`."""
        return self._look_up("decimal", value)

    def percent(self, value: float) -> str:
        """`5%`, with all its decimals."""
        return self._look_up("percent", value)

    def file_size(self, size: int) -> str:
        """The size of a file: `1.2 MB`, `310 kB`."""
        return self._look_up("file_size", size)

    def join(self, parts: Sequence[str]) -> str:
        """`a, b and c`."""
        return self._look_up("join", *parts)

    def money(self, amount: float, currency: str) -> str:
        """An exact amount: no decimals where it is whole."""
        return self._look_up("money", amount, currency)

    def say(self, key: str, **values: object) -> str:
        """A word with its placeholders filled; numbers are written the language's way.

        Of a word with plural forms, such as `12 symptoms`, it takes the form for the number {count}.
        """
        word, count = self._word(key), values.get("count")
        if isinstance(word, str):
            return self.fill(word, values)
        if not isinstance(count, int):
            raise _word_error("unexpected-plural-forms", f"the word '{key}' has plural forms.", "Write one text.")
        return self.fill(self.choose(word, count), values)

    def choose(self, forms: str | Mapping[str, str], count: int) -> str:
        """The plural form for a count."""
        return forms if isinstance(forms, str) else forms.get(self._look_up("plural", count), forms["other"])

    def label(self, text: str) -> str:
        """A text with the colon after it, before which some languages have a space."""
        return self.say("label", label=text)

    def hyphenate(self, word: str) -> str:
        """A long word with a soft hyphen wherever it may be broken."""
        return self._look_up("hyphenate", word)

    def fill(self, text: str, values: Mapping[str, object]) -> str:
        """`text` with each `{name}` replaced."""

        def value_of(match: re.Match[str]) -> str:
            if match[1] not in values:
                message = f"'{text}' uses {match[0]}, which it is not given."
                raise _word_error("unknown-placeholder", message, suggest(match[1], values))
            value = values[match[1]]
            return self.number(value) if isinstance(value, (int, float)) else str(value)

        return WORD_PLACEHOLDER.sub(value_of, text)

    def _word(self, key: str) -> str | dict[str, str]:
        if key not in self.words:
            raise _word_error("missing-word", f"the word '{key}' is missing.", "Add it.")
        return self.words[key]

    def price(self, offer: Offer) -> str:
        """The price of an offer, within a sentence: `$1,997`, `$97–$297`, `from $450 per month`, or the words for what
        has no amount.
        """
        currency = offer.currency or ""
        match offer.price:
            case "free":
                return self.say("free")
            case "on application":
                return self.say("on_application")
            case PriceRange(low=low, high=high):
                text = self.money(low, currency)
                end = self.money(high, currency) if high is not None else None
                text = self.range(text, end) if end else self.say("price_from", low=text)
            case amount:
                text = self.money(float(amount), currency)
        return self.say("price_per", price=text, unit=strip_marks(offer.per)) if offer.per else text

    def range(self, low: str, high: str) -> str:
        """`low–high`, with a unit that follows both said once, and then also one that stands before: `€ 60–100 mil`."""
        ends = [re.fullmatch(rf"([^\d{DIRECTION_MARKS}]*)(.*?\d)([{SPACES}]\D+)", text) for text in (low, high)]
        if ends[0] and ends[1] and ends[0][3] == ends[1][3]:
            low = ends[0][1] + ends[0][2]
            high = high.removeprefix(ends[0][1])
        return self.say("range", low=low, high=high)

    def _band(self, band: Band, metric: Metric) -> str:
        """The band of a level: `$100K–$150K a year`, `$200K+ MRR`, `0–10 beds`, `under 5 min/km`."""
        if band.low is None:
            text = self.say("under", high=self._with_unit(self.amount(band.high or 0, metric), metric))
        else:
            text = self.amount(band.low, metric)
            end = band.typical_to if band.high is None else band.high - metric.whole
            if end is not None and end != band.low:
                text = self.range(text, self.amount(end, metric))
            text = self._with_unit(text if band.high is not None else self.say("open_range", low=text), metric)
        if metric.short:
            return self.say("amount_of_unit", amount=text, unit=metric.short)
        return self.say(f"per_{metric.period}", amount=text) if metric.period else text

    def values(self, low: float, high: float, metric: Metric) -> str:
        """The values from `low` up to, and without, `high`: `under $10K`, `$10K to under $50K`, `$50K or more`.

        `high` is `inf` where there is no upper end. The period and short name of the metric are not in it.
        """
        if high == inf:
            return self.say("values_from", low=self._with_unit(self.amount(low, metric), metric))
        end = self._with_unit(self.amount(high, metric), metric)
        if low == 0:
            return self.say("under", high=end)
        return self.say("values_between", low=self.amount(low, metric), high=end)

    def amount(self, value: float, metric: Metric) -> str:
        """A value of a metric, short where that is exact: `$100K`, `€2.4M`, `12,345`, `5%`."""
        if metric.unit == "%":
            return self.percent(value)
        currency = self.conventions.currency_of(metric.unit) or ""
        full = self.money(value, currency) if currency else self.decimal(value)
        if value < 10_000:
            return full
        short, exact = (self._look_up("compact", value, decimals, currency) for decimals in (2, 9))
        return short if short == exact and _digits(short) < _digits(full) else full

    def _with_unit(self, text: str, metric: Metric) -> str:
        """The text with its unit where that is a word; the sign of a currency, or of percent, is already in it."""
        if metric.unit and metric.unit != "%" and not self.conventions.currency_of(metric.unit):
            return self.say("amount_of_unit", amount=text, unit=metric.unit)
        return text


def begin(text: str) -> str:
    """A text as it stands at a beginning: with a capital letter."""
    return text[:1].upper() + text[1:]


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _word_error(code: str, message: str, hint: str) -> SiteError:
    """What is wrong with a word of the layouts; those of the content have been checked against them."""
    return SiteError([error_at(code, WORDS_PLACE, WHOLE_FILE, message, hint)])


def placeholders(word: str | Mapping[str, str]) -> set[str]:
    """The names in braces that a word may use."""
    texts = [word] if isinstance(word, str) else word.values()
    return {name for text in texts for name in WORD_PLACEHOLDER.findall(text)}
