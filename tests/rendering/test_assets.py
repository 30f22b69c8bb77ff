"""Styles, scripts, fonts and pictures: joined in their order, made small, and named by their content."""

import hashlib

from generator.files.tree import MemoryTree
from generator.rendering.assets import PROGRAMS, STYLE, collect_assets, read_programs
from tests.sites import Files, real_layouts

FILES: Files = {
    "css/print.css": "@media print { a { color: black } }",
    "css/zebra.css": ".zebra { color: white }",
    "css/components/offer.css": ".offer { background: url('../static/mark.svg') }",
    "css/layout.css": "main { margin: 0 }",
    "css/base.css": "@font-face { src: url(../fonts/plain.woff2) }",
    "css/tokens.css": "/* why */ :root { --ink: black }",
    "css/notes.md": "not a style",
    "fonts/plain.woff2": b"\0font",
    "fonts/LICENSE.txt": "not served",
    "static/mark.svg": "<svg/>",
    "js/main.js": "// why\nstart( 1 );\n",
    "js/quiz.js": "score( 1 );\n",
    "base.html": "not an asset",
}


def collect(**changes: str | bytes) -> dict[str, str]:
    """The address of each asset, by what templates call it."""
    return {name: asset.address for name, asset in collect_assets(MemoryTree(FILES | changes))[0].items()}


def test_templates_call_an_asset_by_its_name() -> None:
    assert set(collect()) == {STYLE, "main.js", "mark.svg", "fonts/plain.woff2"}


def test_the_styles_are_one_file_in_the_order_of_the_cascade() -> None:
    assets, _ = collect_assets(MemoryTree(FILES))
    font, mark = (assets[name].address.removeprefix("assets/") for name in ("fonts/plain.woff2", "mark.svg"))
    assert assets[STYLE].data.decode() == (
        ":root{--ink:black}"
        f"@font-face{{src:url({font})}}"
        "main{margin:0}"
        f".offer{{background:url({mark})}}"
        ".zebra{color:white}"
        "@media print{a{color:black}}"
    )


def test_a_name_carries_a_digest_of_what_is_served() -> None:
    for asset in collect_assets(MemoryTree(FILES))[0].values():
        stem, digest, suffix = asset.address.rsplit(".", 2)
        assert digest == hashlib.sha256(asset.data).hexdigest()[:10]
        assert f"{stem}.{suffix}" == f"assets/{asset.name.rpartition('/')[2]}"


def test_a_changed_picture_renames_itself_and_the_style_that_shows_it() -> None:
    before, after = collect(), collect(**{"static/mark.svg": "<svg><g/></svg>"})
    assert {name for name in before if before[name] != after[name]} == {"mark.svg", STYLE}


def test_scripts_are_minified_and_that_of_quizzes_is_kept_apart() -> None:
    layouts = MemoryTree(FILES)
    assert collect_assets(layouts)[0]["main.js"].data == b"start(1);"
    assert read_programs(layouts) == {"quiz.js": "score(1);"}
    assert PROGRAMS == ("quiz.js",)


def test_addresses_without_a_file_stay_in_a_style() -> None:
    style = "a { mask: url(data:image/svg+xml;base64,AA) } b { fill: url(#ink) }"
    assets, _ = collect_assets(MemoryTree({"css/base.css": style}))
    assert assets[STYLE].data == b"a{mask:url(data:image/svg+xml;base64,AA)}b{fill:url(#ink)}"


def test_no_two_assets_of_the_real_layouts_share_an_address() -> None:
    assets, _ = collect_assets(real_layouts())
    assert len({asset.address for asset in assets.values()}) == len(assets)
