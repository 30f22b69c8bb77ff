"""The styles of a page: only those of the elements and components that are on it, and within the page itself.

A page that carries its styles is painted after one answer of the server, and can never meet the style sheet of another
deploy. What belongs to a component stands in a file of the component's name, so there is nothing to declare: a page
with an element of class `offer` or `offer__price` has `css/components/offer.css`, one with a `<table>` has
`css/elements/table.css`, and every page has the files in `css/` itself.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from typing import NamedTuple

STYLE_FOLDER = "css/"
# The one style sheet that is computed; it is no file.
PALETTE = "css/palette.css"
# The order of the cascade. A style belongs to the longest of these that its path begins with.
STYLE_ORDER = (
    *("css/tokens.css", PALETTE, "css/", "css/components/prose.css"),
    *("css/elements/", "css/components/", "css/print.css"),
)
# Stands for the way to the top of the site in addresses within styles.
ROOT = "{root}"
TAG = re.compile(r"""<([a-z][a-z0-9]*)((?:\s[^<>]*?)?)/?>""")
CLASSES = re.compile(r"""\sclass="([^"]*)\"""")


class StylePart(NamedTuple):
    """A minified style sheet. `condition` is what must be on a page: the block of a class as `.offer`, or an element
    as `table`; "" for what belongs to all pages.
    """

    condition: str
    text: str


def find_condition(path: str) -> str:
    """What must be on a page for the style sheet at a path to be on it, too."""
    folder, _, name = path.removeprefix(STYLE_FOLDER).removesuffix(".css").rpartition("/")
    return {"components": f".{name}", "elements": name}.get(folder, "")


def style_rank(path: str) -> tuple[int, str]:
    """Where in the cascade a style sheet stands."""
    matches = [(len(start), rank) for rank, start in enumerate(STYLE_ORDER) if path.startswith(start)]
    return max(matches)[1], path


def root_url(address: str) -> str:
    return ROOT + address


class PageStyles:
    """Chooses from all `parts` of style sheets those of a page."""

    def __init__(self, parts: Sequence[StylePart]) -> None:
        self._parts = parts
        self._join = cache(self._join_parts)

    def find(self, body: str, root: str) -> str:
        """The styles of a page with this body; `root` leads from it to the top of the site."""
        return self._join(frozenset(list_conditions(body)), root)

    def _join_parts(self, present: frozenset[str], root: str) -> str:
        chosen = (part.text for part in self._parts if not part.condition or part.condition in present)
        return "".join(chosen).replace(ROOT, root)


def list_conditions(body: str) -> set[str]:
    """The elements on a page, and the blocks of their classes: of `offer--main` and `offer__price` it is `.offer`."""
    elements = {match[1] for match in TAG.finditer(body)}
    names = {name for classes in CLASSES.findall(body) for name in classes.split()}
    return elements | {"." + re.split("__|--", name, maxsplit=1)[0] for name in names}


@cache
def hash_style(text: str) -> str:
    """What a content security policy calls a style within the page."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
