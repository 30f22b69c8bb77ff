"""`new`: starting files are complete, valid and drafts, and nothing that is there is lost."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.authoring.level_insertion import choose_boundary
from generator.build.check import load_content
from generator.cli.main import main
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import Diagnostic, SiteError
from generator.files.tree import DiskTree
from generator.formats.slugs import make_slug
from generator.formats.yaml_edit import YamlEditor
from generator.formats.yaml_reader import load_yaml
from generator.formats.yaml_writer import write_yaml
from generator.i18n.editor_words import read_editor_words
from generator.schema.audience import AudienceFields
from generator.schema.fields import note_fields
from generator.schema.level import Band, LevelFields
from generator.schema.page import PageFields
from tests import sites
from tests.languages import LANGUAGES

Write = Callable[..., Path]
DRAFTS = Calendar(sites.TODAY, drafts=True)
LAYOUTS = str(sites.ROOT / "layouts")


def new(*arguments: str, content: Path | None = None) -> int:
    return main(["new", *arguments, *(["--content", str(content)] if content else []), "--layouts", LAYOUTS])


def find_problems(folder: Path, calendar: Calendar = DRAFTS) -> list[Diagnostic]:
    """All problems of a content folder, drafts included, but for the texts that are there to be replaced."""
    try:
        found = load_content(DiskTree(folder), sites.real_layouts(), calendar)[1]
    except SiteError as error:
        found = error.diagnostics
    return [problem for problem in found if problem.code != "unfinished-text"]


def find_unfinished(folder: Path) -> set[str]:
    found = load_content(DiskTree(folder), sites.real_layouts(), DRAFTS)[1]
    return {f"{problem.path}:{problem.line}" for problem in found if problem.code == "unfinished-text"}


def read_tree(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def copy_content(write_site: Write) -> Path:
    return write_site(read_tree(sites.ROOT / "content"))


# Names and slugs


@pytest.mark.parametrize(
    ("name", "language", "slug"),
    [
        ("Getting there", "en", "getting-there"),
        ("  Founder’s   Edition! ", "en", "founders-edition"),
        ("Élan—vital", "fr", "elan-vital"),
        ("Für Ärzte & Gründer", "en", "fur-arzte-grunder"),
        ("Für Ärzte & Gründer", "de-CH", "fuer-aerzte-gruender"),
        ("Größe", "en", "grosse"),
        ("Łódź, Ærø", "pl", "lodz-aero"),
        ("I\u015f\u0131k", "tr", "isik"),
        ("R&D 2.0", "en", "r-d-2-0"),
        ("snake_case", "en", "snake-case"),
        ("创始人", "zh", ""),
    ],
)
def test_a_slug_is_what_a_reader_would_type(name: str, language: str, slug: str) -> None:
    assert make_slug(name, language) == slug


@given(st.text(max_size=60))
def test_a_slug_is_a_slug_or_nothing(name: str) -> None:
    slug = make_slug(name)
    assert slug == "" or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert make_slug(slug) == slug


# YAML that the program writes, and edits


TEXT = st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), include_characters="\n"))
PLAIN = st.one_of(TEXT, st.integers(-(10**9), 10**9), st.booleans(), st.none())
NAMES = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
DATA = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))


@given(st.dictionaries(NAMES, DATA, max_size=4))
def test_what_is_written_as_yaml_is_read_back_as_it_was(data: dict[str, object]) -> None:
    assert load_yaml(write_yaml(data), "a.yaml") == data


def test_single_values_change_and_everything_else_stays() -> None:
    text = """\
---
# Top
metric: {from: 1, to: 2, note: a}  # end
other:
  from: 3 # three
  typical_to: 4
