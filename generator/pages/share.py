"""The picture beside a link that is shared: what is on it. It is drawn by `rendering.share_pictures`."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, json

from generator.content.media import find_file
from generator.content.model import MARK_LEVELS, Site
from generator.content.routes import NOT_FOUND
from generator.formats.markup import strip_marks
from generator.i18n.language import Language
from generator.pages.layout_context import PageHead
from generator.pages.palette import colors_of, family_of
from generator.pages.pictures import Context, Variant, draw_variant, find_share_file
from generator.pages.target import Target
from generator.schema.brand import Brand

SIZE = (1200, 630)
# What templates call it.
IMAGE = "page.image"


class SharePicture(Struct, frozen=True):
    """What is on a picture: a headline with a smaller line above it, and the name of the site, or its logo.

    `colors` are the rocks and tints of the levels, lowest first; `level` is the one that the page is about, or 0.
    `logo` is the path of a file in the content folder, `logo_key` stands for what is in it.
    """

    headline: str
    line: str
    name: str
    colors: tuple[tuple[str, str], ...]
    level: int = 0
    is_rtl: bool = False
    logo: str = ""
    logo_key: str = ""


def share_context(
    site: Site, target: Target, language: Language, head: PageHead, context: Mapping[str, Any]
) -> Context:
    """The picture of a page, and what it says to those who do not see it: the editor's own, or one that is drawn."""
    if target.base_url is None or head.route == NOT_FOUND:
        return {}
    headline = _find_headline(head, context)
    if own := find_share_file(site, head.seo.image if head.seo else None):
        # The file itself is named, so that it is made.
        return {"image": _describe(own, target, headline), "image_file": head.seo.image if head.seo else None}
    if not target.shares or IMAGE not in target.shows:
        return {}
    picture = describe_picture(site, language, headline, context)
    variant = draw_variant("share", "png", SIZE, json.encode(picture).decode(), target.drawing)
    alt = ", ".join(filter(None, (picture.line, headline)))
    return {"image": _describe(variant, target, alt), "drawn": variant._asdict()}


def _describe(variant: Variant, target: Target, alt: str) -> Context:
    address = f"{target.base_url}{variant.address}"
    return {"address": address, "width": variant.width, "height": variant.height, "alt": alt}


def describe_picture(site: Site, language: Language, headline: str, context: Mapping[str, Any]) -> SharePicture:
    """What is on the picture of a page. Where there are many audiences, their pages share one for each level."""
    level: Context = context.get("level") or {}
    audience: Context = context.get("audience") or {}
    steps: list[Context] = context.get("steps") or context.get("results") or []
    brand, total = site.settings.brand or Brand(), level.get("total") or (steps[-1]["number"] if steps else MARK_LEVELS)
    colors = (colors_of(number / max(total - 1, 1), family=family_of(brand)) for number in range(total))
    logo = find_file(brand.logo, site.media) if brand.logo else None
    parts = [audience.get("name") if site.audiences else None]
    if level:
        # No figures of what people earn: there is no room to say that they are no promise.
        parts.append(language.say("level_of_total", number=level["number"], total=total))
    elif not audience:
        parts = [site.settings.tagline]
    return SharePicture(
        headline if site.audiences else "",
        " · ".join(strip_marks(part) for part in parts if part),
        site.settings.name,
        tuple((color.rock, color.tint) for color in colors),
        level.get("number", 0),
        language.direction == "rtl",
        logo.path if logo and not logo.fault else "",
        logo.key if logo and not logo.fault else "",
    )


def _find_headline(head: PageHead, context: Mapping[str, Any]) -> str:
    own = context.get(head.template)
    title = own.get("title") if isinstance(own, dict) else None
    return " ".join(strip_marks(title or context.get("heading") or head.title).split())
