"""Strategy documents of many shapes become content that builds at once, and no word of them is lost."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.audit.checks import audit_site
from generator.formats.figures import find_figures
from generator.quiz.analysis import analyse
from generator.strategy.documents.reader import read_strategy
from tests.sites import build, load, problems_of, real_layouts
from tests.strategies import (
    NAMES,
    VALID,
    change,
    find_bullets,
    find_pieces,
    make,
    read_document,
    read_pages,
    report,
    squeeze,
    write_long,
)

SHAPES = {**{name: read_document(name) for name in NAMES}, "very long": write_long()}

# What the pages show of bullets that are Markdown, by how they begin in the document.
SHOWN = {
    "&lt;already&gt;": "<already> & escaped ©",
    "<!-- inside -->": "after a comment",
    "a_b_c and __init__": "a_b_c and init and 234 and gone",
    "A link to [the past]": "A link to [the past](https://example.org/?a=1&b=2) & one to [nowhere](nowhere.md)",
    r"1\. escaped": "1. escaped number, 5 > 4 and 3 < 4",
}
# Pieces of text that mean something to YAML, HTML, Markdown or templates.
TRAPS = (
    "no", "1:30", "# x", "- ", "{{ x }}", "{% x %}", "<script>", "</ul>", "<!--", "-->", "&amp;", "&#0;", "[a](b)",
    "[a]:", "![", "![a](b.png)", "](", "`", "```", "~~~", "***", "---", "|a|b|", "<b onclick=x>", "http://x.org",
    "<a@b.org>", "\\", "1.", "$1K", "10%", "$5-$9", "0-0", "$", "Modules 9-1", "Module 0", "Module 999",
)  # fmt: skip
SIGNS = "ab1 \n-:#*_`~&;<>[](){}|\\/$%+,.!?'\"“”é味ש\t"
# Other ways of writing the valid document: a pattern, and what stands for it.
SPELLINGS: dict[str, tuple[str, str]] = {
    "stars for bullets": (r"(?m)^- ", "* "),
    "plus signs for bullets": (r"(?m)^- ", "+   "),
    "round bullets of a word processor": (r"(?m)^- ", "• "),
    "empty lines between bullets": (r"(?m)^- ", "\n- "),
    "underscores for bold": (r"(?m)^\*\*([^*]+)\*\*", r"__\1__"),
    "colons outside of the bold": (r"(?m)^\*\*([^*]+):\*\*", r"**\1**:"),
    "levels of one depth with their audience": (r"(?m)^### Level", "## Level"),
    "labels as headings": (r"(?m)^\*\*(Symptoms|Keys|Ask yourself|Your Level):\*\*", r"#### \1"),
    "labels as plain lines": (r"(?m)^\*\*(Symptoms|Keys|Ask yourself|Your Level):\*\*", r"\1:"),
    "plain lines for what a level has one of": (r"(?m)^\*\*(Currency Metric|Module Alignment):\*\*", r"\n\1:"),
    "more words in a label": (r"\*\*Symptoms:\*\*", "**Symptoms (Current Frustrations):**"),
    "a dash in the heading of a level": (r"(?m)^(### Level \d):", r"\1 –"),
    "capitals in the heading of a level": (r"(?m)^### Level", "### LEVEL"),
    "a sign in the heading of a level": (r"(?m)^### Level (\d):", r"### **Level #\1:**"),
    "another dash in ranges": (r"(?m)^(###.*|\*\*Currency.*)-", r"\1–"),
    "a word in ranges": (r"(?m)^(\*\*Currency.*) - ", r"\1 to "),
    "a range without a second sign": (r"(?m)^(\*\*Currency.*\$.*) - \$", r"\1 - "),
    "a framework in front": (r"(?m)^## (Makers|Users)", r"## PROFIT PYRAMID: \1"),
    "a framework in front by a dash": (r"(?m)^## (Makers|Users)", r"## Ladder – \1"),
    "for in front of an audience": (r"(?m)^### (Makers|Users)", r"### For \1:"),
    "rules between sections": (r"(?m)^##", "---\n\n##"),
    "comments": (r"(?m)^(##.*)", r"\1\n<!-- to be\nreviewed -->"),
    "levels of messages by name": (r" \(Level \d\):", ":"),
    "levels of messages in front": (r"\*\*(\w+) \(Level (\d)\):\*\*", r"**Level \2 - \1:**"),
    "levels of messages as headings": (r"\*\*(\w+) \(Level (\d)\):\*\*", r"#### Level \2: \1"),
    "parts of messages in bold": (r"- (Focus|Pain|Promise|Offer):", r"- **\1:**"),
    "parts of messages in quotes": (r"- (Focus|Pain|Promise): (.*)", r"- \1: “\2”"),
    "parts of messages in the plural": (r"- Pain:", "- Pain points:"),
    "arrows of signs": ("→", "->"),
    "arrows of other signs": ("→", "=>"),
    "a stage that serves levels by number": (r"\*\*Serves:\*\* New → Able", "**Serves:** Level 1 to Level 2"),
    "a stage that serves a transition": (r"(\*\*Serves:\*\* .*)", r"\1 transition"),
    "modules by their numbers alone": (r"(\*\*Module Alignment:\*\*) Module", r"\1"),
    "all the modules": (r"All modules", "All the modules"),
    "guides in no bold": (r"- \*\*(New|Able|Free):\*\*", r"- \1:"),
    "guides by number": (r"- \*\*Free:\*\*", "- **Level 3:**"),
    "success by name": (r"\*\*Level 1 → Level 2 Success:\*\*", "**New → Able Success:**"),
}
# Lines whose figures no page has to show: the head of a document and its end.
ASIDE = re.compile(r"\*.*\*$|\*\*(?:Course|Framework|Purpose|Language):\*\*")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The site made from a document, built once."""
    sites: dict[str, Path] = {}

    def build_shape(shape: str) -> Path:
        if shape not in sites:
            files = make(SHAPES[shape]).texts()
            sites[shape] = build(dict(files), tmp_path_factory.mktemp("imported") / "site", real_layouts())
        return sites[shape]

    return build_shape


