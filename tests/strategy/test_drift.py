"""Content and its strategy document stay in step: words may differ, facts may not."""

import json
import re
from pathlib import Path

import pytest

from generator.build.check import load_content
from generator.cli.main import main
from generator.content.loader import Calendar
from generator.files.tree import MemoryTree
from generator.formats.figures import find_figures
from generator.strategy.drift.comparison import report_drift
from tests.sites import TODAY, Files, read_folder, real_content, real_layouts
from tests.strategies import NAMES, PATH, VALID, make, read, read_document
from tests.strategy.test_exporter import export

FILES: Files = dict(make(VALID).texts())
NEW, ABLE = "makers/1-new.md", "makers/2-able.md"


def check(document: str, files: Files) -> list[str]:
    """What `check --strategy` says, but for what it says of the content alone."""
    folder = MemoryTree(files)
    content, _ = load_content(folder, real_layouts(), Calendar(TODAY, drafts=True))
    return [str(problem) for problem in report_drift(read(document), content, folder)]


def change(path: str, old: str, new: str, files: Files | None = None) -> Files:
    text = (files or FILES)[path]
    assert isinstance(text, str)
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    return {**(files or FILES), path: text.replace(old, new)}


def line_of(words: str, text: str) -> int:
    """The line of words that stand somewhere once, or first."""
    assert words in text
    return text.count("\n", 0, text.index(words)) + 1


@pytest.mark.parametrize("document", [VALID, *map(read_document, NAMES)], ids=["valid", *NAMES])
def test_an_imported_content_is_in_step(document: str) -> None:
    told = check(document, dict(make(document).texts()))
    assert [line for line in told if ": warning: " not in line] == []


def test_the_first_site_is_in_step_with_the_document_written_from_it() -> None:
    files = read_folder(Path(real_content().root))
    assert [line for line in check(export(files), files) if ": warning: " not in line] == []


def test_copy_may_be_reworded_freely() -> None:
    files = change(ABLE, "- Keeps a margin of 40-50%", "- Of each sale, you keep **40 to 50 percent** for yourself")
    files = change(ABLE, "pain: Too little", "pain: What you earn does not last until the month is over.", files)
    files = change(NEW, "name: New", "name: NEW", files)
    assert check(VALID, files) == []


