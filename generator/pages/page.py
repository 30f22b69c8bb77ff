"""`Page`, the waist of the program: above it is content, below it are files.

A page's context, with the part that all pages share, is all its template sees; so everything that
the page depends on is written in it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct, json, structs

from generator.content.media import find_mentions
from generator.content.model import AudienceSummary, Level, Site
from generator.content.routes import HOME, file_of, is_small
from generator.formats.markdown_links import change_addresses
from generator.formats.slugs import resolve_link
from generator.i18n.conventions import Conventions
from generator.i18n.language import Language
from generator.pages.brand import list_brand_files
from generator.pages.layout_context import PageHead, layout_context, make_menus
from generator.pages.pictures import Context, Variant, list_variants, media_context
from generator.pages.policy import OWN, site_policy
from generator.pages.share import share_context
from generator.pages.target import Target
from generator.schema.addresses import AddressesFile
from generator.schema.offers import Offer

# Shows the last result, helps tables, and unfolds on paper what is folded.
SCRIPT = "main.js"
# Puts videos, and the players of other sites, in the place of pictures.
VIDEO_SCRIPT = "video.js"
# Lets visitors put their own number into a bill.
BILL_SCRIPT = "bill.js"
# Where in a context texts with Markdown blocks are, which may have `<details>`.
BLOCKS = (("article", "body"), ("home", "body"), ("audience", "body"), ("level", "opening"))

MENUS = ("menu", "footer_groups", "footer_menu")


class Page(Struct, frozen=True):
    """A file to be: its path in the output folder, its template, and what it shows."""

    path: str
    template: str
    context: Mapping[str, Any]


class PageFactory:
    """Makes the pages of a site, and has what every page is planned with: the site, its target and its language."""

    def __init__(self, site: Site, target: Target, conventions: Conventions | None = None) -> None:
        self.site = site
        self.target = target
        self.language = Language(site.settings.language, site.words, conventions)
        self.menus = make_menus(site, self.language)
        self.policy = site_policy(site.settings)
        self.offers = {offer.id: offer for offer in site.live_offers}
        self._seo = {seo.route: seo for seo in site.settings.seo}

    @property
    def menu_audiences(self) -> tuple[AudienceSummary, ...]:
        """The audiences that every page can name; none if there are too many."""
        return self.site.audiences if is_small(self.site) else ()

    def offers_of(self, level: Level) -> list[Offer]:
        """The offers of a level that are live, the main one first."""
        return [self.offers[name] for name in level.offers if name in self.offers]

    def list_files(self, page: Page) -> Iterator[Variant]:
        """The files that a page needs, and that are made of those of the content or drawn. What all pages need comes
        with the front page.
        """
        for address in page.context.get("media", ()):
            yield from list_variants(self.site.media[address])
        if drawn := page.context.get("page", {}).get("drawn"):
            yield Variant(**drawn)
        if page.path == file_of(HOME):
            yield from list_brand_files(self.site, self.target)

    def make_page(self, head: PageHead, **context: Any) -> Page:
        """A page: what its layout shows, and the context that is its own.

        A page that offers visitors to go on where they were, has a comparison, or folds a part of its text, needs a
        script.
        """
        head = head._replace(seo=head.seo or self._seo.get(head.route))
        script = self.target.assets.get(SCRIPT)
        if script and (context.get("visits") or "table" in context or has_fold(context)):
            head = head._replace(scripts=(script, *head.scripts))
        if videos := [block for block in list_blocks(context) if block["kind"] == "video"]:
            head = self._admit_videos(head, videos)
        bill = self.target.assets.get(BILL_SCRIPT)
        if bill and any(block["kind"] == "bill" for block in list_blocks(context)):
            head = head._replace(scripts=(*head.scripts, bill))
        layout = layout_context(self.site, self.target, self.language, self.menus, self.policy, head)
        layout["page"] |= share_context(self.site, self.target, self.language, head, context)
        page = Page(file_of(head.route), f"pages/{head.template}.html", {**layout, **context})
        return structs.replace(page, context={**page.context, "media": self._find_media(page.context)})

    def _admit_videos(self, head: PageHead, videos: Sequence[Mapping[str, Any]]) -> PageHead:
        """The head of a page that shows videos, which a script puts in their places: from there they may be loaded."""
        script = self.target.assets.get(VIDEO_SCRIPT)
        if not script:
            return head
        players = tuple("/".join(video["player"].split("/")[:3]) for video in videos if video["player"])
        own = OWN if any(video["file"] for video in videos) else ()
        allow = {**head.allow, "frame_src": players, "media_src": own}
        return head._replace(scripts=(*head.scripts, script), allow=allow)

    def _find_media(self, context: Mapping[str, Any]) -> Context:
        """What the renderer has to know of each picture or file that a page may name, by its address."""
        if not self.site.media:
            return {}
        found = find_mentions(json.encode(context).decode(), self.site.media)
        return {address: media_context(self.site, self.site.media[address], self.language) for address in found}


def withdraw_links(page: Page, addresses: Collection[str]) -> Page:
    """The page without links to `addresses`, which are not live: menus and buttons leave them out, and its text shows
    the words only, for which the renderer has to know them.
    """
    if not addresses or "root" not in page.context:
        return page
    gone = {resolve_link(address, page.context["root"]) for address in addresses}
    if "page" not in page.context:
        text = change_addresses(page.context["text"], lambda address: None if address in gone else address)
        return structs.replace(page, context={**page.context, "text": text})
    changed: Context = {name: _withdraw_items(page.context[name], gone) for name in MENUS}
    changed["header_action"] = next(iter(_withdraw_items([page.context["header_action"]], gone)), None)
    here = f"/{page.context['page']['path']}#"
    gone |= {f"#{address.removeprefix(here)}" for address in addresses if address.startswith(here)}
    if blocks := page.context.get("blocks"):
        changed["blocks"] = {at: [one for one in own if not _leads_to(one, gone)] for at, own in blocks.items()}
    return structs.replace(page, context={**page.context, **changed, "withdrawn": sorted(gone)})


def _leads_to(block: Mapping[str, Any], gone: Collection[str]) -> bool:
    """Whether a block is a button that would lead to nothing."""
    return block["kind"] == "action" and block["href"] in gone


def list_blocks(context: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All blocks of a page, whatever they follow."""
    return list(chain.from_iterable(context.get("blocks", {}).values()))


def _withdraw_items(items: Iterable[Any], gone: Collection[str]) -> list[Any]:
    """The links of a menu that stay, and the groups that have such links."""
    kept = [
        item | {"links": [link for link in item["links"] if link["href"] not in gone]}
        for item in items
        if item and item["href"] not in gone
    ]
    return [item for item in kept if item["href"] or item["links"]]


def has_fold(context: Mapping[str, Any]) -> bool:
    """Whether a page folds a part of a text."""
    texts = ((context.get(name) or {}).get(part) or "" for name, part in BLOCKS)
    blocks = list_blocks(context)
    if any(block["kind"] == "faq" for block in blocks) or "<details" in str(blocks):
        return True
    return any("<details" in text for text in texts)


def view_for_audiences(site: Site) -> Site:
    """The site as the pages of an audience see it."""
    audiences = site.audiences if is_small(site) else ()
    return structs.replace(site, audiences=audiences, addresses=AddressesFile())
