"""Promises of a brand: its colours can be read, its icon is square, its fonts have the letters of the site."""

from collections.abc import Iterator

from generator.content.media import find_file
from generator.content.model import Site
from generator.diagnostics.diagnostic import Diagnostic, Keys, count, error_at, warning_at
from generator.formats.colors import READABLE, from_hex, make_readable, measure
from generator.i18n.conventions import Conventions
from generator.schema.brand import BrandColors, BrandFonts

SETTINGS = "site.yaml"
# What phones show of an icon, in pixels.
LEAST_ICON = 180
# How much wider than high an icon may be, or the other way round.
UNEVEN = 0.02


def brand_is_sound(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    brand = site.settings.brand
    if brand is None:
        return
    if brand.colors:
        yield from _check_colors(brand.colors)
    if brand.logo_dark and not brand.logo:
        message, hint = "a logo for dark screens needs one for others.", "Add logo."
        yield error_at("logo-missing", SETTINGS, ("brand", "logo_dark"), message, hint)
    if brand.icon:
        yield from _check_icon(site, brand.icon)
    if brand.fonts:
        yield from _check_fonts(site, brand.fonts)


def _check_colors(colors: BrandColors) -> Iterator[Diagnostic]:
    keys: Keys = ("brand", "colors")
    given = {name: color for name in colors.__struct_fields__ if (color := getattr(colors, name))}
    if given.keys() not in ({"low", "high"}, {"accent"}):
        message = f"the colours given are {', '.join(given)}." if given else "there is no colour."
        hint = "Give low and high, or accent alone."
        yield error_at("unclear-brand-colors", SETTINGS, keys, message, hint)
    for name, color in given.items():
        if (found := measure(color)) < READABLE:
            message = f"'{color}' has a contrast of {int(found * 10) / 10:g}:1 with the paper of the pages."
            hint = f"Texts need {READABLE:g}:1. A colour near it that has it: '{make_readable(color)}'."
            yield error_at("unreadable-color", SETTINGS, (*keys, name), message, hint)
    if colors.low and colors.high and from_hex(colors.low) == from_hex(colors.high):
        message = "every level would have the same colour."
        yield error_at("same-colors", SETTINGS, (*keys, "high"), message, "Give another one, or accent alone.")


def _check_icon(site: Site, link: str) -> Iterator[Diagnostic]:
    file = find_file(link, site.media)
    if file is None or file.fault or not file.height:
        return
    if abs(file.width / file.height - 1) > UNEVEN:
        message = f"the icon is {file.width} by {file.height} pixels."
        yield error_at("icon-not-square", SETTINGS, ("brand", "icon"), message, "It has to be as wide as high.")
    elif file.format != "svg" and file.width < LEAST_ICON:
        message = f"the icon is only {count(file.width, 'pixel')} wide."
        hint = f"Phones show {LEAST_ICON}; an SVG has them all."
        yield warning_at("small-picture", SETTINGS, ("brand", "icon"), message, hint)


def _check_fonts(site: Site, fonts: BrandFonts) -> Iterator[Diagnostic]:
    for name in fonts.__struct_fields__:
        link: str | None = getattr(fonts, name)
        file = find_file(link, site.media) if link else None
        if file and file.lacks:
            letters = ", ".join(file.lacks[:10]) + (", ..." if len(file.lacks) > 10 else "")
            message = f"'{link}' lacks letters that the site shows: {letters}"
            hint = "Browsers take them from another font. Choose one that has them."
            yield warning_at("font-without-letters", SETTINGS, ("brand", "fonts", name), f"{message}.", hint)
