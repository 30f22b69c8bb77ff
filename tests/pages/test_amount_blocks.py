"""What is drawn from amounts: the same figures for eyes, ears and programs, in the language and colours of the page."""

from pathlib import Path
from typing import Any

import pytest

from tests import sites
from tests.pages.test_blocks import find, show, site_with, without_place
from tests.sites import ABLE, ABOUT, MAKERS, NEW, text_of

BILL = {
    "kind": "bill", "sentence": "Say it is {amount}.", "label": "It", "amount": 10_000, "unit": "EUR", "from": 30,
    "to": 50, "maximum": 20_000, "rest": "Left", "part": "Gone", "result": "{part} of {amount} less, {rest} left.",
}  # fmt: skip
MARGINS = [(60, 70), (75, 85), (85, 95)]


def ranges(*ends: tuple[int, int], at: int = 80, text: str = "VCs want 80%", name: str = "A") -> dict[str, Any]:
    items = [{"name": f"{name}{index}", "from": low, "to": high} for index, (low, high) in enumerate(ends)]
    return {
        "kind": "ranges",
        "unit": "%",
        "axis": {"from": 50, "to": 100},
        "mark": {"at": at, "text": text},
        "items": items,
    }


def context_of(block: dict[str, Any], path: str = ABOUT, page: str = "about", language: str = "en") -> dict[str, Any]:
    files = site_with(path, block)
    files["site.yaml"] = f"{text_of('site.yaml', files)}language: {language}\n"
    found: dict[str, Any] = sites.plan(files)[f"{page}/index.html"].context["blocks"]["end"][0]
    return found


def test_a_bill_is_written_in_the_language_of_the_page() -> None:
    block = context_of(BILL, language="de")
    assert block["values"]["part"] == "3.000–5.000\u00a0€"
    assert block["description"].startswith("Say it is 10.000\u00a0€.\n\n3.000–5.000\u00a0€ of 10.000\u00a0€ less")
    assert context_of({**BILL, "amount": 10.129})["values"]["amount"] == "€10.13"
    assert (block["cut"], block["fill"]) == ({"head": 50, "foot": 70}, 0.5)


@pytest.mark.parametrize(
    ("path", "page", "above"), [(NEW, "makers/new", 2), (ABLE, "makers/able", None), (MAKERS, "makers", None)]
)
def test_what_comes_off_has_the_colour_of_the_next_level(
    path: str, page: str, above: int | None, tmp_path: Path
) -> None:
    assert context_of(BILL, path, page)["above"] == above
    part = find(show(path, page, tmp_path, BILL), ".block_bill__part")
    assert part.get("data-level") == (str(above) if above else None)


def test_a_mark_is_named_at_its_line_where_the_first_column_leaves_room() -> None:
    assert context_of(ranges(*MARGINS))["mark"] == {"text": "VCs want 80%", "at": 60, "is_beside": True}
    assert not context_of(ranges((75, 85), (60, 70)))["mark"]["is_beside"]
    assert not context_of(ranges(*MARGINS, text="What venture capitalists want"))["mark"]["is_beside"]


def test_many_or_long_figures_are_rows_at_any_width(tmp_path: Path) -> None:
    assert context_of(ranges(*MARGINS))["is_upright"]
    assert not context_of(ranges(*MARGINS, *MARGINS))["is_upright"]
    long = {**ranges(*MARGINS), "unit": "percent of all that you sell"}
    assert not context_of(long)["is_upright"]
    assert show(ABOUT, "about", tmp_path, long).select(".chart--upright, .chart__column") == []


def test_names_and_figures_are_text_besides_the_picture(tmp_path: Path) -> None:
    soup = show(ABOUT, "about", tmp_path, ranges(*MARGINS))
    assert [" ".join(item.get_text(" ").split()) for item in soup.select(".chart__name")] == [
        "A0 60–70%", "A1 75–85%", "A2 85–95%",
    ]  # fmt: skip
    assert all(svg.get("aria-hidden") == "true" for svg in soup.select(".block_ranges svg"))
    assert "VCs want 80%" in find(soup, ".chart__mark").get_text()
    text = (tmp_path / "site/about/index.md").read_text(encoding="utf-8")
    assert "- A1: 75–85%" in text
    assert "VCs want 80%" in text


def test_bars_say_what_their_scale_is() -> None:
    bars = {
        "kind": "bars",
        "scale": "log",
        "items": [{"name": "A", "from": 10, "value": 100}, {"name": "B", "from": 1000, "value": 10_000, "open": True}],
    }
    block = context_of(bars)
    assert block["scale"] == "The scale runs from 1 to 10,000, and each step on it is ten times the one before."
    assert [entry["value"] for entry in block["entries"]] == ["10–100", "1,000–10,000+"]
    assert [(entry["seam"], entry["end"]) for entry in block["entries"]] == [(25, 50), (75, 100)]
    from_zero = context_of({"kind": "bars", "items": [{"name": "A", "from": 0, "value": 9}]})["entries"][0]
    assert (from_zero["value"], from_zero["seam"]) == ("0–9", None)
    small = context_of({"kind": "bars", "unit": "$", "items": [{"name": "A", "from": 0.0006, "value": 0.02}]})
    assert small["entries"][0]["value"] == "$0.0006–$0.02"
    assert context_of({**bars, "scale": "linear"})["scale"] == "The scale runs from 0 to 10,000."


def test_layers_lie_on_each_other_from_the_top(tmp_path: Path) -> None:
    shares = {
        "kind": "bars",
        "scale": "share",
        "items": [{"name": "Own", "value": 0, "level": 1}, {"name": "Rented", "value": 100}],
    }
    block = context_of(shares)
    assert [entry["value"] for entry in block["entries"]] == ["0%", "100%"]
    first, second = (layer["points"].split() for layer in block["layers"])
    assert (first[0], first[3], second[0], second[3]) == ("0,0", "0,2.91", "0,2.91", "0,100")
    soup = show(ABOUT, "about", tmp_path, shares)
    assert len(soup.select(".block_bars__layers polygon")) == 2
    assert [term.get_text(strip=True) for term in soup.select(".legend dt")] == ["Own", "Rented"]


def test_a_site_without_a_bill_has_its_script_on_no_page(built_site: Path, tmp_path: Path) -> None:
    assert show(ABOUT, "about", tmp_path, without_place("bill")).select('script[src*="bill"]')
    with_bill = [path for path in built_site.rglob("*.html") if "assets/bill." in path.read_text(encoding="utf-8")]
    assert [path.parent.name for path in with_bill] == ["surviving"]
