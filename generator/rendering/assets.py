"""Scripts, fonts and pictures, minified and fingerprinted, and the style sheets that pages carry themselves.

A file name that changes with the content lets hosts and browsers keep an asset forever.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import rcssmin
import rjsmin

from generator.content.routes import asset_route
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, error_at, find_position, suggest
from generator.files.tree import Tree
from generator.formats.document import read_bytes, read_text
from generator.pages.brand import ICONS, PLAIN_FONT
from generator.pages.palette import family_of
from generator.pages.share import IMAGE
from generator.pages.target import Assets
from generator.rendering.brand import FONTS, Look, cut_fonts, find_scripts, write_font_styles
from generator.rendering.drawing import describe_tools
from generator.rendering.fonts import BASIC_SUFFIX, SUFFIX, FontCutter, FontError
from generator.rendering.palette import write_palette
from generator.rendering.styles import PALETTE, STYLE_FOLDER, StylePart, find_condition, root_url, style_rank

# Scripts that are not served as they are: each quiz has one of its own, which begins with its data.
PROGRAMS = ("quiz.js",)
# Static files that are texts: their line ends do not count.
TEXTS = (".svg", ".css", ".js", ".json", ".xml", ".webmanifest")
URL = re.compile(r"""url\(\s*["']?([^"')]+?)["']?\s*\)""")


class Asset(NamedTuple):
    """A file as it is served. `name` is what templates call it, `address` where it lives."""

    name: str
    address: str
    data: bytes


class AssetCollection(NamedTuple):
    """What a layouts folder has besides templates. `files` are the assets by name, `programs` the minified texts of
    `PROGRAMS`, `styles` the parts of all style sheets in the order of the cascade; `diagnostics` has an error for each
    file that a style names and that is missing, and for each font that is none. `font_keys` stand for the fonts of
    texts as they were before they were cut; `shows` names what is drawn for templates.
    """

    files: dict[str, Asset]
    programs: dict[str, str]
    styles: tuple[StylePart, ...]
    diagnostics: list[Diagnostic]
    font_keys: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()

    @property
    def addresses(self) -> dict[str, str]:
        return {name: asset.address for name, asset in self.files.items()}

    @property
    def fonts(self) -> dict[str, bytes]:
        """The fonts of texts, as they are served."""
        return {name: self.files[name].data for name in FONTS if name in self.files}

    @property
    def for_pages(self) -> Assets:
        """What pages have to know."""
        return Assets(self.addresses, self.programs, self.styles, describe_tools(*self.font_keys), self.shows)


def collect_assets(
    layouts: Tree,
    totals: Iterable[int] = (),
    characters: Iterable[str] = (),
    fonts: str | None = None,
    look: Look | None = None,
) -> AssetCollection:
    """Everything in a layouts folder that is not a template, and the colours for audiences with so many levels.

    Fonts have the `characters` of the site only; they are kept in the folder `fonts`. `look` has the fonts and colours
    of a brand.
    """
    assets: dict[str, Asset] = {}
    programs: dict[str, str] = {}
    problems: list[Diagnostic] = []
    cutter = FontCutter(characters, fonts)
    for path in layouts.paths():
        folder, _, name = path.partition("/")
        if path.startswith("js/") and name in PROGRAMS:
            programs[name] = _read_script(layouts, path)
        elif path.startswith("js/") and name.endswith(".js"):
            assets[name] = make_asset(name, _read_script(layouts, path).encode())
        elif folder == "fonts" and name.endswith(SUFFIX) and not name.endswith(BASIC_SUFFIX):
            assets[path] = make_asset(path, _read_font(layouts, path, cutter, problems))
        elif folder == "static" and not name.endswith((".txt", ".md")):
            data = read_text(layouts, path).encode() if name.endswith(TEXTS) else read_bytes(layouts, path)
            assets[name] = make_asset(name, data)
    if look:
        assets |= {name: make_asset(name, data) for name, data in cut_fonts(look, cutter, problems).items()}
    cutter.forget_others()
    paths = {path for path in layouts.paths() if path.startswith(STYLE_FOLDER) and path.endswith(".css")}
    styles = {path: _read_style(layouts, path, assets, problems) for path in sorted(paths)}
    styles[PALETTE] = write_palette(totals, family_of(look.site.settings.brand if look else None))
    if look:
        styles[PALETTE] += write_font_styles(look, {name: asset.address for name, asset in assets.items()})
    parts = (
        StylePart(find_condition(path), str(rcssmin.cssmin(styles[path]))) for path in sorted(styles, key=style_rank)
    )
    keys = [layouts.digest(path) for path in layouts.paths() if path == PLAIN_FONT]
    keys += [file.key for file in look.fonts.values()] if look else []
    scripts, unjoined = find_scripts(look)
    shown = _find_shown(layouts)
    problems += unjoined if IMAGE in shown else []
    return AssetCollection(assets, programs, tuple(parts), problems, (*keys, *scripts), shown)


def _find_shown(layouts: Tree) -> tuple[str, ...]:
    """What the head of pages shows of all that can be drawn: other layouts may do without."""
    heads = (path for path in layouts.paths() if path == "base.html" or path.startswith("partials/"))
    text = "".join(read_text(layouts, path) for path in heads)
    return tuple(name for name in (ICONS, IMAGE) if name in text)


def make_asset(name: str, data: bytes) -> Asset:
    """An asset whose file name has a digest of its content in it."""
    return Asset(name, asset_route(name, data), data)


def _read_script(layouts: Tree, path: str) -> str:
    return str(rjsmin.jsmin(read_text(layouts, path)))


def _read_font(layouts: Tree, path: str, cutter: FontCutter, problems: list[Diagnostic]) -> bytes:
    """A font as it is served; as it stands if it is none, which is added to `problems`."""
    basic = path.removesuffix(SUFFIX) + BASIC_SUFFIX
    if cutter.is_basic and basic in layouts.paths():
        return read_bytes(layouts, basic)
    data = read_bytes(layouts, path)
    try:
        return cutter.cut(data)
    except FontError as error:
        message, hint = f"this is no font that can be read: {error}.", "Put a WOFF2 font in its place, or remove it."
        problems.append(error_at("no-font", layouts.name_of(path), WHOLE_FILE, message, hint))
        return data


def _read_style(layouts: Tree, path: str, assets: Mapping[str, Asset], missing: list[Diagnostic]) -> str:
    """A style sheet with the addresses of fonts and pictures. What is missing is added to `missing`."""
    text = read_text(layouts, path)

    def replace(match: re.Match[str]) -> str:
        target = match[1]
        if target.startswith(("data:", "#")):
            return match[0]
        label = target.lstrip("./").removeprefix("static/")
        if label not in assets:
            place, message = find_position(text, match.start()), f"there is no file '{target}'."
            missing.append(error_at("missing-asset", layouts.name_of(path), place, message, suggest(label, assets)))
            return match[0]
        return f"url({root_url(assets[label].address)})"

    return URL.sub(replace, text)
