"""The fonts of a brand: cut to the characters of the site, with the styles that have pages set in them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.content.media import MediaFile, find_file
from generator.content.model import Site
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, error_at, warning_at
from generator.files.tree import Tree
from generator.formats.document import show_name
from generator.pages.brand import DISPLAY_FONT, PLAIN_FONT, TEXT_FONT
from generator.rendering.fonts import BROKEN_FONT, FontCutter, FontError, explain_font
from generator.rendering.share_pictures import can_join, needs_joining
from generator.rendering.styles import root_url
from generator.schema.brand import BrandFonts

SETTINGS = "site.yaml"
# The assets that texts are written with.
FONTS = (TEXT_FONT, DISPLAY_FONT, PLAIN_FONT)
# What systems show until a font arrives, and for letters that it lacks.
SYSTEM_FONTS = "system-ui,sans-serif"


class Look(NamedTuple):
    """What a site looks like, and the content folder with the files of its brand."""

    content: Tree
    site: Site

    @property
    def fonts(self) -> dict[str, MediaFile]:
        """The files of fonts, by the names of their assets."""
        brand = self.site.settings.brand
        fonts = (brand and brand.fonts) or BrandFonts()
        links = {TEXT_FONT: fonts.text, DISPLAY_FONT: fonts.display if fonts.display != fonts.text else None}
        found = {name: find_file(link, self.site.media) for name, link in links.items() if link}
        return {name: file for name, file in found.items() if file and file.kind == "font" and not file.fault}

    @property
    def headlines(self) -> Iterator[str]:
        """What pictures beside shared links are about."""
        yield self.site.settings.name
        for file in self.site.files.values():
            yield file.title or ""
        for audience in self.site.audiences:
            yield audience.name
            yield audience.title
            yield from (level.title for level in audience.levels)


def find_scripts(look: Look | None) -> tuple[list[str], list[Diagnostic]]:
    """What pictures with the letters of a brand are drawn with, besides fonts; a warning if that is missing."""
    if not (look and look.fonts and any(map(needs_joining, look.headlines))):
        return [], []
    if can_join():
        return ["joined"], []
    message = "the pictures beside shared links have no words, since nothing here joins the letters of their script."
    hint = "Install FriBiDi (libfribidi0 on Debian and Ubuntu, fribidi elsewhere), and build with --force."
    return [], [warning_at("script-not-drawn", look.content.name_of(SETTINGS), WHOLE_FILE, message, hint)]


def cut_fonts(look: Look, cutter: FontCutter, problems: list[Diagnostic]) -> dict[str, bytes]:
    """The fonts of a brand as they are served. Those that cannot be read are added to `problems`."""
    served = {}
    for name, file in look.fonts.items():
        try:
            served[name] = cutter.cut(look.content.read(file.path), is_plain=False)
        except (FontError, OSError) as error:
            place = look.content.name_of(show_name(file.path))
            problems.append(error_at(BROKEN_FONT, place, WHOLE_FILE, *explain_font(error)))
    return served


def write_font_styles(look: Look, addresses: Mapping[str, str]) -> str:
    """The style sheet that has pages set in the fonts of a brand."""
    rules = [_write_face(name, file, addresses[name]) for name, file in look.fonts.items() if name in addresses]
    families = {name: _name_family(name) for name in look.fonts}
    if TEXT_FONT in families:
        rules.append(f":root{{--family:{families[TEXT_FONT]},{SYSTEM_FONTS}}}")
    if DISPLAY_FONT in families:
        rules.append(f":root{{--display:{families[DISPLAY_FONT]},var(--family)}}")
    return "".join(f"{rule}\n" for rule in rules)


def _write_face(name: str, file: MediaFile, address: str) -> str:
    source = f'src:url({root_url(address)}) format("woff2")'
    return (
        f"@font-face{{font-family:{_name_family(name)};{source};font-weight:{file.weights};"
        f"font-stretch:{file.widths};font-display:swap}}"
    )


def _name_family(name: str) -> str:
    return f'"{name.partition(".")[0]}"'
