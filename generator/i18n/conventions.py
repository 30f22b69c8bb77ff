"""How languages write things, and which currencies there are: looked up in the Unicode CLDR once, and remembered.

The same few figures stand on many pages and Babel takes 100 µs for one; importing Babel takes a third of the
time of building a small site. So it is imported only for what is not known yet.
"""

import re
from collections.abc import Mapping
from pkgutil import resolve_name

# A large site has more figures than are worth remembering.
MAX_ANSWERS = 4096
# The modules that answer.
CLDR, HYPHENATION = "generator.i18n.cldr", "generator.i18n.hyphenation"
CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}


class Conventions:
    """The answers of `cldr` and of `hyphenation`. Save `answers`, and give them to the next one."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self.answers = dict(answers or {})

    def look_up(self, function: str, *arguments: str | float) -> str:
        """What a function of those modules returns."""
        question = "\0".join((function, *map(str, arguments)))
        if question not in self.answers:
            if len(self.answers) >= MAX_ANSWERS:
                self.answers.clear()
            module = HYPHENATION if function == "hyphenate" else CLDR
            self.answers[question] = resolve_name(f"{module}:{function}")(*arguments)
        return self.answers[question]

    def is_language(self, tag: str) -> bool:
        """Whether there is such a language, by its BCP 47 tag."""
        return self.look_up("language", tag) != ""

    def is_currency(self, code: str) -> bool:
        """Whether there is such a currency, by ISO 4217."""
        return re.fullmatch(r"[A-Z]{3}", code) is not None and self.look_up("currency", code) != ""

    def precision_of(self, currency: str) -> int:
        """The number of decimals that amounts of a currency have."""
        return int(self.look_up("precision", currency))

    def currency_of(self, unit: str | None) -> str | None:
        """The ISO 4217 code of a unit, which may be a sign such as `$`; None where it is not a currency."""
        code = CURRENCIES.get(unit or "", unit or "")
        return code if self.is_currency(code) else None
