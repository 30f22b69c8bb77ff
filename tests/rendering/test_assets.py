"""Scripts, fonts and pictures: made small, and named by their content; style sheets in the order of the cascade."""

import hashlib

from generator.files.tree import MemoryTree
from generator.rendering.assets import PROGRAMS, collect_assets
from tests.sites import Files, real_layouts

FILES: Files = {
    "css/print.css": "@media print { a { color: black } }",
    "css/zebra.css": ".zebra { color: white }",
    "css/components/offer.css": ".offer { background: url('../static/mark.svg') }",
    "css/elements/table.css": "td { margin: 0 }",
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
    return {name: asset.address for name, asset in collect_assets(MemoryTree(FILES | changes)).files.items()}


def test_templates_call_an_asset_by_its_name() -> None:
    assert set(collect()) == {"main.js", "mark.svg", "fonts/plain.woff2"}


def test_styles_are_in_the_order_of_the_cascade_each_with_what_a_page_must_have() -> None:
    assets = collect_assets(MemoryTree(FILES))
    font, mark = (assets.files[name].address for name in ("fonts/plain.woff2", "mark.svg"))
    assert [tuple(part) for part in assets.styles if part.text] == [
        ("", ":root{--ink:black}"),
        ("", f"@font-face{{src:url({{root}}{font})}}"),
        ("", "main{margin:0}"),
        ("", ".zebra{color:white}"),
        ("table", "td{margin:0}"),
        (".offer", f".offer{{background:url({{root}}{mark})}}"),
        ("", "@media print{a{color:black}}"),
    ]


def test_a_name_carries_a_digest_of_what_is_served() -> None:
    for asset in collect_assets(MemoryTree(FILES)).files.values():
        stem, digest, suffix = asset.address.rsplit(".", 2)
        assert digest == hashlib.sha256(asset.data).hexdigest()[:10]
        assert f"{stem}.{suffix}" == f"assets/{asset.name.rpartition('/')[2]}"


def test_a_changed_picture_renames_itself_and_the_style_that_shows_it() -> None:
    before, after = (
        collect_assets(MemoryTree(FILES | {"static/mark.svg": text})) for text in ("<svg/>", "<svg><g/></svg>")
    )
    assert {name for name in before.files if before.files[name] != after.files[name]} == {"mark.svg"}
    assert [part.condition for part in after.styles if part not in before.styles] == [".offer"]


def test_scripts_are_minified_and_that_of_quizzes_is_kept_apart() -> None:
    assets = collect_assets(MemoryTree(FILES))
    assert assets.files["main.js"].data == b"start(1);"
    assert assets.programs == {"quiz.js": "score(1);"}
    assert PROGRAMS == ("quiz.js",)


def test_addresses_without_a_file_stay_in_a_style() -> None:
    style = "a { mask: url(data:image/svg+xml;base64,AA) } b { fill: url(#ink) }"
    styles = collect_assets(MemoryTree({"css/base.css": style})).styles
    assert styles[-1].text == "a{mask:url(data:image/svg+xml;base64,AA)}b{fill:url(#ink)}"


def test_no_two_assets_of_the_real_layouts_share_an_address() -> None:
    assets = collect_assets(real_layouts()).files
    assert len({asset.address for asset in assets.values()}) == len(assets)
