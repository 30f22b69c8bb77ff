"""What is odd in a strategy document, and what the report says: here the documents, in
`cases/bad_strategies.md` the reports.

The reports are held word for word. `python -m tests.strategy.test_strategy_reports` writes them anew, to be read
before they are believed.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli.main import main
from generator.strategy.documents.reader import read_strategy
from tests.sites import CASES, read_folder, read_reports, write_reports
from tests.strategies import VALID, change, report

REPORTS = CASES / "bad_strategies.md"
FREE = VALID[VALID.index("### Level 3: Free") : VALID.index("## Users")]
USERS = VALID[VALID.index("## Users") : VALID.index("## Self-assessment")]
ASSESSMENT = VALID[VALID.index("## Self-assessment") : VALID.index("## Messages\n")]
MESSAGES = VALID[VALID.index("## Messages\n") : VALID.index("## Success")]
SUCCESS = VALID[VALID.index("## Success") : VALID.index("## Mapping")]
MAPPING = VALID[VALID.index("## Mapping") : VALID.index("## Messages to")]
LAST = VALID[VALID.index("## Messages to") :]
BEGIN = "- Focus: Begin\n- Pain: Nothing yet\n- Promise: Something\n- Offer: Course ($97)\n"

TABLE = """\
| Level | Range | Symptoms | Keys | Modules |
|---|---|---|---|---|
| 1. New | 0-10 seats | Shares a login | **Buy** seats | 1 |
| 2. Able | 11+ seats | Saves $200 of $1,000, 20% of the bill | **Share** what works | all |"""

COLOURED = (
    TABLE.replace("Modules |\n", "Modules | Colour |\n")
    .replace("---|\n", "---|---|\n")
    .replace(" 1 |\n", " 1 | red |\n")
)

DOCUMENTS: dict[str, dict[str, str]] = {
    "Not understood": {
        "an empty document": "",
        "nothing but spaces": " \n\n\t\n",
        "a document of something else": "# Minutes\n\nWe met.\n\n- Tea\n- Coffee\n",
        "a title and nothing else": "# Course\n",
        "levels without an audience": FREE.replace("###", "#"),
        "an audience of one level": change({USERS: USERS[: USERS.index("### Level 2")]}),
        "an audience named twice": change({USERS: USERS.replace("## Users", "## makers")}),
        "a level number twice": change({"### Level 2: Able (11+ seats)": "### Level 1: Able (11+ seats)"}),
        "a gap in the level numbers": change({"### Level 2: Able (11+ seats)": "### Level 3: Able (11+ seats)"}),
        "levels that begin with 2": change(
            {"### Level 1: New (0-10 seats)": "### Level 2: New", "### Level 2: Able (11+ seats)": "### Level 3: Able"}
        ),
        "a level without a number": change({"### Level 2: Able (11+ seats)": "### Level Two: Able (11+ seats)"}),
        "a level without a name": change({"### Level 2: Able (11+ seats)": "### Level 2"}),
        "a level of nothing but a range": change({"### Level 2: Able (11+ seats)": "### Level 2: (11+ seats)"}),
        "two levels of one name": change({"### Level 2: Able (11+ seats)": "### Level 2: New (11+ seats)"}),
        "a level without a name in a table": change({USERS: f"\n## Users\n\n{TABLE.replace('2. Able', '2')}\n"}),
        "two stages of one name": change({"### Second Stage (Module 2)": "### First Stage (Module 2)"}),
        "several errors at once": change(
            {"- Shares a login\n": "", "**Keys:**\n- **Buy** seats\n": "", "### Level 3: Free": "### Level: Free"}
        ),
    },
    "Missing": {
        "the symptoms of a level": change({"**Symptoms:**\n- Shares a login\n": ""}),
        "the bullets below the symptoms": change({"- Shares a login\n": ""}),
        "the keys of a level": change({"**Keys:**\n- **Buy** seats\n": ""}),
        "the keys, whose label is misspelt": change({"**Keys:**\n- **Buy** seats": "**Kees:**\n- **Buy** seats"}),
        "the text of the only bullet": change({"- Shares a login": "-"}),
        "the title": change({"# Course\n": ""}),
        "the range of one level": change(
            {"### Level 1: New (0-10 seats)\n**Currency Metric:** 0 - 10 seats": "### Level 1: New"}
        ),
        "the range of a level in the middle": change(
            {
                "### Level 2: Able ($1K-$10K MRR)\n**Currency Metric:** $1,000 - $10,000 monthly recurring revenue":
                "### Level 2: Able",
                "### Level 1: New ($0-$1K MRR)\n**Currency Metric:** $0 - $1,000 monthly recurring revenue":
                "### Level 1: New",
            }
        ),
        "all ranges of an audience": re.sub(r" \(\d+.*?seats\)|\*\*Currency Metric:\*\* \d+.*?seats\n", "", VALID),
        "the modules of a level": change({"**Module Alignment:** Module 2\n": ""}),
        "all modules": re.sub(r"\*\*Module Alignment:\*\* .*\n", "", VALID).replace(MAPPING, ""),
        "the self-assessment": change({ASSESSMENT: ""}),
        "the messages": change({MESSAGES: "", LAST: ""}),
        "the success metrics": change({SUCCESS: ""}),
        "the mapping of modules": change({MAPPING: ""}),
        "the questions of an audience": change({"**Ask yourself:**\n1. How many seats do you have?\n": ""}),
        "the guide to a level": change({"- **Able:** 11+ seats\n": ""}),
        "the self-assessment of an audience": change({ASSESSMENT[ASSESSMENT.index("### Users") :]: "\n"}),
        "the success of a level": change({"**Level 1 → Level 2 Success:**\n- Bought 11 seats\n": ""}),
        "the message to a level": change({LAST: ""}),
        "every part of a message": change({BEGIN: ""}),
        "parts of a message": change({"- Pain: Nothing yet\n- Promise: Something\n": ""}),
        "the text of a part": change({"- Pain: Nothing yet": "- Pain:"}),
        "the price of an offer": change({"coaching ($500-$900)": "coaching"}),
        "the step of a stage": change({"**Serves:** Able → Free\n": ""}),
        "the modules of a stage": change({"### Second Stage (Module 2)": "### Second Stage"}),
        "all answers to questions": change({"1. How many seats do you have?": "1. Who pays?\n2. Who logs in?"}),
    },
    "Odd": {
        "levels out of order": change(
            {
                USERS: USERS[: USERS.index("### Level 1")]
                + USERS[USERS.index("### Level 2") :]
                + USERS[USERS.index("### Level 1") : USERS.index("### Level 2")]
            }
        ),
        "a range without a figure": change({"**Currency Metric:** 11+ seats": "**Currency Metric:** many seats"}),
        "a range twice": change(
            {"**Currency Metric:** 11+ seats": "**Currency Metric:** 11+ seats\n\n**Currency Metric:** 12+ seats"}
        ),
        "ranges that do not rise": change(
{"$1K-$10K MRR)": "$20K-$30K MRR)", "$1,000 - $10,000 m": "$20,000 - $30,000 m"}
        ),
        "modules in words": change({"**Module Alignment:** Module 2": "**Module Alignment:** the second"}),
        "text between the bullets": change({"- Shares a login": "- Shares a login\n\nAnd much more."}),
        "symptoms in a sentence": change({"**Symptoms:**\n- Shares a login": "**Symptoms:** Shares a login"}),
        "symptoms in a sentence and in bullets": change({"**Symptoms:**\n- Shares": "**Symptoms:** Alone\n- Shares"}),
        "an empty bullet": change({"- Shares a login": "- Shares a login\n-"}),
        "a label that is no part of a level": change({"- Shares a login": "- Shares a login\n\n**Colour:** red"}),
        "a label that is nearly one": change({"- Shares a login": "- Shares a login\n\n**Sympoms:**\n- Waits"}),
        "text below an audience": change({"\n## Users\n": "\n## Users\n\nThey use.\n"}),
        "a section below an audience that is no level": change({"\n## Users\n": "\n## Users\n\n### Rungs\n\nNone.\n"}),
        "a section of something else": change({ASSESSMENT: "## Weather\n\nMild.\n\n" + ASSESSMENT}),
        "an audience nobody knows in the self-assessment": change({"### Users\n**Ask": "### Losers\n**Ask"}),
        "an audience nobody knows in the success metrics": change({"### Users\n**Level": "### Losers\n**Level"}),
        "questions for no audience": change({"### Users\n**Ask": "## Self-assessment again\n**Ask"}),
        "text among the questions": change({"1. How many seats": "Be honest.\n\n1. How many seats"}),
        "a guide to a level that does not exist": change({"- **Able:** 11+ seats": "- **Abel:** 11+ seats"}),
        "success of a level that does not exist": change(
            {"**Level 1 → Level 2 Success:**\n- Bought 11 seats": "**Level 7 → Level 8 Success:**\n- Bought 11 seats"}
        ),
        "success without bullets": change({"- Bought 11 seats\n": ""}),
        "a message to a level that does not exist": change({"**Free (Level 3):**": "**Fere (Level 9):**"}),
        "a message to nobody": change({"**New (Level 1):**\n": ""}),
        "a part that is misspelt": change({"- Pain: Nothing yet": "- Pian: Nothing yet"}),
        "a part without its name": change({"- Pain: Nothing yet": "- Nothing yet"}),
        "a part twice": change({"- Pain: Nothing yet": "- Pain: Nothing yet\n- Pain: Nothing at all"}),
        "text among the messages": change({"**New (Level 1):**": "Speak kindly.\n\n**New (Level 1):**"}),
        "fewer alternatives than audiences": change(
            {
                USERS: USERS + USERS.replace("## Users", "## Sellers"),
                "- Focus: Begin": '- Focus: "Begin" or "Start"',
                ASSESSMENT: ASSESSMENT
                + ASSESSMENT[ASSESSMENT.index("### Users") :].replace("### Users", "### Sellers"),
                SUCCESS: SUCCESS + SUCCESS[SUCCESS.index("### Users") :].replace("### Users", "### Sellers"),
            }
        ),
        "far more alternatives than audiences": change({"- Focus: Begin": '- Focus: "A" or "B" or "C" or "D" or "E"'}),
        "alternatives in the order of other audiences": change(
            {"- Focus: Begin": '- Focus: "Buy more seats, share no login" or "Scale tools, raise the margin"'}
        ),
        "a stage that leads down": change({"**Serves:** Able → Free": "**Serves:** Free → Able"}),
        "a stage for levels nobody has": change({"**Serves:** Able → Free": "**Serves:** Level 3 → Level 4"}),
        "a stage for levels of no name": change({"**Serves:** Able → Free": "**Serves:** all of them"}),
        "a module without a number": change({"### Second Stage": "### Modules\n- Woodwork\n\n### Second Stage"}),
        "text among the stages": change({"### Second Stage": "**Hint:** more to come\n\n### Second Stage"}),
    },
    "Tables": {
        "a column of something else": change({USERS: f"\n## Users\n\n{COLOURED}\n"}),
        "a column that is nearly one": change({USERS: f"\n## Users\n\n{TABLE.replace('Symptoms', 'Symptons')}\n"}),
        "a row without its level": change({USERS: f"\n## Users\n\n{TABLE}\n\n### Range\n\n| Range |\n|-|\n| 3 |\n"}),
        "a message to a level that does not exist": change(
            {LAST: LAST + "\n| Level | Focus |\n|-|-|\n| 9. Gone | Rest |\n"}
        ),
        "an audience that none of the headings names": change(
            {SUCCESS: SUCCESS + "\n### Losers\n\n| Level | Success |\n|-|-|\n| 1 | All bought |\n"}
        ),
        "nothing that is known": change({MAPPING: "\n## Rooms\n\n| Room | Door |\n|-|-|\n| 1 | Left |\n" + MAPPING}),
    },
    "Many of one cause": {
        "a label that no level may have": re.sub(r"(?m)^(\*\*Symptoms)", r"**Colour:** red\n\n\1", VALID),
        "the keys of all levels, whose label is misspelt": VALID.replace("**Keys:**", "**Kees:**"),
        "the keys of all levels": re.sub(r"\*\*Keys:\*\*\n(- .*\n)+", "", VALID),
    },
}  # fmt: skip
CASES_BY_NAME = {f"{group}: {name}": text for group, cases in DOCUMENTS.items() for name, text in cases.items()}


EXPECTED = read_reports(REPORTS)


def test_every_document_has_a_report_and_every_report_a_document() -> None:
    assert list(EXPECTED) == list(CASES_BY_NAME)


def test_of_a_valid_document_there_is_nothing_to_say() -> None:
    assert report(VALID) == []


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_the_report_says_where_what_and_how_to_mend_it(name: str) -> None:
    assert report(CASES_BY_NAME[name]) == EXPECTED[name]


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_a_report_has_a_place_a_sentence_and_a_hint(name: str) -> None:
    assert EXPECTED[name]
    for line in EXPECTED[name]:
        assert re.fullmatch(r"strategy\.md(:\d+)?: (warning: )?\S.*[.?] [A-Z].*[.?]\)?", line), line


@pytest.mark.parametrize("name", DOCUMENTS["Not understood"])
def test_a_document_that_cannot_be_understood_writes_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strategy = tmp_path / "strategy.md"
    strategy.write_text(DOCUMENTS["Not understood"][name], encoding="utf-8")
    assert main(["import", str(strategy), "--content", str(tmp_path / "site" / "content")]) == 1
    told = capsys.readouterr()
    lines = [line.replace(str(strategy), "strategy.md") for line in told.err.splitlines()]
    assert lines[: len(EXPECTED[f"Not understood: {name}"])] == EXPECTED[f"Not understood: {name}"]
    assert lines[-1].endswith("; nothing was written.") and told.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["strategy.md"]


@pytest.mark.parametrize("name", [name for group in list(DOCUMENTS)[1:] for name in DOCUMENTS[group]])
def test_a_document_that_is_only_odd_is_imported_and_builds(name: str, tmp_path: Path) -> None:
    text = next(cases[name] for cases in DOCUMENTS.values() if name in cases)
    strategy, content = tmp_path / "strategy.md", tmp_path / "content"
    strategy.write_text(text, encoding="utf-8")
    assert main(["import", str(strategy), "--content", str(content)]) == 0
    assert main(["check", "--content", str(content)]) == 0


def test_a_file_that_is_not_text_is_reported_by_its_line(
    write_site: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_site({"strategy.md": VALID.replace("Shares a login", "Caf\xe9").encode("latin-1", "replace")})
    assert main(["import", str(folder / "strategy.md"), "--content", str(folder / "content")]) == 1
    assert "strategy.md:38:6: the byte 0xe9 is not UTF-8. Save the file as UTF-8." in capsys.readouterr().err
    assert list(read_folder(folder)) == ["strategy.md"]


@settings(max_examples=150)
@given(st.data())
def test_whatever_happens_to_a_document_there_is_a_report_and_no_crash(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(VALID)))
    end = min(len(VALID), start + data.draw(st.integers(0, 40)))
    piece = data.draw(st.text("ab1 \n\t:-#*()[]<>|,→+$%\"'é\0\u2028", max_size=8))
    for line in report(VALID[:start] + piece + VALID[end:]):
        assert line.startswith("strategy.md")


@settings(max_examples=80)
@given(st.lists(st.sampled_from(VALID.split("\n")), max_size=120))
def test_lines_in_any_order_are_reported_and_never_crash(lines: list[str]) -> None:
    _, problems = read_strategy("\n".join(lines), "strategy.md")
    assert all(problem.line <= len(lines) + 1 for problem in problems)


if __name__ == "__main__":
    title = "What the program says of each document in `test_strategy_reports.py`."
    write_reports(REPORTS, title, DOCUMENTS, lambda group, name: report(DOCUMENTS[group][name]))
