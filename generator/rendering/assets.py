"""Styles, scripts, fonts and pictures: concatenated, minified and fingerprinted.

A file name that changes with the content lets hosts and browsers keep an asset forever.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.content.routes import ASSETS, asset_route
from generator.diagnostics.diagnostic import Diagnostic, Position, SiteError, error_at, find_position, suggest
from generator.files.tree import Tree
from generator.formats.document import read_text

STYLE = "site.css"
# Scripts that are not served as they are: each quiz has one of its own, which begins with its data.
PROGRAMS = ("quiz.js",)
# The order of the cascade. A style belongs to the longest of these that its path begins with.
STYLE_ORDER = ("css/tokens.css", "css/base.css", "css/layout.css", "css/components/", "css/", "css/print.css")
URL = re.compile(r"""url\(\s*["']?([^"')]+?)["']?\s*\)""")


class Asset(NamedTuple):
    """A file as it is served. `name` is what templates call it, `address` where it lives."""

    name: str
    address: str
    data: bytes


def collect_assets(layouts: Tree) -> dict[str, Asset]:
    """Every asset of a layouts folder by name. Raises `SiteError` where a style names a missing file."""
    paths = layouts.paths()
    assets: dict[str, Asset] = {}
    for path in paths:
        folder, _, name = path.partition("/")
        if folder in ("fonts", "static") and not name.endswith((".txt", ".md")):
            label = path if folder == "fonts" else name
            assets[label] = make_asset(label, layouts.read(path))
        elif folder == "js" and name.endswith(".js") and name not in PROGRAMS:
            assets[name] = make_asset(name, _read_script(layouts, path).encode())
    styles = sorted((path for path in paths if path.startswith("css/") and path.endswith(".css")), key=_style_rank)
    problems: list[Diagnostic] = []
    sheet = "\n".join(_read_style(layouts, path, assets, problems) for path in styles)
    if problems:
        raise SiteError(problems)
    assets[STYLE] = make_asset(STYLE, _minify(sheet).encode())
    return assets


def _minify(sheet: str) -> str:
    if not sheet:
        return ""
    import rcssmin

    return str(rcssmin.cssmin(sheet))


def read_programs(layouts: Tree) -> dict[str, str]:
    """The minified texts of `PROGRAMS`, by name."""
    paths = layouts.paths()
    return {name: _read_script(layouts, f"js/{name}") for name in PROGRAMS if f"js/{name}" in paths}


def make_asset(name: str, data: bytes) -> Asset:
    """An asset whose file name has a digest of its content in it."""
    return Asset(name, asset_route(name, data), data)


def _read_script(layouts: Tree, path: str) -> str:
    import rjsmin

    return str(rjsmin.jsmin(read_text(layouts, path)))


def _style_rank(path: str) -> tuple[int, str]:
    best = max(
        (rank for rank in range(len(STYLE_ORDER)) if path.startswith(STYLE_ORDER[rank])),
        key=lambda rank: len(STYLE_ORDER[rank]),
    )
    return best, path


def _read_style(layouts: Tree, path: str, assets: dict[str, Asset], problems: list[Diagnostic]) -> str:
    """A style sheet with the fingerprinted names of fonts and pictures. One that is missing is added to `problems`."""
    text = read_text(layouts, path)

    def replace(match: re.Match[str]) -> str:
        target = match[1]
        if target.startswith(("data:", "#")):
            return match[0]
        label = target.lstrip("./").removeprefix("static/")
        if label not in assets:
            place = Position(*find_position(text, match.start()))
            message = f"there is no file '{target}'."
            problems.append(error_at("missing-asset", f"{layouts.name}/{path}", place, message, suggest(label, assets)))
            return match[0]
        return f"url({assets[label].address.removeprefix(ASSETS)})"

    return URL.sub(replace, text)


def iterate_files(assets: dict[str, Asset]) -> Iterator[tuple[str, bytes]]:
    """The path in the output folder and the content of each asset."""
    for asset in assets.values():
        yield asset.address, asset.data
