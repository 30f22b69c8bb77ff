"""`Page`, the waist of the program: above it is content, below it are files.

A page's context, with the part that all pages share, is all its template sees; so everything that
the page depends on is written in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.content.model import Outline, Site
from generator.content.routes import file_of, is_small
from generator.i18n.conventions import Conventions
from generator.i18n.language import Language
from generator.pages.context import Shape
from generator.pages.layout_context import Crumb, Target, shape_chrome

VISIT_SCRIPT = "welcome_back.js"


class Page(Struct, frozen=True):
    """A file to be: its path in the output folder, its template, and what it shows."""

    path: str
    template: str
    context: Mapping[str, Any]


class Frame:
    """What every page of a site is planned with: the site, where it goes, and its language."""

    def __init__(self, site: Site, target: Target, conventions: Conventions | None = None) -> None:
        self.site = site
        self.target = target
        self.language = Language(site.settings.language, site.words, conventions)
        self.offers = {offer.id: offer for offer in site.offers}

    @property
    def menu_audiences(self) -> tuple[Outline, ...]:
        """The audiences that every page can name; none where there are too many."""
        return self.site.outlines if is_small(self.site) else ()

    def scripts_for(self, visits: Sequence[Shape]) -> list[str]:
        """The script that a page needs which offers visitors to go on where they were."""
        script = self.target.assets.get(VISIT_SCRIPT)
        return [script] if script and visits else []

    def page(self, kind: str, address: str, *, title: str, description: str, crumbs: Iterable[Crumb] = (),
              root: str | None = None, data: Iterable[Shape] = (), scripts: Iterable[str] = (),
              **context: Any) -> Page:  # fmt: skip
        """The page at an address: its chrome, and what is its own."""
        chrome = shape_chrome(
            self.site,
            self.target,
            self.language,
            address,
            kind=kind,
            title=title,
            description=description,
            crumbs=crumbs,
            root=root,
            data=data,
            scripts=scripts,
        )
        return Page(file_of(address), f"pages/{kind}.html", {**chrome, **context})