@pytest.mark.parametrize("shape", SHAPES)
def test_a_document_in_the_form_is_imported_without_an_error(shape: str) -> None:
    assert [line for line in report(SHAPES[shape]) if ": warning: " not in line] == []


@pytest.mark.thorough
@pytest.mark.parametrize("shape", SHAPES)
def test_the_pages_made_from_a_document_pass_the_checks_of_the_whole_site(
    shape: str, built: Callable[[str], Path]
) -> None:
    exempt = ["the page weighs"] if shape == "very long" else []
    found = [str(problem) for problem in audit_site(built(shape)).problems]
    assert [line for line in found if not any(words in line for words in exempt)] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_every_bullet_of_a_document_is_on_the_pages(shape: str, built: Callable[[str], Path]) -> None:
    told = squeeze(" ".join(read_pages(built(shape)).values()))
    quizzes = [text for path, text in make(SHAPES[shape]).texts().items() if path.endswith("quiz.yaml")]
    drafts = squeeze(" ".join(quizzes).replace("&lt;", "<"))
    lost = []
    for bullet in find_bullets(SHAPES[shape]):
        is_question = bullet.numbered and "ASSESSMENT" in bullet.heading
        shown = next((text for start, text in SHOWN.items() if bullet.text.startswith(start)), None)
        place = drafts if is_question else told
        pieces = [shown] if shown else find_pieces(bullet)
        lost += [f"{bullet.line}: {piece}" for piece in pieces if squeeze(piece) not in place]
    assert lost == []


@pytest.mark.parametrize("shape", SHAPES)
def test_every_figure_of_a_document_is_on_the_pages(shape: str, built: Callable[[str], Path]) -> None:
    told = set()
    ends = set()
    for text in read_pages(built(shape)).values():
        # A page in Japanese counts in steps of ten thousand, and has a wider sign for the yen.
        plain = re.sub(r"(\d)万", r"\g<1>0,000", text.replace("￥", "¥"))
        for figure in find_figures(plain):
            told.add(figure.value)
            ends |= {(figure.low, figure.unit), (figure.high, figure.unit)}
    lost = []
    for number, line in enumerate(SHAPES[shape].split("\n"), 1):
        for figure in find_figures(line) if not ASIDE.match(line) else ():
            # Modules 3, 5-7 are listed one by one on a page.
            apart = {(figure.low, figure.unit), (figure.high, figure.unit)} <= ends
            if figure.value not in told and not apart:
                lost.append(f"{number}: {figure.text}")
    assert lost == []


