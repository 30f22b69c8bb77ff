"""Styles, scripts, fonts and pictures: concatenated, minified and fingerprinted.

A file name that changes with the content lets hosts and browsers keep an asset forever.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

import rcssmin
import rjsmin

from generator.content.routes import ASSETS, asset_route
from generator.diagnostics.diagnostic import Diagnostic, error_at, find_position, suggest
from generator.files.tree import Tree
from generator.formats.document import read_bytes, read_text
from generator.rendering.palette import write_palette

STYLE = "site.css"
# The one style that is computed; it is no file.
PALETTE = "css/palette.css"
# Scripts that are not served as they are: each quiz has one of its own, which begins with its data.
PROGRAMS = ("quiz.js",)
# Static files that are texts: their line ends do not count.
TEXTS = (".svg", ".css", ".js", ".json", ".xml", ".webmanifest")
# The order of the cascade. A style belongs to the longest of these that its path begins with.
STYLE_ORDER = ("css/tokens.css", PALETTE, "css/base.css", "css/layout.css", "css/components/", "css/", "css/print.css")
URL = re.compile(r"""url\(\s*["']?([^"')]+?)["']?\s*\)""")


class Asset(NamedTuple):
    """A file as it is served. `name` is what templates call it, `address` where it lives."""

    name: str
    address: str
    data: bytes


def collect_assets(layouts: Tree, totals: Iterable[int] = ()) -> tuple[dict[str, Asset], list[Diagnostic]]:
    """Every asset of a layouts folder by name, and an error for each file that a style names and that is missing.

    `totals` are the numbers of levels that the site's audiences have.
    """
    paths = layouts.paths()
    assets: dict[str, Asset] = {}
    for path in paths:
        folder, _, name = path.partition("/")
        if folder in ("fonts", "static") and not name.endswith((".txt", ".md")):
            label = path if folder == "fonts" else name
            data = read_text(layouts, path).encode() if name.endswith(TEXTS) else read_bytes(layouts, path)
            assets[label] = make_asset(label, data)
        elif folder == "js" and name.endswith(".js") and name not in PROGRAMS:
            assets[name] = make_asset(name, _read_script(layouts, path).encode())
    styles = {path for path in paths if path.startswith("css/") and path.endswith(".css")}
    missing: list[Diagnostic] = []
    texts = {path: _read_style(layouts, path, assets, missing) for path in styles}
    texts[PALETTE] = write_palette(totals)
    sheet = "\n".join(texts[path] for path in sorted(texts, key=_style_rank))
    assets[STYLE] = make_asset(STYLE, str(rcssmin.cssmin(sheet)).encode())
    return assets, missing


def read_programs(layouts: Tree) -> dict[str, str]:
    """The minified texts of `PROGRAMS`, by name."""
    paths = layouts.paths()
    return {name: _read_script(layouts, f"js/{name}") for name in PROGRAMS if f"js/{name}" in paths}


def make_asset(name: str, data: bytes) -> Asset:
    """An asset whose file name has a digest of its content in it."""
    return Asset(name, asset_route(name, data), data)


def _read_script(layouts: Tree, path: str) -> str:
    return str(rjsmin.jsmin(read_text(layouts, path)))


def _style_rank(path: str) -> tuple[int, str]:
    matches = [(len(start), rank) for rank, start in enumerate(STYLE_ORDER) if path.startswith(start)]
    return max(matches)[1], path


def _read_style(layouts: Tree, path: str, assets: dict[str, Asset], missing: list[Diagnostic]) -> str:
    """A style sheet with the fingerprinted names of fonts and pictures. What is missing is added to `missing`."""
    text = read_text(layouts, path)

    def replace(match: re.Match[str]) -> str:
        target = match[1]
        if target.startswith(("data:", "#")):
            return match[0]
        label = target.lstrip("./").removeprefix("static/")
        if label not in assets:
            place, message = find_position(text, match.start()), f"there is no file '{target}'."
            missing.append(error_at("missing-asset", f"{layouts.name}/{path}", place, message, suggest(label, assets)))
            return match[0]
        return f"url({assets[label].address.removeprefix(ASSETS)})"

    return URL.sub(replace, text)
