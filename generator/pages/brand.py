"""What every page shows of a brand: the logo, the icons, the colour of the window around it, the fonts."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.content.media import find_file
from generator.content.model import Site
from generator.formats.colors import DARK_PAPER, PAPER, to_hex
from generator.pages.mark import draw_mark, draw_tile
from generator.pages.palette import colors_of, family_of
from generator.pages.pictures import Context, Variant, draw_variant, make_variant
from generator.pages.target import Target
from generator.schema.brand import Brand

# The names of fonts among the assets: those of a brand, and the one that the layouts come with.
TEXT_FONT, DISPLAY_FONT, PLAIN_FONT = "brand/text.woff2", "brand/display.woff2", "fonts/archivo.woff2"
# What templates call icons.
ICONS = "brand.icons"
# How large icons are: in tabs and search results, where an SVG is not known, and on the screens of phones.
TAB, PHONE = 96, 180
# How high a logo is shown at most, in pixels; on fine screens it has twice as many.
LOGO_HEIGHT = 40


class Icon(NamedTuple):
    """An icon as a page names it, and its file."""

    rel: str
    type: str | None
    sizes: str | None
    file: Variant


def brand_context(site: Site, target: Target) -> Context:
    brand = site.settings.brand or Brand()
    theme = [to_hex(PAPER), to_hex(DARK_PAPER)]
    if brand.colors:
        theme = [colors_of(1, is_dark, family_of(brand)).rock for is_dark in (False, True)]
    fonts = (target.assets.get(TEXT_FONT) or target.assets.get(PLAIN_FONT), target.assets.get(DISPLAY_FONT))
    return {
        "logo": _logo_context(site, brand.logo),
        "logo_dark": _logo_context(site, brand.logo_dark),
        "icons": [
            {"rel": icon.rel, "type": icon.type, "sizes": icon.sizes, "address": icon.file.address}
            for icon in list_icons(site, target)
        ],
        "theme": {"light": theme[0], "dark": theme[1]},
        "fonts": [font for font in fonts if font],
    }


def list_brand_files(site: Site, target: Target) -> list[Variant]:
    """The files that every page needs: made of those of the content, or drawn."""
    brand = site.settings.brand or Brand()
    logos = (find_logo(site, link) for link in (brand.logo, brand.logo_dark))
    icons = list_icons(site, target) if ICONS in target.shows else ()
    return [*filter(None, logos), *(icon.file for icon in icons)]


def find_logo(site: Site, link: str | None) -> Variant | None:
    """The file of a logo."""
    file = find_file(link, site.media) if link else None
    if file is None or file.fault:
        return None
    if file.format == "svg":
        return make_variant(file, "svg", file.width)
    width = min(file.width, max(1, round(2 * LOGO_HEIGHT * file.width / file.height)))
    return make_variant(file, "png", width)


def _logo_context(site: Site, link: str | None) -> Context | None:
    found = find_logo(site, link)
    if found is None:
        return None
    return {
        "src": found.address,
        "width": max(1, round(LOGO_HEIGHT * found.width / found.height)),
        "height": LOGO_HEIGHT,
    }


def list_icons(site: Site, target: Target) -> Iterator[Icon]:
    """The icons of a site: its own one, or the mark in its colours."""
    brand = site.settings.brand or Brand()
    file = find_file(brand.icon, site.media) if brand.icon else None
    if file and not file.fault:
        if file.format == "svg":
            yield _name_icon("icon", make_variant(file, "svg", file.width))
        yield _name_icon("icon", make_variant(file, "png", TAB))
        yield _name_icon("apple-touch-icon", make_variant(file, "png", PHONE, ground=to_hex(PAPER)))
        return
    family = family_of(brand)
    yield _name_icon("icon", draw_variant("favicon", "svg", (32, 32), draw_mark(family), target.drawing))
    yield _name_icon("icon", draw_variant("favicon", "png", (TAB, TAB), draw_mark(family), target.drawing))
    yield _name_icon(
        "apple-touch-icon", draw_variant("touch-icon", "png", (PHONE, PHONE), draw_tile(family), target.drawing)
    )


def _name_icon(rel: str, variant: Variant) -> Icon:
    """An icon with what decides between several of its kind."""
    if variant.format == "svg":
        return Icon(rel, "image/svg+xml", None, variant)
    return Icon(rel, None, f"{variant.width}x{variant.height}" if rel == "icon" else None, variant)
