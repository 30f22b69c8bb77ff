"""The chart of the results of a quiz, as text and as an image."""

from xml.etree import ElementTree

from generator.quiz.report import BARS, chart_svg, chart_text
from tests.quizzes import analyse_levels, ask, quiz_of

LEVELS = [f"Level {number}" for number in range(1, 7)]
SVG = "{http://www.w3.org/2000/svg}"
THIRDS = analyse_levels(quiz_of(ask("123")), 3).counts


def parse(image: str) -> ElementTree.Element:
    return ElementTree.fromstring(image)  # noqa: S314 - our own image


def test_the_text_has_a_line_for_each_level() -> None:
    assert chart_text((1, 4, 3), ["Low", "Middle", "High"]).splitlines() == [
        "Low     █████                                     12.5 %  (1 of 8)",
        "Middle  ████████████████████                      50.0 %  (4 of 8)",
        "High    ███████████████                           37.5 %  (3 of 8)",
    ]


def test_a_possible_result_never_reads_as_0_percent_nor_an_uncertain_one_as_100() -> None:
    rare, common, never = chart_text((1, 99_999, 0), LEVELS[:3]).splitlines()
    assert "▏" in rare
    assert "< 0.1 %" in rare
    assert "> 99.9 %" in common
    assert never.split() == ["Level", "3", "0.0", "%", "(0", "of", "100,000)"]


def test_shares_are_rounded_to_the_nearest_tenth() -> None:
    assert [line.split()[3] for line in chart_text(THIRDS, LEVELS[:3]).splitlines()] == ["33.3"] * 3
    assert "66.7 %" in chart_text((1, 2), LEVELS[:2])


def test_a_quiz_of_very_many_patterns_has_a_chart() -> None:
    counts = analyse_levels(quiz_of(*[ask("123456")] * 40), 6).counts
    assert len(chart_text(counts, LEVELS).splitlines()) == 6
    assert "of about 10^31)" in chart_text(counts, LEVELS)
    assert "50.0 %" in chart_text((6**400, 6**400), LEVELS[:2])
    parse(chart_svg((6**400, 6**400), LEVELS[:2], "Results"))


def test_the_image_has_a_bar_for_each_level_as_long_as_its_share() -> None:
    root = parse(chart_svg((1, 2, 1), LEVELS[:3], "Results"))
    bars = [float(bar.attrib["width"]) for bar in root.iter(f"{SVG}rect") if bar.get("class") == "bar"]
    assert bars == [BARS / 4, BARS / 2, BARS / 4]


def test_the_image_can_be_read_without_seeing_it() -> None:
    root = parse(chart_svg((1, 3), ["Struggling", "R&D <lead>"], "Founders & co"))
    assert root.get("role") == "img"
    texts = {child.get("id"): child.text for child in root if child.get("id")}
    assert texts == {"title": "Founders & co", "desc": "Struggling: 25.0 %; R&D <lead>: 75.0 %"}
    assert root.get("aria-labelledby") == "title desc"


def test_a_quiz_that_cannot_be_scored_has_an_empty_chart() -> None:
    assert list(parse(chart_svg((), LEVELS, "Results")).iter(f"{SVG}rect")) == []
