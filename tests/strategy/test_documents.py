"""Documents as people have them: what is read from each, and what is said of it, word for word.

`python -m tests.strategy.test_documents` writes what they are read as into `tests/cases/documents.md`, for a review.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pytest

from generator.content.body_sections import SECTIONS
from generator.i18n.headings import clean_title, find_kind, list_names, strip_count
from generator.strategy.documents.model import MessageField
from generator.strategy.documents.reader import read_strategy
from tests.languages import LANGUAGES, words_of
from tests.sites import CASES, ROOT, problems_of, read_reports, write_reports
from tests.strategies import make, read, report

FOLDER = CASES / "documents"
EXPECTED = read_reports(CASES / "documents.md")
DOCUMENTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
AUDIENCES = {"Studios": ("Drafty", "Bright"), "Schools": ("Loud", "Calm")}
PARTS = {"Symptoms": "It hurts", "Keys to success": "**Mend** it", "Success": "It holds", "Range": "0-9 rooms"}


def tell(text: str) -> Iterator[str]:
    """What is read from a document, a line for each thing, and then what is said of it."""
    strategy, _ = read_strategy(text, "strategy.md")
    if strategy:
        yield f"title: {strategy.title}"
        yield from (f"{name}: {value}" for name, value in strategy.facts.items())
        for audience in strategy.audiences:
            for level in audience.levels:
                parts = {
                    "range": level.stated_range.text if level.stated_range else "",
                    "tagline": level.tagline or "",
                    **{
                        name: "; ".join(one.text for one in getattr(level, name))
                        for name in ("symptoms", "keys", "success", "signs")
                    },
                    "modules": ", ".join(map(str, level.module_numbers)),
                }
                told = " | ".join(f"{name}: {value}" for name, value in parts.items() if value)
                yield f"{audience.name} {level.number} {level.name} | {told}"
            for question in audience.questions:
                answers = " / ".join(answer.text for answer in question.children)
                yield f"{audience.name} asks: {question.text} {answers}".rstrip()
        for message in strategy.messages:
            said = "; ".join(f"{field.name}: {_say(field)}" for field in message.fields)
            yield f"to {message.name} {message.number}: {said}"
        yield from (f"stage {one.name}: {one.modules} {one.start} to {one.goal}" for one in strategy.stages)
        yield from (f"module {number}: {name}" for number, name in strategy.modules)
        yield from (f"offer {one.name}: {one.price_text} {one.per} {one.link}".rstrip() for one in strategy.offers)
    yield from report(text)


def _say(field: MessageField) -> str:
    said = [*field.texts, *(f"{offer.name} ({offer.price_text})" for offer in field.offers)]
    return " or ".join(said) + (f" ({field.audience})" if field.audience else "")


def test_every_document_has_what_it_is_read_as() -> None:
    assert [name.removeprefix("As people write: ") for name in EXPECTED] == list(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_as_a_person_would(name: str) -> None:
    assert list(tell(DOCUMENTS[name])) == EXPECTED[f"As people write: {name}"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_content_of_a_document_has_no_error(name: str) -> None:
    found = problems_of(dict(make(DOCUMENTS[name]).texts()))
    assert [str(problem) for problem in found if problem.severity == "error"] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_line_ends_do_not_matter(name: str) -> None:
    assert list(tell(DOCUMENTS[name].replace("\n", "  \n"))) == list(tell(DOCUMENTS[name]))


def write_tables(turned: bool, bars: bool, order: list[str], heads: Mapping[str, str] = MappingProxyType({})) -> str:
    """A document with a table of levels for each audience."""
    parts = ["# Rooms"]
    for audience, levels in AUDIENCES.items():
        cells = {"Level": [f"{number}. {name}" for number, name in enumerate(levels, 1)]}
        cells |= {part: [_write_cell(part, number, audience) for number in (1, 2)] for part in PARTS}
        columns = [[heads.get(name, name), *cells[name]] for name in order]
        rows = columns if turned else list(zip(*columns, strict=True))
        lines = [" | ".join(row) for row in rows]
        lines.insert(1, " | ".join(["---"] * len(rows[0])))
        parts += [f"## {audience}", "\n".join(f"| {line} |" if bars else line for line in lines)]
    return "\n\n".join(parts) + "\n"


def _write_cell(part: str, number: int, audience: str) -> str:
    if part == "Range":
        return ("0-9 rooms", "10+ rooms")[number - 1]
    return f"{PARTS[part]} {number} in {audience}<br>{PARTS[part]} again {number} in {audience}"


ORDER = ["Level", *PARTS]


@pytest.mark.parametrize("turned", [False, True], ids=["levels in rows", "levels in columns"])
@pytest.mark.parametrize("bars", [True, False], ids=["bars at the ends", "bars between"])
@pytest.mark.parametrize("shift", range(len(PARTS)))
def test_a_table_says_the_same_in_any_order_and_either_way(turned: bool, bars: bool, shift: int) -> None:
    names = list(PARTS)
    order = ["Level", *names[shift:], *names[:shift]]
    assert make(write_tables(turned, bars, order)).files == make(write_tables(False, True, ORDER)).files


def test_a_table_says_the_same_as_lists() -> None:
    lists = ["# Rooms"]
    for audience, levels in AUDIENCES.items():
        lists.append(f"## {audience}")
        for number, name in enumerate(levels, 1):
            lists.append(f"### Level {number}: {name}")
            for part in PARTS:
                cell = _write_cell(part, number, audience)
                bullets = "\n".join(f"- {text}" for text in cell.split("<br>"))
                lists.append(f"**{part}:** {cell}" if part == "Range" else f"**{part}:**\n{bullets}")
    assert make("\n\n".join(lists)).files == make(write_tables(False, True, ORDER)).files


@pytest.mark.parametrize(
    ("one", "another"),
    [("<br>", "; "), ("<br>", "<br/>- "), ("<br>", " • "), ("<br>", "<br />2. ")],
    ids=["semicolons", "dashes", "round bullets", "numbers"],
)
def test_a_cell_lists_its_parts_in_any_way(one: str, another: str) -> None:
    plain = write_tables(False, True, ORDER)
    assert make(plain.replace(one, another)).files == make(plain).files


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_words_that_pages_have_for_the_sections_of_a_level_are_known(tag: str) -> None:
    words, kinds = words_of(tag), {"symptoms": "symptoms", "keys_to_success": "keys", "success": "success"}
    assert {key: find_kind(str(words[key]), "level") for key in SECTIONS} == kinds
    heads = {"Level": str(words["level"]), **{name: str(words[key]) for key, name in SECTIONS.items()}}
    assert make(write_tables(False, True, ORDER, heads)).files == make(write_tables(False, True, ORDER)).files


@pytest.mark.parametrize("group", ["sections", "facts", "level", "message", "table", "languages"])
def test_a_name_stands_for_one_kind(group: str) -> None:
    kinds = ("symptoms", "keys", "metric", "focus", "pain", "offer", "messages by level", "offers", "course", "de")
    for kind in kinds:
        try:
            names = list_names(group, kind)
        except KeyError:
            continue
        assert {name: find_kind(name, group, exact=True) for name in names} == dict.fromkeys(names, kind)


@pytest.mark.parametrize(
    "heading",
    ["Symptoms", "**Symptoms:**", "1.2 Symptoms", "3) symptoms", "🔍 Symptoms", "SYMPTOMS (what hurts)", "IV. Symptoms",
     "Part 2: Symptoms", "Symptoms {#symptoms}", "__Symptoms__", "Your symptoms today", "Symptome", "Objawy"],
)  # fmt: skip
def test_a_heading_is_known_whatever_stands_around_it(heading: str) -> None:
    assert find_kind(heading, "level") == "symptoms"


@pytest.mark.parametrize("title", ["3 Legs", "A course", "I, Robot", "AI & ML", "C. Elegans Labs 2"])
def test_the_beginning_of_a_name_is_no_number(title: str) -> None:
    assert strip_count(clean_title(title)) in (title, title.removeprefix("C. "))


def test_prices_beside_a_name_may_be_per_month_from_an_amount_or_on_request() -> None:
    rows = ["Club | €9,99 per month", "Audit | ab 450 €", "Visit | auf Anfrage", "Talk | kostenlos", "Book | from $12"]
    table = "\n".join(["## Offers", "", "Offer | Price", "--- | ---", *rows])
    offers = make(f"{write_tables(False, True, ORDER)}\n{table}").files["offers.yaml"]
    assert [(one["name"], one["price"], one.get("currency"), one.get("per")) for one in offers] == [
        ("Club", 9.99, "EUR", "month"),
        ("Audit", {"from": 450}, "EUR", None),
        ("Visit", "on application", None, None),
        ("Talk", "free", None, None),
        ("Book", {"from": 12}, "USD", None),
    ]


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("€9,500 (was €12,000)", {"price": 9500, "was": 12000}),
        ("~~€99~~ €79", {"price": 79, "was": 99}),
        ("79 €, statt 99 €", {"price": 79, "was": 99}),
        ("1900 EUR", {"price": 1900}),
        ("450 Euro pro Monat und Platz", {"price": 450, "per": "Monat und Platz"}),
        ("from €40 per user and month", {"price": {"from": 40}, "per": "user and month"}),
    ],
)
def test_a_price_is_the_same_in_a_message_and_in_a_list_of_prices(price: str, expected: Mapping[str, object]) -> None:
    listed = f"## Offers\n\nOffer | Price\n--- | ---\nDesk | {price}\n"
    told = f"## Messages\n\nLevel | Focus | Offer\n-|-|-\nDrafty | See | Desk ({price})\n"
    for text in (listed, told, listed + told):
        offers = make(f"{write_tables(False, True, ORDER)}\n{text}").files["offers.yaml"]
        assert [{name: one[name] for name in ("price", "per", "was") if name in one} for one in offers] == [expected]
        assert [(one["name"], one["currency"]) for one in offers] == [("Desk", "EUR")]


@pytest.mark.parametrize(
    ("language", "ranges"),
    [
        ("German", ("unter 100.000 €", "100.000 € bis 2 Mio. €", "ab 2 Mio. €")),
        ("French", ("moins de 100 000 €", "100 000 à 2 000 000 €", "plus de 2 000 000 €")),
        ("Spanish", ("menos de 100.000 €", "100.000 – 2.000.000 €", "más de 2.000.000 €")),
    ],
)
def test_bands_are_read_as_people_write_them(language: str, ranges: tuple[str, ...]) -> None:
    rows = "\n".join(f"{number} | Größe {number} | {text} | Es hakt" for number, text in enumerate(ranges, 1))
    text = f"# Plan\n\nLanguage: {language}\n\n## Gründer\n\nNo. | Name | Umsatz | Symptoms\n-|-|-|-\n{rows}\n"
    files = make(text).files
    levels = [files[path] for path in sorted(files) if path.partition("/")[2][:1] in ("1", "2", "3")]
    assert [level["metric"] for level in levels] == [
        {"from": 0, "to": 100000}, {"from": 100000, "to": 2000000}, {"from": 2000000}
    ]  # fmt: skip
    metric = next(data for path, data in files.items() if path.endswith("audience.md"))["metric"]
    assert metric == {"name": "Umsatz" if language == "German" else "umsatz", "unit": "€"}
    assert ("gruender/audience.md" in files) == (language == "German")


def test_answers_for_levels_that_an_audience_lacks_are_no_questions() -> None:
    table = "## Where are you?\n\nQuestion | Tier 1 | Tier 2 | Tier 3\n-|-|-|-\nWho signs orders? | I | You | They\n"
    quiz = make(f"{write_tables(False, True, ORDER)}\n{table}").files["studios/quiz.yaml"]
    (question,) = (one for one in quiz["questions"] if one["text"] == "Who signs orders?")
    assert [option["text"] for option in question["options"]] == ["I", "You"]
    assert not {"I", "Tier 1"} & {one["text"] for one in quiz["questions"]}


def test_questions_with_an_answer_for_each_level_are_asked() -> None:
    lists = "## Self-assessment\n\n### Studios\n1. Who cleans?\n   - Nobody\n   - A firm\n"
    table = "## Self-assessment\n\n### Studios\n\nQuestion | Drafty | Bright\n-|-|-\nWho cleans? | Nobody | A firm\n"
    asked = [make(f"{write_tables(False, True, ORDER)}\n{text}").files["studios/quiz.yaml"] for text in (lists, table)]
    assert asked[0] == asked[1]
    question = next(one for one in asked[0]["questions"] if one["text"] == "Who cleans?")
    assert [option["text"] for option in question["options"]] == ["Nobody", "A firm"]
    assert "draft" not in question


def test_a_table_below_messages_is_for_all_audiences_that_have_its_levels() -> None:
    table = "## Messages\n\n| Level | Focus | Pain | Promise |\n|-|-|-|-|\n| Bright | See | Dark days | Light |\n"
    strategy = read(f"{write_tables(False, True, ORDER)}\n{table}")
    assert [(one.name, [field.audience for field in one.fields]) for one in strategy.messages] == [
        ("Bright", ["Studios"] * 3)
    ]


def test_the_examples_of_the_documentation_are_understood() -> None:
    text = (ROOT / "docs/strategy-documents.md").read_text(encoding="utf-8")
    examples = [re.sub(r"(?m)^    ", "", block) for block in re.findall(r"(?:^    .*\n)+", text, re.MULTILINE)]
    lists, *tables = [example for example in examples if example.startswith("## ")]
    second = re.sub("### Level 1: .*", "### Level 2: Surviving ($10K+ a month)", lists.partition("\n")[2])
    assert report("\n".join(["# Course", *tables])) == [
        "strategy.md: warning: there is no section for the success metrics. Pages do without it.",
        "strategy.md:5: warning: level 1, Struggling, names no modules. Add **Module Alignment:**.",
        "strategy.md:6: warning: level 2, Surviving, names no modules. Add **Module Alignment:**.",
    ]
    assert report(f"# Course\n\n{lists}\n{second}") == [
        "strategy.md: warning: there is no section for the self-assessment and the mapping of modules. "
        "Pages do without them."
    ]


if __name__ == "__main__":
    title = "What each document in `tests/cases/documents/` is read as, and what the program says of it."
    write_reports(
        CASES / "documents.md", title, {"As people write": DOCUMENTS}, lambda _, name: [*tell(DOCUMENTS[name])]
    )