# Where, what is written instead of what, what is said of it, and the words on the line of the document.
DIFFERENCES = {
    "another figure": (
        NEW, "- Pays $100-$200/month for tools", "- Tools cost you $100–$300 a month",
        "it says $100–$300 where the document says $100-$200.", "symptoms 1", "- Pays $100",
    ),
    "a figure less": (
        ABLE, "- **Hire** a team of 2-4 engineers", "- **Hire** a team",
        "it leaves out 2-4, which the document states.", "keys 2", "- **Hire**",
    ),
    "a figure more": (
        ABLE, "- **Hire** a team of 2-4 engineers", "- **Hire** a team of 2-4 engineers in 3 towns",
        "it says 3, which the document does not.", "keys 2", "- **Hire**",
    ),
    "an open end that closes": (
        ABLE, "- **Scale** to $10K+ MRR ($120K+ ARR)", "- **Scale** to $10K MRR ($120K+ ARR)",
        "it says $10K where the document says $10K+.", "keys 1", "- **Scale** to $10K+",
    ),
    "another verb": (
        NEW, "- **Raise** the margin", "- **Lift** the margin",
        "this begins with 'lift', in the document it is 'raise'.", "keys 2 verb", "- **Raise** the margin",
    ),
    "no verb": (
        NEW, "- **Raise** the margin", "- Raise the margin",
        "this begins with no verb in bold, in the document it is 'raise'.", "keys 2 verb", "- **Raise** the margin",
    ),
    "an item less": (
        NEW, "- Pays $100-$200/month for tools\n", "",
        "nothing here tells of 'Pays $100-$200/month for tools', number 1 of the symptoms.",
        "symptoms 1 of the document", "- Pays $100",
    ),
    "an item more": (
        NEW, "- Wants to reach $5K MRR", "- Wants to reach $5K MRR\n- Sleeps badly",
        "the document has nothing of 'Sleeps badly' among its symptoms.", "symptoms 3", "- Wants to reach",
    ),
    "another band": (
        NEW, "metric: {from: 0, to: 1000}", "metric: {from: 10, to: 1000}",
        "the band is 10 to 1,000, the document's 0 to 1,000.", "metric", "$0 - $1,000",
    ),
    "other modules": (
        NEW, "modules: [1]", "modules: [1, 2]",
        "the modules are 1, 2, the document's 1.", "modules", "Module 1\n",
    ),
    "another name": (
        NEW, "name: New", "name: Newer",
        "the level is named 'Newer', in the document 'New'.", "name", "### Level 1: New ($0",
    ),
    "an offer less": (
        NEW, "offers: [course]", "offers: []",
        "0 offers are made here, 1 in the document.", "offers", "- Focus: Begin",
    ),
    "a figure in a message": (
        NEW, "promise: Something", "promise: Something for $99",
        "it says $99, which the document does not.", "promise", "- Promise: Something",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "message", "part", "words"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_a_fact_that_differs_is_reported_with_both_places(
    path: str, old: str, new: str, message: str, part: str, words: str
) -> None:
    files = change(path, old, new)
    # The message has its offer three lines below its focus.
    line = line_of(words, VALID) + (3 if part == "offers" else 0)
    where = f"{path}: {part}"
    hint = f"See {PATH}:{line}. Change one of the two, or record in strategy.yaml: where: '{where}'."
    told = [re.sub(r"^(\S+\.md):(\d+):\d+", r"\1:\2", text) for text in check(VALID, files)]
    assert told == [f"content/{path}:{place_of(files, path, new, old)}: {message} {hint}"]


def place_of(files: Files, path: str, new: str, old: str) -> int:
    """The line of what differs; where it is gone, that of what has taken its place."""
    text, before = str(files[path]), str(FILES[path])
    return line_of(new.rpartition("\n")[2], text) if new else line_of(old.strip(), before)


def test_the_signs_of_a_level_are_reported_as_one() -> None:
    files = change(ABLE, "- growing", "- growing by 20%")
    [told] = check(VALID, files)
    assert told.startswith(f"content/{ABLE}:{line_of('signs:', str(files[ABLE]))}:1: it says 20%, which the document")


def test_an_amount_in_free_copy_has_to_be_in_the_document() -> None:
    files = change(ABLE, "title: Go on", "title: Go on to $99K, at 50%")
    [told] = check(VALID, files)
    assert told.startswith(f"content/{ABLE}:{line_of('title:', str(files[ABLE]))}:")
    assert "it says $99K, which the document does not." in told
    assert "where: 'makers/2-able.md: title'." in told


def test_prices_stages_and_the_names_of_modules_are_facts_too() -> None:
    document = "### First Stage (Module 1)"
    line = line_of(document, VALID)
    files = change("offers.yaml", "price: 97", "price: 98")
    files = change("curriculum.yaml", "modules: [1]", "modules: [1, 2]", files)
    files = change("curriculum.yaml", "- {number: 1}", "- {number: 1, name: Beginnings}", files)
    told = check(VALID, files)
    assert [re.sub(r" See .*", "", text) for text in told] == [
        "content/offers.yaml:5:3: the offer 'course' costs $98, in the document $97.",
        "content/curriculum.yaml:3:5: the modules are 1, 2, the document's 1.",
        "content/curriculum.yaml:16:5: module 1 is named 'Beginnings', in the document it has no name.",
    ]
    assert f"See {PATH}:{line}." in told[1]


@pytest.mark.parametrize("price", ["$97+", "under $97", "€97"])
def test_a_price_may_be_open_but_not_in_another_currency(price: str) -> None:
    document = VALID.replace("Course ($97)", f"Course ({price})")
    assert check(document, dict(make(document).texts())) == []
    told = [text.partition(" See")[0] for text in check(document, FILES)]
    differs = ["content/offers.yaml:5:3: the offer 'course' costs $97, in the document €97."]
    assert told == (differs if price == "€97" else [])


def test_a_band_without_an_end_differs_from_one_that_ends_where_it_usually_does() -> None:
    files = change("makers/3-free.md", "metric: {from: 10000,", "metric: {from: 10000, typical_to: 50000,")
    [told] = check(VALID, files)
    assert "the band is 10,000 to 50,000 and more, the document's 10,000 and more." in told


def test_an_audience_or_a_level_on_one_side_only_is_reported() -> None:
    without_users = {path: text for path, text in FILES.items() if not path.startswith("users/")}
    [told] = [text for text in check(VALID, without_users) if "audience" in text]
    line = line_of("## Users\n", VALID)
    assert f"the audience 'Users' has no folder. See {PATH}:{line}." in told
    renamed = change("users/audience.md", "name: Users", "name: Guests")
    assert [text.partition(" See")[0] for text in check(VALID, renamed) if "audience" in text] == [
        "content/users/audience.md:2:1: the document has no audience 'Guests'.",
        "content/site.yaml:3:1: the audience 'Users' has no folder.",
    ]
    shorter = VALID[: VALID.index("### Level 3: Free")] + VALID[VALID.index("## Users") :]
    assert any("makers/3-free.md:2:1: the document has no level 3. See" in text for text in check(shorter, FILES))
    fewer = {path: text for path, text in FILES.items() if path != "makers/3-free.md"}
    fewer = change(ABLE, "metric: {from: 1000, to: 10000}", "metric: {from: 1000}", fewer)
    del fewer["makers/quiz.yaml"], fewer["users/quiz.yaml"], fewer["curriculum.yaml"]
    fewer = {path: re.sub(r"modules: .*\n", "", str(text)) for path, text in fewer.items()}
    assert any("level 3, Free, is only in the document." in text for text in check(VALID, fewer))


def test_every_figure_of_every_bullet_is_watched() -> None:
    """Each digit of the first site's bullets, changed by itself, is told at the line where it stands."""
    files = read_folder(Path(real_content().root))
    document = export(files)
    changed = 0
    for path, text in files.items():
        if not re.search(r"/\d-", path):
            continue
        lines = text.decode().split("\n") if isinstance(text, bytes) else text.split("\n")
        for number, line in enumerate(lines):
            figures = find_figures(line) if line.startswith("- ") and number > lines.index("---", 1) else []
            for figure in figures:
                at = next(at for at in range(figure.start, figure.end) if line[at] in "123456789")
                other = f"{line[:at]}{int(line[at]) % 9 + 1}{line[at + 1 :]}"
                new = "\n".join([*lines[:number], other, *lines[number + 1 :]])
                told = [told for told in check(document, {**files, path: new}) if ": warning: " not in told]
                assert len(told) == 1, other
                assert told[0].startswith(f"content/{path}:{number + 1}:"), told
                changed += 1
    assert changed == 50


def record(*differences: str) -> str:
    return "differences:\n" + "".join(f"- {{where: {json.dumps(where)}, reason: As meant.}}\n" for where in differences)


def test_a_difference_that_is_meant_is_recorded_and_then_silent() -> None:
    files = change(NEW, "- **Raise** the margin", "- **Lift** the margin")
    assert len(check(VALID, files)) == 1
    assert check(VALID, {**files, "strategy.yaml": record(f"{NEW}: keys 2 verb")}) == []


def test_a_contradiction_of_the_document_may_be_recorded_as_well() -> None:
    odd = VALID.replace("- **Raise** the margin from 20-30% to 40-50%", "- **Raise** the margin from 20-30% to 45-50%")
    files = dict(make(odd).texts())
    [told] = check(odd, files)
    where = re.search(r"where: '([^']+)'", told)
    assert told.startswith(f"{PATH}:{line_of('**Raise**', odd)}: warning: ")
    assert where is not None
    assert check(odd, {**files, "strategy.yaml": record(where[1])}) == []


def test_a_record_of_nothing_is_reported() -> None:
    files = {**FILES, "strategy.yaml": record("makers/9-gone.md: keys")}
    assert check(VALID, files) == [
        "content/strategy.yaml:2:4: warning: there is no difference 'makers/9-gone.md: keys' any more. "
        "Delete the entry."
    ]


# The command


def test_the_command_reports_drift_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, document = tmp_path / "content", tmp_path / "strategy.md"
    document.write_text(VALID, encoding="utf-8")
    assert main(["import", str(document), "--content", str(content)]) == 0
    arguments = ["check", "--content", str(content), "--strategy", str(document)]
    assert main(arguments) == 0
    place = content / NEW
    place.write_text(place.read_text().replace("**Raise** the margin", "**Lift** the margin"))
    capsys.readouterr()
    assert main([*arguments, "--format", "json"]) == 1
    problems = json.loads(capsys.readouterr().out)
    assert [(problem["path"], problem["severity"]) for problem in problems if problem["severity"] == "error"] == [
        (f"{content}/{NEW}", "error")
    ]


def test_a_document_that_is_not_there_is_a_wrong_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--strategy", "no-such.md"]) == 2
    assert capsys.readouterr().err.startswith("build.py: no-such.md cannot be read: No such file or directory.")