@pytest.mark.parametrize("shape", SHAPES)
def test_every_audience_has_a_quiz_that_keeps_every_promise(shape: str) -> None:
    files = make(SHAPES[shape]).texts()
    content = load(dict(files))
    for audience in content.audiences:
        quiz = audience.quiz
        assert quiz is not None, audience.slug
        assert not analyse(quiz, [level.metric for level in audience.levels]).findings


@pytest.mark.parametrize("shape", SHAPES)
def test_a_document_gives_the_same_files_every_time(shape: str) -> None:
    assert make(SHAPES[shape]).texts() == make(SHAPES[shape]).texts()


def test_a_metric_is_money_by_its_sign_and_anything_else_by_its_words() -> None:
    metrics = {
        path: data.get("metric")
        for shape in ("bakers", "schools", "clinics", "greek_and_arabic", "japanese", "minimal")
        for path, data in make(SHAPES[shape]).files.items()
        if path.endswith("/audience.md")
    }
    assert metrics == {
        "home-bakers/audience.md": {"name": "sales a month", "unit": "£", "period": "month"},
        "teachers/audience.md": {"name": "students a year", "unit": "students", "period": "year", "whole": True},
        "schools-academies/audience.md": {
            "name": "monthly recurring revenue", "unit": "€", "period": "month", "short": "MRR",
        },
        "clinics/audience.md": {"name": "beds", "unit": "beds", "whole": True},
        "practices/audience.md": {"name": "revenue a year", "unit": "$", "period": "year"},
        "nurses/audience.md": {"name": "years of experience", "unit": "years of experience", "whole": True},
        "audience-1/audience.md": {"name": "月収", "unit": "¥"},
        "audience-2/audience.md": {"name": "عميل", "unit": "عميل", "whole": True},
        "drinkers/audience.md": None,
    }  # fmt: skip


def test_bands_meet_whether_a_last_value_or_the_first_of_the_next_is_stated() -> None:
    files = {path: data for shape in ("bakers", "clinics") for path, data in make(SHAPES[shape]).files.items()}
    bands = [data["metric"] for path, data in files.items() if re.match(r"(home-bakers|clinics)/\d", path)]
    assert bands == [
        {"from": 0, "to": 500}, {"from": 500, "to": 2000}, {"from": 2000},
        {"from": 0, "to": 11}, {"from": 11, "to": 81}, {"from": 81},
    ]  # fmt: skip


def test_offers_have_their_price_wherever_it_stands_and_are_there_once() -> None:
    offers = [
        (offer["name"], offer["price"], offer.get("currency"))
        for shape in ("bakers", "schools", "clinics", "hostile")
        for offer in make(SHAPES[shape]).files["offers.yaml"]
    ]
    assert offers == [
        ("Starter", "free", None),
        ("Recipe booklet", 9, "GBP"),
        ("Weekend course, alone", 249, "GBP"),
        ("Weekend course, as a pair", 399, "GBP"),
        ("A visit", {"from": 500, "to": 900}, "GBP"),
        ("The guild", "on application", None),
        ("Lesson", "free", None),
        ("Starter kit", 49, "EUR"),
        ("Core course, alone", 490, "EUR"),
        ("Core course, for a team of up to 5", 1990, "EUR"),
        ("Year of coaching", 4900, "EUR"),
        ("Circle of conductors", "on application", None),
        ("Audit", 0, "USD"),
        ("Starter pack", 1500, "USD"),
        ("Evening", "free", None),
        ("Integration", {"from": 12000, "to": 18000}, "USD"),
        ("Network membership", 900, "USD"),
        ("Trainer course", 400, "USD"),
        ("Board seminar", "on application", None),
        ('"intro" & &lt;demo>', "free", None),
        ('Book of "No"', 9.99, "USD"),
        ('The &lt;Yes> & "Yes" package', 1234.5, "USD"),
        ("{{ offer }}", {"from": 2000, "to": 3000}, "USD"),
    ]


