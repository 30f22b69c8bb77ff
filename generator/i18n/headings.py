"""What people call the parts of a strategy document, in many languages: `headings.yaml`, and how it is looked up.

A kind is the name of a row there, such as `symptoms`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from generator.diagnostics.diagnostic import find_nearest
from generator.files.tree import DiskTree
from generator.formats.document import read_yaml
from generator.formats.titles import clean_title, strip_count

FILE = "headings.yaml"
ASIDE = re.compile(r"\s*\([^()]*\)")


@cache
def _read() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    folder = DiskTree(Path(__file__).parent, "i18n")
    groups = read_yaml(folder, FILE).data
    return {
        name: {kind: tuple(name.casefold() for name in names) for kind, names in group.items()}
        for name, group in groups.items()
    }


def list_names(group: str, kind: str) -> tuple[str, ...]:
    """All names of a kind, the one for reports first."""
    return _read()[group][kind]


def match_any(kind: str) -> str:
    """A pattern of the words of a kind within a text."""
    return "|".join(re.escape(word) for word in sorted(list_names("words", kind), key=len, reverse=True))


def find_kind(text: str | None, *groups: str, exact: bool = False) -> str | None:
    """The kind that a heading or a label means, in the first of the groups that has its name.

    A name that is equal goes before the longest of those that it has in it. `exact`: nothing else will do.
    """
    words = ASIDE.sub("", strip_count(clean_title(text or ""))).casefold().replace(",", "").strip(" :：?….")
    for group in groups if words else ():
        names = [(name, kind) for kind, names in _read()[group].items() for name in names]
        if kind := next((kind for name, kind in names if name == words), None):
            return kind
        if not exact:
            inside = [(len(name), kind) for name, kind in names if len(name) > 2 and _holds(words, name)]
            if inside:
                return max(inside, key=lambda entry: entry[0])[1]
    return None


def _holds(words: str, name: str) -> bool:
    at = words.find(name)
    end = at + len(name)
    return at >= 0 and not words[at - 1 : at].isalnum() and not words[end : end + 1].isalnum()


def classify(labels: Sequence[str | None], *groups: str, exact: bool = False) -> list[str | None]:
    """The kinds of labels that belong together. Beside symptoms, and in a message, `Pain` is a part of a message."""
    kinds = [find_kind(label, *groups, exact=exact) for label in labels]
    pains = [at for at, label in enumerate(labels) if kinds[at] == "symptoms" and _names(label, "message", "pain")]
    pains = pains[1:] if 1 < len(pains) == kinds.count("symptoms") else pains
    is_message = "keys" not in kinds and ("focus" in kinds or "promise" in kinds)
    if "message" in groups and (is_message or len(pains) < kinds.count("symptoms")):
        kinds = ["pain" if at in pains else kind for at, kind in enumerate(kinds)]
    return kinds


def _names(label: str | None, group: str, kind: str) -> bool:
    return clean_title(label or "").casefold() in list_names(group, kind)


def find_near_name(label: str, *groups: str) -> str | None:
    """The name that was probably meant, of those that begin alike; the first name of a kind goes before the others."""
    words = clean_title(label).casefold()
    names = [name for group in groups for names in _read()[group].values() for name in names if name[0] == words[:1]]
    first = [name for name in names if any(name == row[0] for group in groups for row in _read()[group].values())]
    return find_nearest(words, first) or find_nearest(words, names)


def say_names(group: str) -> Iterator[str]:
    """The names of kinds as reports write them."""
    yield from (list_names(group, kind)[0].capitalize() for kind in _read()[group] if kind != "measure")


def suggest_name(label: str, *groups: str) -> str:
    """`Did you mean 'Symptoms'?`, or all kinds by their first names if none is similar."""
    if near := find_near_name(label, *groups):
        return f"Did you mean '{near.capitalize()}'?"
    return f"Known: {', '.join(say_names(groups[0]))}."


def strip_for(title: str) -> str:
    """`For Founders:` without the words and signs around the name."""
    return re.sub(rf"^(?:{match_any('for')})\s+", "", title.strip().rstrip(":："), flags=re.IGNORECASE)


def strip_audience(title: str) -> str:
    """`Audience 1: Founders` as `Founders`."""
    pattern = rf"(?:{match_any('audience')})s?\s*#?\d*\s*[:：–—-]+\s*"
    return re.sub(pattern, "", strip_count(title), count=1, flags=re.IGNORECASE)