---
Body: 1
"""
    editor = YamlEditor(text)
    editor.replace(("metric", "to"), 20)
    editor.replace(("other", "from"), 2.5)
    assert editor.apply() == text.replace("to: 2,", "to: 20,").replace("from: 3", "from: 2.5")
    editor = YamlEditor(text)
    editor.add_field(("metric", "from"), "high", 9)
    editor.add_field(("other", "from"), "to", 8)
    changed = text.replace("from: 1,", "from: 1, high: 9,").replace("# three\n", "# three\n  to: 8\n")
    assert editor.apply() == changed
    editor = YamlEditor(text)
    editor.remove_field(("metric", "note"))
    editor.remove_field(("other", "typical_to"))
    assert editor.apply() == text.replace(", note: a", "").replace("  typical_to: 4\n", "")


@pytest.mark.parametrize(
    ("index", "before", "old", "new"),
    [
        (0, True, "  - a: 1", "  - x\n  - a: 1"),
        (0, False, "c: 2\n", "c: 2\n  - x\n"),
        (1, False, "{a: 2}\n", "{a: 2}\n  - x\n"),
    ],
)
def test_an_entry_is_put_before_or_after_another(index: int, before: bool, old: str, new: str) -> None:
    text = "list:\n  - a: 1\n    b:\n      c: 2\n\n  # Two\n  - {a: 2}\nend: 1\n"
    editor = YamlEditor(text)
    editor.add_entry(("list", index), "x", before)
    assert editor.apply() == text.replace(old, new)


@pytest.mark.parametrize("before, written", [(True, "[{a: 1}, {b: 3}, {a: 2}]"), (False, "[{a: 1}, {a: 2}, {b: 3}]")])
def test_so_is_one_of_a_list_on_one_line(before: bool, written: str) -> None:
    text = "list: [{a: 1}, {a: 2}]  # two\nend: 1\n"
    editor = YamlEditor(text)
    editor.add_entry(("list", 1), {"b": 3}, before)
    assert editor.apply() == text.replace("[{a: 1}, {a: 2}]", written)


def test_line_ends_of_windows_stay() -> None:
    text = "\ufeff---\r\nmetric:\r\n  from: 1\r\n---\r\nBody\r\n"
    editor = YamlEditor(text)
    editor.add_field(("metric", "from"), "to", 2)
    assert editor.apply() == text.replace("from: 1\r\n", "from: 1\r\n  to: 2\r\n")


def test_spaces_that_align_values_stay() -> None:
    text = "name:   A\nband:   { from:  1,  to: 2 }   # in euros\nlist:\n  -   a\n  -   b\n"
    old = load_yaml(text, "a.yaml")
    editor = YamlEditor(text)
    editor.update(old, {"name": "B", "band": {"from": 1, "to": 3}, "list": ["a", "c"]})
    assert editor.apply() == text.replace("A", "B").replace("to: 2", "to: 3").replace("-   b", "-   c")


# Audiences and pages


def test_a_new_audience_is_whole_and_a_draft(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_site(sites.SITE)
    assert new("audience", "Team leads", content=folder) == 0
    made = set(read_tree(folder)) - set(sites.SITE)
    names = ("1-first.md", "2-second.md", "audience.md", "quiz.yaml")
    assert made == {f"team-leads/{name}" for name in names}
    assert find_problems(folder) == find_problems(folder, sites.CALENDAR) == []
    live = load_content(DiskTree(folder), sites.real_layouts(), sites.CALENDAR)[0]
    assert [audience.slug for audience in live.audiences] == ["makers", "users"]
    output = capsys.readouterr()
    assert output.out.splitlines() == [f"{folder}/team-leads/{name}: written" for name in names]
    assert f"{folder}/team-leads/audience.md:3:1: warning: this is a draft." in output.err


def test_a_new_page_is_whole_and_a_draft(write_site: Write) -> None:
    folder = write_site(sites.SITE)
    assert new("page", "Über uns", content=folder) == 0
    assert set(read_tree(folder)) - set(sites.SITE) == {"pages/uber-uns.md"}
    assert find_problems(folder) == find_problems(folder, sites.CALENDAR) == []


@pytest.mark.parametrize(
    ("arguments", "path", "kind"),
    [
        (("audience", "Team leads"), "team-leads/audience.md", AudienceFields),
        (("level", "Getting there", "--audience", "users"), "users/3-getting-there.md", LevelFields),
        (("page", "Contact"), "pages/contact.md", PageFields),
    ],
)
def test_a_starting_file_names_and_explains_every_field(
    write_site: Write, arguments: tuple[str, ...], path: str, kind: type
) -> None:
    folder = write_site(sites.SITE)
    assert new(*arguments, content=folder) == 0
    lines = (folder / path).read_text().splitlines()
    for note in note_fields(kind):
        index = next(i for i, line in enumerate(lines) if line.removeprefix("# ").startswith(f"{note.name}:"))
        assert lines[index - 1] == f"# {note.description}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("audience", "Makers"), "content/makers is there already."),
        (("page", "About"), "content/pages/about.md is there already."),
        (("level", "New", "--audience", "makers"), "makers has a level with the slug 'new' already."),
        (("level", "Better", "--audience", "maker"), "there is no audience 'maker'. Did you mean 'makers'?"),
        (("level", "Better"), "say which audience the level is for: --audience makers or users."),
        (("level", "Better", "--audience", "makers", "--at", "5"), "--at 5 would leave a gap: makers has 2 levels."),
        (
            ("level", "Better", "--audience", "makers", "--from", "500"),
            "--from 500 does not lie within the band that is split, 1000 and up.",
        ),
        (("page", "创始人"), "'创始人' has no letters for an address."),
        (("page", "x" * 51), "a name has 1 to 50 characters"),
        (("page", "About", "--slug", "Über"), "'Über' is no slug"),
        (("page", "Other", "--language", "de"), "--language is for a site"),
        (("page", "Other", "--at", "2"), "--at, --from and --audience are for levels."),
    ],
)
def test_what_cannot_be_begun_is_refused_and_nothing_is_written(
    write_site: Write, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    folder = write_site(sites.SITE)
    assert new(*arguments, content=folder) == 2
    assert message in capsys.readouterr().err.replace(str(folder), "content")
    assert read_tree(folder) == sites.SITE


@pytest.mark.parametrize("arguments", [("audience", "Offers"), ("page", "Makers"), ("level", "Compare")])
def test_an_address_that_is_taken_is_a_mistake_and_nothing_is_written(
    write_site: Write, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    folder = write_site(sites.SITE)
    more = ("--audience", "users") if arguments[0] == "level" else ()
    assert new(*arguments, *more, content=folder) == 1
    assert "its address" in capsys.readouterr().err
    assert read_tree(folder) == sites.SITE


# Levels


@pytest.mark.parametrize("audience", ["founders", "career-advancers"])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_a_new_level_among_the_real_ones_leaves_nothing_to_mend_but_answers(
    write_site: Write, audience: str, number: int
) -> None:
    folder = copy_content(write_site)
    before = {(problem.path, problem.message) for problem in find_problems(folder)}
    assert new("level", "Getting there", "--audience", audience, "--at", str(number), content=folder) == 0
    fresh = [problem for problem in find_problems(folder) if (problem.path, problem.message) not in before]
    # The ends of the climb need answers of their own; between them the answers around lead there.
    assert all(problem.path == f"{folder}/{audience}/quiz.yaml" for problem in fresh)
    assert all(f"no answers lead to level {number}" in problem.message for problem in fresh)
    assert number in (1, 5) or fresh == []
    levels = sorted(path.name for path in (folder / audience).glob("[0-9]*.md"))
    assert [name.partition("-")[0] for name in levels] == ["1", "2", "3", "4", "5"]
    assert levels[number - 1] == f"{number}-getting-there.md"


def test_a_level_after_the_last_takes_the_upper_part_of_its_band(write_site: Write) -> None:
    folder = write_site(sites.without("makers/quiz.yaml"))
    assert new("level", "Better", "--audience", "makers", "--from", "2500", content=folder) == 0
    after = read_tree(folder)
    assert after["makers/2-able.md"] == sites.text_of("makers/2-able.md").replace(
        "{from: 1000}", "{from: 1000, to: 2500}"
    )
    assert "metric: {from: 2500}" in after["makers/3-better.md"]
    assert find_problems(folder) == []


def test_the_levels_above_move_up_and_the_quiz_follows(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_site(sites.SITE)
    assert new("level", "Middling", "--audience", "makers", "--at", "2", "--format", "json", content=folder) == 0
    after = read_tree(folder)
    assert after["makers/3-able.md"] == sites.SITE["makers/2-able.md"]
    assert after["makers/quiz.yaml"] == sites.text_of("makers/quiz.yaml").replace("Much, level: 2", "Much, level: 3")
    assert after["users/2-found.md"] == sites.SITE["users/2-found.md"]
    assert after["curriculum.yaml"] == sites.SITE["curriculum.yaml"]
    report = json.loads(capsys.readouterr().out)
    assert report["moved"] == {f"{folder}/makers/2-able.md": f"{folder}/makers/3-able.md"}
    checks = {(Path(check["path"]).name, check["line"]) for check in report["checks"]}
    assert {("curriculum.yaml", 6), ("2-middling.md", 3), ("1-new.md", 5)} <= checks


@pytest.mark.parametrize(
    "weight, told", [(1, "Add an answer for level 2 to 'pay' and 'skill'."), (3, "Write one to 'skill'.")]
)
def test_what_a_new_level_needs_in_the_quiz_is_said_once(
    weight: int, told: str, write_site: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = (
        "[{band: level, level: 1}, {band: level, level: 2}]"
        if weight > 1
        else "[{text: No, level: 1}, {text: Yes, level: 2}]"
    )
    pay = f"  - {{id: pay, text: What do you earn?, weight: {weight}, options: {answers}}}\n"
    quiz = sites.text_of("makers/quiz.yaml").replace("questions:\n", f"questions:\n{pay}")
    folder = write_site({**sites.SITE, "makers/quiz.yaml": quiz})
    assert new("level", "Other", "--audience", "makers", "--at", "2", "--format", "json", content=folder) == 0
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert [check["hint"] for check in checks if check["path"].endswith("quiz.yaml")] == [told]


def test_the_curriculum_follows_where_there_is_one_audience(write_site: Write) -> None:
    alone = sites.without(*(path for path in sites.SITE if path.startswith("users/")))
    folder = write_site(alone)
    assert new("level", "Middling", "--at", "2", content=folder) == 0
    assert read_tree(folder)["curriculum.yaml"] == str(alone["curriculum.yaml"]).replace("to: 2\n", "to: 3\n")


def test_a_question_about_values_gets_an_answer_for_the_new_band(write_site: Write) -> None:
    quiz = """\