def test_quoted_alternatives_go_to_the_audiences_in_turn_and_one_more_is_the_headline() -> None:
    files = {path: data for shape in ("bakers", "schools") for path, data in make(SHAPES[shape]).files.items()}
    said = {path: (data["message"]["focus"], data["title"]) for path, data in files.items() if "message" in data}
    assert said == {
        "home-bakers/1-kneading.md": ("Let your loaves pay for the flour",) * 2,
        "home-bakers/2-proving.md": ("Sleep again", "Bake 20 at once"),
        "home-bakers/3-rising.md": ("Stay the baker",) * 2,
        "teachers/1-whispering.md": ("Teach your first ten",) * 2,
        "teachers/2-speaking.md": ("Fill every seat",) * 2,
        "teachers/3-singing.md": ("Find your second voice",) * 2,
        "teachers/4-conducting.md": ("Leave something behind",) * 2,
        "schools-academies/1-whispering.md": ("Teach without the founder",) * 2,
        "schools-academies/2-speaking.md": ("Keep every subscriber",) * 2,
        "schools-academies/3-singing.md": ("Teach in every language",) * 2,
        "schools-academies/4-conducting.md": ("Leave something behind",) * 2,
    }


def test_modules_are_ranges_lists_or_all_with_what_is_said_beside_them() -> None:
    files = make(SHAPES["schools"]).files
    named = [(data["modules"], data.get("modules_note")) for path, data in files.items() if path.startswith("teachers/")
             and "modules" in data]  # fmt: skip
    assert named == [([1, 2, 4], None), ([3, 5, 6, 7], None), ([8, 9], None), ("all", "mastered & refreshed")]


def test_a_question_for_the_metric_comes_first_and_the_others_are_drafts() -> None:
    questions = make(SHAPES["schools"]).files["teachers/quiz.yaml"]["questions"]
    assert [(question["text"], question.get("draft", False)) for question in questions] == [
        ("How many students do you have in a year?", False),
        ("Which of these sounds most like you?", False),
        ("And which of these do you know best?", False),
        ("Which of these could you have said?", False),
        ("Do students finish?", True),
    ]


def test_a_text_of_the_document_cannot_run_on_a_page(built: Callable[[str], Path]) -> None:
    soups = [
        BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in built("hostile").rglob("*.html")
    ]
    assert soups
    for soup in soups:
        assert not [tag for tag in soup.find_all("script") if "alert" in tag.get_text() and not tag.get("type")]
        assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert not soup.find_all(href=re.compile("javascript:|nowhere")) and not soup.find_all(src="x")


@settings(max_examples=100)
@given(st.data())
def test_whatever_a_document_says_its_content_has_no_error(data: st.DataObject) -> None:
    text = VALID
    for _ in range(3):
        start = data.draw(st.integers(0, len(text)))
        piece = data.draw(st.text(SIGNS, max_size=12) | st.sampled_from(TRAPS))
        text = text[:start] + piece + text[start + data.draw(st.integers(0, 3)) :]
    strategy, _ = read_strategy(text, "strategy.md")
    if strategy:
        assert [line for line in problems_of(dict(make(text).texts())) if line.severity == "error"] == []


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_document_says_the_same_however_it_is_written(name: str) -> None:
    pattern, instead = SPELLINGS[name]
    text, count = re.subn(pattern, instead, VALID)
    assert count
    assert make(text).files == make(VALID).files
    assert report(text) == []


def test_sections_may_stand_in_any_order() -> None:
    top, makers, users, *others, last = re.split(r"(?m)^(?=## )", VALID)
    assert make("".join([top, *reversed(others), makers, last, users])).files == make(VALID).files


def test_steps_may_be_headings_where_there_is_one_audience() -> None:
    text = read_document("bakers")
    plain = re.sub(r"\*\*(Level \d → Level \d Success):\*\*", r"#### \1", text)
    assert make(re.sub(r"(?m)^### Home Bakers:\n", "", plain)).files == make(text).files
    assert make(re.sub(r"(?m)^### Home Bakers:\n", "", plain.replace("####", "###"))).files == make(text).files


def test_steps_may_be_headings_below_that_of_their_audience() -> None:
    text, count = re.subn(r"\*\*(Level \d → Level \d Success):\*\*", r"#### \1", VALID)
    assert count
    assert make(text).files == make(VALID).files


def test_what_the_top_of_a_document_names_is_used_for_the_site() -> None:
    facts = "**Course:** Wood & Glue\n**Website:** wood.test/\n**Contact:** we@wood.test\n**Tagline:** Hold on\n"
    site = make(change({"# Course\n": f"# Course\n\n{facts}"})).files["site.yaml"]
    assert site == {
        "name": "Wood & Glue", "tagline": "Hold on", "address": "https://wood.test/",
        "contact": {"email": "we@wood.test"},
    }  # fmt: skip


def test_a_line_for_one_audience_goes_before_a_line_for_all() -> None:
    files = make(change({"- Focus: Begin\n": "- Focus (Users): Log in\n- Focus: Begin\n"})).files
    assert [files[path]["message"]["focus"] for path in ("makers/1-new.md", "users/1-new.md")] == ["Begin", "Log in"]


def test_a_headline_of_its_own_is_the_title_of_the_page() -> None:
    files = make(change({"- Focus: Begin\n": "- Headline: Start here\n- Focus: Begin\n"})).files
    assert files["users/1-new.md"]["title"] == "Start here"


def test_names_that_would_make_one_address_get_two() -> None:
    files = make(VALID.replace("Makers", "Quiz").replace("Users", "Quiz?")).files
    assert sorted({path.split("/")[0] for path in files if "/" in path}) == ["quiz-audience", "quiz-audience-2"]


@pytest.mark.parametrize(
    ("offer", "expected"),
    [
        ("Course ($97)", [("Course", 97, "USD")]),
        ("Course for $97", [("Course for", 97, "USD")]),
        ("$97 course", [("Course", 97, "USD")]),
        ("Course: $97-$297", [("Course", {"from": 97, "to": 297}, "USD")]),
        ("Course ($97 alone, $197 with help)", [("Course, alone", 97, "USD"), ("Course, with help", 197, "USD")]),
        ("Course ($1,997), talk (free)", [("Course", 1997, "USD"), ("Talk", "free", None)]),
        ("Course ($1,997); talk, with tea; and a walk", [
            ("Course", 1997, "USD"), ("Talk, with tea", "on application", None), ("A walk", "on application", None),
        ]),
        ("Club (€9,99/month)", [("Club", 9.99, "EUR")]),
        ("Club (CHF 1’200 per year)", [("Club", 1200, "CHF")]),
        ("Fund ($1.5M)", [("Fund", 1500000, "USD")]),
        ("Free webinar", [("Webinar", "free", None)]),
        ("Free", [("Free", "on application", None)]),
    ],
)  # fmt: skip
def test_an_offer_is_read_with_its_price(offer: str, expected: list[tuple[str, object, str | None]]) -> None:
    files = make(change({"- Offer: Circle (free)": f"- Offer: {offer}"})).files
    ids = files["makers/3-free.md"]["offers"]
    offers = {entry["id"]: entry for entry in files["offers.yaml"]}
    assert [(offers[id_]["name"], offers[id_]["price"], offers[id_].get("currency")) for id_ in ids] == expected


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("THRIVING", "Thriving"),
        ("IDLE", "Idle"),
        ("FOUNDERS/ENTREPRENEURS", "Founders/Entrepreneurs"),
        ("HEADS OF DESIGN", "Heads of Design"),
        ("AI ENGINEERS", "AI Engineers"),
        ("CEO", "CEO"),
        ("McDonald", "McDonald"),
        ("ΑΚΜΉ", "Ακμή"),
        ("味噌職人", "味噌職人"),
    ],
)
def test_a_name_in_capitals_is_written_in_title_case(heading: str, name: str) -> None:
    text = VALID.replace("### Level 1: New", f"### Level 1: {heading}")
    assert make(text).files["makers/audience.md"]["name"] == "Makers"
    level = next(data for path, data in make(text).files.items() if re.match(r"makers/1-", path))
    assert level["name"] == name


def test_a_name_is_spelled_as_the_document_spells_it_elsewhere() -> None:
    text = VALID.replace("### Level 3: Free", "### Level 3: SAAS FREE").replace("**Free (Level 3):**", "**SaaS Free:**")
    assert make(text).files["makers/3-saas-free.md"]["name"] == "SaaS Free"