title: Where are you?
questions:
  - id: salary
    text: What do you earn?
    options:
      - band: level
        level: 1
      # The top
      - band: level
        level: 2
"""
    folder = write_site(sites.add("makers/quiz.yaml", quiz))
    assert new("level", "Middling", "--audience", "makers", "--at", "2", content=folder) == 0
    after = quiz.replace("level: 2", "level: 3").replace("      - band: level\n        level: 3", (
        "      - {band: level, level: 2}\n      - band: level\n        level: 3"))  # fmt: skip
    assert read_tree(folder)["makers/quiz.yaml"] == after
    assert find_problems(folder) == []


@given(
    low=st.integers(0, 10**7), width=st.one_of(st.none(), st.integers(2, 10**7)),
    typical=st.one_of(st.none(), st.integers(1, 10**6)),
)  # fmt: skip
def test_a_band_is_split_within_itself(low: int, width: int | None, typical: int | None) -> None:
    high = low + width if width else None
    middle = choose_boundary(Band(low=low, high=high, typical_to=low + typical if typical and not high else None))
    assert low < middle and (high is None or middle < high)


# Sites


@pytest.mark.parametrize("name", ["my-site", "school/content"])
def test_a_new_site_shows_nothing_of_its_examples_and_with_drafts_builds_and_says_what_is_to_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / name
    assert new("site", str(folder)) == 0
    assert find_problems(folder) == []
    assert [problem.code for problem in find_problems(folder, sites.CALENDAR)] == ["no-live-audience"]
    assert all("this is a draft" in line for line in capsys.readouterr().err.splitlines())
    build = ["build", "--content", str(folder), "--layouts", LAYOUTS, "--output", str(tmp_path / "output")]
    assert main([*build, "--drafts"]) == 0
    assert "error" not in capsys.readouterr().err
    assert (tmp_path / "output/visitors/index.html").exists()
    assert main(build) == 0
    pages = {path.relative_to(tmp_path / "output").as_posix() for path in (tmp_path / "output").rglob("*.html")}
    assert pages == {"index.html", "404.html"}
    title = {"my-site": "My site", "school/content": "School"}[name]
    assert title in (tmp_path / "output" / "index.html").read_text()


@pytest.mark.parametrize("tag", ["en", *LANGUAGES])
def test_every_text_that_begins_a_file_is_known_as_one_to_be_written(tmp_path: Path, tag: str) -> None:
    new("site", str(tmp_path / "site"), "--language", tag)
    files = {path for path in read_tree(tmp_path / "site") if path.endswith((".md", "quiz.yaml"))}
    found = find_unfinished(tmp_path / "site")
    assert {place.rpartition(":")[0].partition("site/")[2] for place in found} == files
    # Of a level: headline, summary, three parts of its message, opening, two symptoms, two keys, success.
    first = read_editor_words(tag).start("first_slug")
    assert len([place for place in found if f"/1-{first}.md" in place]) == 11
    assert len([place for place in found if "quiz.yaml" in place]) == 3


def test_a_new_site_never_goes_where_something_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    assert new("site", str(tmp_path)) == 2
    assert "is there already" in capsys.readouterr().err
    assert read_tree(tmp_path) == {"kept.txt": "kept"}


def test_a_new_site_needs_a_language_that_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new("site", str(tmp_path / "school"), "--language", "xx") == 2
    assert "there is no language 'xx'" in capsys.readouterr().err
    assert not (tmp_path / "school").exists()


@pytest.mark.parametrize("option", ["--content", "--slug", "--audience", "--at", "--from"])
def test_a_new_site_takes_no_option_that_it_would_ignore(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert new("site", str(tmp_path / "school"), option, "1") == 2
    assert "new site takes only the folder to make" in capsys.readouterr().err
    assert not (tmp_path / "school").exists()


# Sites that are empty, broken, or held back


HELD_BACK = {
    path: sites.text_of(path).replace("---\n", "---\ndraft: true\n", 1)
    for path in sites.SITE
    if path.endswith(".md") and path != "home.md"
}
STATES: dict[str, sites.Files] = {
    "empty": {},
    "only settings": {"site.yaml": sites.SITE["site.yaml"]},
    "held back": {**sites.SITE, **HELD_BACK},
    "settings that cannot be read": sites.add("site.yaml", "name: [\n"),
    "no front page": sites.without("home.md"),
    "words that cannot be read": sites.add("words.yaml", "home: [\n"),
    "an audience without its file": sites.without("makers/audience.md"),
    "an audience that cannot be read": sites.add("makers/audience.md", "---\nname: [\n---\n"),
    "an audience that nobody knows": sites.edit("makers/audience.md", "title:", "titel:"),
    "an audience of one level": sites.without("makers/2-able.md", "makers/quiz.yaml"),
    "a level that cannot be read": sites.add("makers/1-new.md", b"\xff"),
    "the last level cannot be read": sites.add("makers/2-able.md", "no front matter\n"),
    "a gap in the levels": {**sites.without("makers/2-able.md"), "makers/4-able.md": sites.SITE["makers/2-able.md"]},
    "a number twice": {**sites.without("makers/2-able.md"), "makers/1-able.md": sites.SITE["makers/2-able.md"]},
    "a band without its metric": sites.edit(
        "makers/audience.md", "metric: {name: annual salary, unit: $, period: year}\n", ""
    ),
    "a quiz that cannot be read": sites.add("makers/quiz.yaml", "title: [\n"),
    "a quiz with an unknown level": sites.edit("makers/quiz.yaml", "level: 2", "level: 9"),
    "a curriculum that cannot be read": sites.add("curriculum.yaml", "stages: [\n"),
    "a page with a dead link": sites.append("pages/about.md", "\n[us](/nowhere/)\n"),
    "a file that has no place": sites.add("ofers.yaml", ""),
}
ARGUMENTS = {
    "audience": ("Team leads",),
    "level": ("Getting there", "--audience", "makers"),
    "page": ("Contact",),
    "site": ("school",),
}


@pytest.mark.parametrize("mistake", ["tagine: x\n", "nav: [\n"])
def test_the_language_of_a_site_is_known_whatever_is_wrong_in_its_settings(write_site: Write, mistake: str) -> None:
    folder = write_site({"site.yaml": f"name: École\nlanguage: fr\n{mistake}", "home.md": sites.text_of("home.md")})
    assert new("audience", "Artisans", content=folder) == 0
    assert sorted(path.name for path in (folder / "artisans").iterdir()) == [
        "1-premier.md", "2-second.md", "audience.md", "quiz.yaml"
    ]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ARGUMENTS)
def test_whatever_is_wrong_elsewhere_what_is_asked_for_is_begun_and_that_is_said(
    write_site: Write, capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str, state: str
) -> None:
    folder = write_site(STATES[state])
    mended = ("no-audience",) if kind == "audience" else ("too-few-levels",) if kind == "level" else ()
    problems = [problem for problem in find_problems(folder) if problem.severity == "error"]
    broken = {problem.message for problem in problems if problem.code not in mended}
    before = read_bytes(folder)
    arguments = [str(tmp_path / "school")] if kind == "site" else ARGUMENTS[kind]
    code = new(kind, *arguments, content=None if kind == "site" else folder)
    output = capsys.readouterr()
    assert not (": written" in output.out and "nothing was written" in output.err)
    if kind == "level" and not any(path.startswith("makers/") for path in STATES[state]):
        assert (code, read_bytes(folder)) == (2, before)
        assert "there is no audience yet. Begin with one" in output.err
        return
    assert code == 0
    assert ": written" in output.out
    if kind != "site":
        assert set(before) < set(read_bytes(folder))
        assert [message for message in broken if message not in output.err] == []


@pytest.mark.parametrize("state", [state for state in STATES if "level" in state or "quiz" in state])
@pytest.mark.parametrize("number", ["1", "2"])
def test_a_level_goes_between_others_where_one_of_them_is_broken(write_site: Write, state: str, number: str) -> None:
    folder = write_site(STATES[state])
    assert new("level", "Getting there", "--audience", "makers", "--at", number, content=folder) == 0
    made = sorted(path for path in read_bytes(folder) if re.match(r"makers/\d", path))
    assert f"makers/{number}-getting-there.md" in made
    old = [path for path in STATES[state] if re.match(r"makers/\d", path)]
    assert len(made) == len(old) + 1


def read_bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("number", ["1", "2", "3"])
@pytest.mark.parametrize("quiz", [True, False])
def test_nobody_sees_that_a_level_was_begun(write_site: Write, tmp_path: Path, number: str, quiz: bool) -> None:
    """Only the numbers of the levels above it, which have moved, and the end of a band that was open may show."""
    folder = write_site(sites.SITE if quiz else sites.without("makers/quiz.yaml"))
    assert new("level", "Zyzzogeton", "--audience", "makers", "--at", number, content=folder) == 0
    assert not any(problem.severity == "error" for problem in find_problems(folder))
    output = sites.build(DiskTree(folder, "content"), tmp_path / "output", sites.real_layouts())
    assert not [path for path, data in read_bytes(output).items() if b"zyzzogeton" in data.lower()]
    bands = [step["band"] for step in sites.plan(read_tree(folder))["makers/index.html"].context["steps"]]
    assert bands == ["$0–$1,000 a year", "$1,000+ a year"]


@pytest.mark.parametrize(
    ("metric", "bands", "number", "expected"),
    [
        ("{name: pace, unit: min/km, direction: down}", ("{from: 6}", "{to: 6}"), "3", ["6+", "3–6", "Under 3"]),
        ("{name: pace, unit: min/km, direction: down}", ("{from: 6}", "{to: 6}"), "1", ["10+", "6–10", "Under 6"]),
        ("{name: pace, unit: min/km, direction: down}", ("{from: 6}", "{to: 6}"), "2", ["10+", "6–10", "Under 6"]),
        ("{name: belt, steps: true}", ("White", "Black"), "2", ["White", "Brown", "Black"]),
    ],
)
def test_a_new_level_is_measured_as_the_others(
    write_site: Write, metric: str, bands: tuple[str, str], number: str, expected: list[str]
) -> None:
    files = sites.edit("makers/audience.md", "{name: annual salary, unit: $, period: year}", metric)
    for path, old, band in zip((sites.NEW, sites.ABLE), ("{from: 0, to: 1000}", "{from: 1000}"), bands, strict=True):
        files = sites.edit(path, old, band, files)
    folder = write_site(files)
    assert new("level", "Brown", "--audience", "makers", "--at", number, content=folder) == 0
    assert not any(problem.severity == "error" for problem in find_problems(folder))
    pages = sites.plan_content(sites.load(read_tree(folder), DRAFTS), sites.TARGET)
    steps = pages["makers/index.html"].context["steps"]
    assert [step["band"].removesuffix(" min/km") for step in steps] == expected
