"""A second import brings in what the strategy changed, and never touches what an editor wrote."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli.main import main
from generator.files.atomic_directory import STAGED
from generator.files.tree import MemoryTree
from generator.strategy.documents.reader import read_strategy
from generator.strategy.importing.merging import BASE_FILE, ImportPlan, plan_import
from tests.sites import read_folder
from tests.strategies import VALID, change, make

LEVEL = "users/1-new.md"
LOGIN = {"- Shares a login": "- Shares one login with all"}


class Site:
    """A strategy document and the content folder that it is imported into, on the disk."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.strategy = root / "strategy.md"
        self.content = root / "content"
        self.capsys = capsys
        self.told = ""
        self.warned: list[str] = []

    def bring_in(self, changes: dict[str, str] | None = None, *options: str) -> int:
        """Imports the valid document with these changes. What is printed is in `told` and `warned`."""
        self.strategy.write_text(change(changes or {}), encoding="utf-8")
        code = main(["import", str(self.strategy), "--content", str(self.content), *options])
        out, err = self.capsys.readouterr()
        self.told = out.replace(str(self.content), "content")
        self.warned = [line.replace(f"{self.root}/", "") for line in err.splitlines()]
        return code

    def edit(self, path: str, old: str, new: str) -> None:
        """What an editor does: replaces a piece of a file that is there once."""
        place = self.content / path
        text = place.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        place.write_text(text.replace(old, new), encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.content / path).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """All files but the record of the import."""
        return {path: bytes(data) for path, data in read_folder(self.content).items() if path != BASE_FILE}  # type: ignore[arg-type]


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Site:
    """A site that has been imported once."""
    site = Site(tmp_path, capsys)
    assert site.bring_in() == 0
    return site


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The files that differ."""
    return sorted(path for path in {*before, *after} if before.get(path) != after.get(path))


# Twice


def test_importing_twice_changes_nothing(site: Site) -> None:
    before = read_folder(site.content)
    assert site.bring_in() == 0
    assert site.told == "content: nothing to change.\n"
    assert read_folder(site.content) == before


def test_importing_twice_leaves_the_editors_text_and_its_layout(site: Site) -> None:
    site.edit(LEVEL, "- Shares a login", "*   You share\n    a login  ")
    before = read_folder(site.content)
    assert site.bring_in() == 0
    assert site.told == "content: nothing to change.\n"
    assert read_folder(site.content) == before


def test_what_only_the_layout_of_the_document_changes_changes_nothing(site: Site) -> None:
    before = read_folder(site.content)
    site.strategy.write_text(VALID.replace("\n- ", "\n\n* ").replace("\n", "\r\n"), encoding="utf-8")
    assert main(["import", str(site.strategy), "--content", str(site.content)]) == 0
    assert read_folder(site.content) == before


def test_sections_are_headed_in_the_language_of_the_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site, german = Site(tmp_path, capsys), {"# Course\n\n## Makers\n": "# Course\n\nLanguage: German\n\n## Makers\n"}
    assert site.bring_in(german) == 0
    assert "\n## Symptome\n\n- Shares a login\n" in site.read(LEVEL) and "\n## Schlüssel zum Erfolg\n" in site.read(
        LEVEL
    )
    before = read_folder(site.content)
    assert site.bring_in(german) == 0
    assert read_folder(site.content) == before
    assert site.bring_in({**german, **LOGIN}) == 0
    assert "\n## Symptome\n\n- Shares one login with all\n" in site.read(LEVEL)


# One side


def test_what_only_the_strategy_changed_is_brought_in(site: Site) -> None:
    before = site.files()
    assert site.bring_in({**LOGIN, "coaching ($500-$900)": "coaching ($500-$900), a book ($19)"}) == 0
    assert site.told == (
        "content/makers/2-able.md: changed\ncontent/offers.yaml: changed\ncontent/users/1-new.md: changed\n"
        "content/users/2-able.md: changed\ncontent/users/quiz.yaml: changed\ncontent: 5 files changed.\n"
    )
    assert changed(before, site.files()) == [
        "makers/2-able.md", "offers.yaml", "users/1-new.md", "users/2-able.md", "users/quiz.yaml",
    ]  # fmt: skip
    assert "- Shares one login with all\n" in site.read(LEVEL)
    assert "name: A book\n  price: 19\n" in site.read("offers.yaml")


def test_content_without_edits_is_as_if_it_were_imported_anew(site: Site) -> None:
    assert site.bring_in({**LOGIN, "- **Buy** seats": "- **Buy** seats\n- **Invite** people"}) == 0
    expected = make(change({**LOGIN, "- **Buy** seats": "- **Buy** seats\n- **Invite** people"})).texts()
    assert {path: site.read(path) for path in expected} == expected


def test_what_only_the_editor_changed_stays(site: Site) -> None:
    site.edit(LEVEL, "- Shares a login", "- You share a login")
    site.edit("site.yaml", "name: Course", "name: The Course")
    site.edit("users/quiz.yaml", "title: Which level are you at?", "title: Where are you?")
    edited = site.files()
    assert site.bring_in() == 0
    assert site.files() == edited
    assert site.bring_in({"- **Rest** on 20%": "- **Sleep** well\n- **Rest** on 20%"}) == 0
    assert changed(edited, site.files()) == ["makers/3-free.md"]


def test_files_of_the_editor_are_left_alone(site: Site, write_site: Callable[..., Path]) -> None:
    write_site({"pages/about.md": "no front matter", "words.yaml": "home: Start\n", ".hidden": "x"}, site.content)
    edited = site.files()
    assert site.bring_in(LOGIN) == 0
    assert changed(edited, site.files()) == ["users/1-new.md", "users/quiz.yaml"]


def test_what_the_editor_deleted_does_not_come_back(site: Site) -> None:
    site.edit(LEVEL, "- Shares a login\n", "- You have no seats\n- Shares a login\n")
    site.edit(LEVEL, "- Shares a login\n", "")
    (site.content / "strategy.yaml").unlink()
    edited = site.files()
    assert site.bring_in() == 0
    assert site.bring_in({"- **Buy** seats": "- **Buy** more seats"}) == 0
    assert changed(edited, site.files()) == [LEVEL]
    assert "Shares" not in site.read(LEVEL).partition("## Symptoms")[2]


def test_what_the_strategy_takes_away_goes(site: Site) -> None:
    assert site.bring_in({"- Pays $100-$200/month for tools\n": "", "- Pain: Nothing yet": "- Pain: None"}) == 0
    assert "Pays $100" not in site.read("makers/1-new.md")
    assert "pain: None" in site.read("makers/1-new.md")


# Both sides


def test_changes_on_both_sides_in_different_places_are_both_kept(site: Site) -> None:
    site.edit(LEVEL, "- **Buy** seats", "- **Buy** as many seats as you are")
    site.edit(LEVEL, "pain: Nothing yet", "pain: You have nothing yet")
    assert site.bring_in({**LOGIN, "- Promise: Something": "- Promise: Anything"}) == 0
    text = site.read(LEVEL)
    for words in ("Shares one login with all", "as many seats as you are", "You have nothing yet", "promise: Anything"):
        assert words in text


def test_changes_on_both_sides_within_one_list_are_both_kept(site: Site) -> None:
    path = "makers/1-new.md"
    site.edit(path, "- Wants to reach $5K MRR\n", "- You want to reach $5K MRR\n- You are tired\n")
    assert site.bring_in({"- Pays $100-$200/month for tools": "- Works alone\n- Pays $150-$200/month for tools"}) == 0
    section = site.read(path).partition("## Symptoms\n\n")[2].partition("\n\n")[0]
    assert section == ("- Works alone\n- Pays $150-$200/month for tools\n- You want to reach $5K MRR\n- You are tired")


def test_one_and_the_same_change_on_both_sides_is_no_conflict(site: Site) -> None:
    site.edit(LEVEL, "- Shares a login", "- Shares one login with all")
    assert site.bring_in(LOGIN) == 0
    assert site.warned == []


def test_a_conflict_is_reported_with_both_texts_and_overwrites_nothing(site: Site) -> None:
    site.edit(LEVEL, "- Shares a login", "- You share a login")
    edited = site.read(LEVEL).partition("## Symptoms")[2]
    assert site.bring_in(LOGIN) == 1
    assert site.warned == [
        "content/users/1-new.md:15: conflict: here it says 'You share a login', the strategy now says 'Shares one "
        "login with all'. It stays as it is. Settle it here, or with --settle mine or --settle strategy."
    ]
    assert site.told.endswith("1 conflict left as it is.\n")
    assert site.read(LEVEL).partition("## Symptoms")[2] == edited


def test_a_conflict_comes_up_again_until_it_is_settled(site: Site) -> None:
    site.edit(LEVEL, "- Shares a login", "- You share a login")
    assert [site.bring_in(LOGIN), site.bring_in(LOGIN)] == [1, 1]
    site.edit(LEVEL, "- You share a login", "- Shares one login with all")
    assert [site.bring_in(LOGIN), site.bring_in(LOGIN)] == [0, 0]


def test_two_conflicts_are_both_reported_with_their_lines(site: Site) -> None:
    site.edit(LEVEL, "- Shares a login", "- You share a login")
    site.edit(LEVEL, "promise: Something", "promise: You get something")
    assert site.bring_in({**LOGIN, "- Promise: Something": "- Promise: Anything"}) == 1
    assert [line.split(": ")[0] for line in site.warned] == [f"content/{LEVEL}:6", f"content/{LEVEL}:15"]
    assert site.told.endswith("2 conflicts left as they are.\n")


@pytest.mark.parametrize(
    ("side", "kept"), [("mine", "- You share a login\n"), ("strategy", "- Shares one login with all\n")]
)
def test_a_conflict_is_settled_for_one_side_and_other_edits_stay(site: Site, side: str, kept: str) -> None:
    site.edit(LEVEL, "- Shares a login", "- You share a login")
    site.edit(LEVEL, "- **Buy** seats", "- **Buy** your seats")
    changes = {**LOGIN, "- Bought 11 seats": "- Bought 11 seats or more"}
    assert site.bring_in(changes) == 1
    assert site.bring_in(changes, "--settle", side) == 0
    for words in (kept, "- **Buy** your seats\n", "- Bought 11 seats or more\n"):
        assert words in site.read(LEVEL)
    assert [site.bring_in(changes), site.told] == [0, "content: nothing to change.\n"]


def test_what_the_editor_deleted_and_the_strategy_changed_is_a_conflict(site: Site) -> None:
    site.edit("makers/1-new.md", "- Pays $100-$200/month for tools\n", "")
    changes = {"- Pays $100-$200/month for tools": "- Pays $100-$200/month for tools and more"}
    assert site.bring_in(changes) == 1
    assert site.warned == [
        "content/makers/1-new.md: conflict: this was deleted here and changed in the strategy: 'Pays $100-$200/month "
        "for tools and more'. It stays as it is. Settle it here, or with --settle mine or --settle strategy."
    ]
    assert "and more" not in site.read("makers/1-new.md").partition("## Symptoms")[2]
    assert site.bring_in(changes, "--settle", "strategy") == 0
    assert "- Pays $100-$200/month for tools and more\n- Wants" in site.read("makers/1-new.md")


def test_what_the_strategy_deleted_and_the_editor_changed_is_a_conflict(site: Site) -> None:
    site.edit("makers/1-new.md", "- Pays $100-$200/month for tools", "- You pay $100-$200/month for tools")
    changes = {"- Pays $100-$200/month for tools\n": ""}
    assert site.bring_in(changes) == 1
    assert site.warned == [
        "content/makers/1-new.md:16: conflict: this was changed here and deleted in the strategy: 'You pay "
        "$100-$200/month for tools'. It stays as it is. Settle it here, or with --settle mine or --settle strategy."
    ]
    assert "- You pay" in site.read("makers/1-new.md")
    assert site.bring_in(changes, "--settle", "mine") == 0
    assert "- You pay" in site.read("makers/1-new.md")
    assert site.bring_in(changes) == 0


# Levels and audiences


def without_level(text: str) -> str:
    return text.replace(text[text.index("### Level 3") : text.index("## Users")], "")


def bring_in(site: Site, text: str) -> int:
    """Imports another document than the valid one."""
    site.strategy.write_text(text, encoding="utf-8")
    code = main(["import", str(site.strategy), "--content", str(site.content)])
    site.told, err = site.capsys.readouterr()
    site.warned = [line.replace(f"{site.root}/", "") for line in err.splitlines()]
    return code


def test_a_new_name_for_an_audience_makes_no_second_one(site: Site) -> None:
    site.edit("users/audience.md", "title: Which level are you at?", "title: How many are you?")
    assert bring_in(site, VALID.replace("# Users", "# Customers")) == 0
    assert not (site.content / "customers").exists()
    assert "name: Customers\ntitle: How many are you?\n" in site.read("users/audience.md")


def test_a_new_name_for_a_level_keeps_its_file(site: Site) -> None:
    assert bring_in(site, VALID.replace("Free", "Boundless")) == 0
    assert sorted(path.name for path in (site.content / "makers").glob("?-*")) == ["1-new.md", "2-able.md", "3-free.md"]
    assert "name: Boundless\n" in site.read("makers/3-free.md")


def test_files_and_folders_with_new_names_are_found_again(site: Site) -> None:
    (site.content / "users").rename(site.content / "people")
    (site.content / "people" / "1-new.md").rename(site.content / "people" / "1-beginning.md")
    edited = site.files()
    assert site.bring_in() == 0
    assert site.files() == edited
    assert site.bring_in(LOGIN) == 0
    assert changed(edited, site.files()) == ["people/1-beginning.md", "people/quiz.yaml"]


def test_a_level_that_is_gone_takes_its_file_with_it(site: Site) -> None:
    assert bring_in(site, without_level(VALID)) == 0
    assert not (site.content / "makers" / "3-free.md").exists()


def test_a_level_that_is_gone_but_was_edited_is_a_conflict(site: Site) -> None:
    site.edit("makers/3-free.md", "## Symptoms\n\n- Leads 2-4 engineers", "## Symptoms\n\n- You lead 2-4 engineers")
    assert bring_in(site, without_level(VALID)) == 1
    conflicts = [line for line in site.warned if "conflict" in line]
    assert conflicts == [
        "content/makers/3-free.md: conflict: this file was changed here and deleted in the strategy. It stays as it "
        "is. Settle it here, or with --settle mine or --settle strategy."
    ]
    assert "- You lead" in site.read("makers/3-free.md")


def test_an_audience_that_comes_or_goes_brings_or_takes_its_folder(site: Site) -> None:
    start, end = VALID.index("## Users"), VALID.index("## Self-assessment")
    before = site.files()
    assert bring_in(site, VALID[:start] + VALID[end:]) == 0
    assert not (site.content / "users").exists()
    assert bring_in(site, VALID) == 0
    assert site.files() == before


# Without a record


def test_content_that_no_import_made_is_reported_and_left(site: Site) -> None:
    (site.content / BASE_FILE).unlink()
    before = site.files()
    assert site.bring_in(LOGIN) == 0
    assert site.warned == [
        f"content/{path}: warning: this file was not made by an import, so it is left as it is. "
        "Compare it: python3 build.py check --strategy."
        for path in ("users/1-new.md", "users/quiz.yaml")
    ]
    assert site.files() == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 1}', "null"])
def test_a_record_that_is_broken_is_an_error(site: Site, text: str) -> None:
    (site.content / BASE_FILE).write_text(text)
    before = read_folder(site.content)
    assert site.bring_in(LOGIN) == 1
    assert site.warned[0] == (
        f"content/{BASE_FILE}: this file is not as the last import left it. "
        "Restore it from an older version, or delete it."
    )
    assert read_folder(site.content) == before


def test_a_file_that_cannot_be_read_is_an_error_and_nothing_is_written(site: Site) -> None:
    site.edit("offers.yaml", "- id: course", "- id: [course")
    before = read_folder(site.content)
    assert site.bring_in(LOGIN) == 1
    assert site.warned[0].startswith("content/offers.yaml:")
    assert read_folder(site.content) == before


# A dry run


def test_a_dry_run_prints_the_diff_and_writes_nothing(site: Site) -> None:
    site.edit("makers/3-free.md", "## Symptoms\n\n- Leads", "## Symptoms\n\n- You lead")
    before = {path: path.stat().st_mtime_ns for path in site.root.rglob("*") if path != site.strategy}
    assert site.bring_in({"- **Buy** seats": "- **Buy** more seats"}, "--dry-run") == 0
    assert {path: path.stat().st_mtime_ns for path in site.root.rglob("*") if path != site.strategy} == before
    assert site.told == (
        "--- content/users/1-new.md\n+++ content/users/1-new.md\n@@ -16,7 +16,7 @@\n \n ## Keys to success\n \n"
        "-- **Buy** seats\n+- **Buy** more seats\n \n ## Success\n \n"
        "content/users/1-new.md: changed\ncontent: 1 file would change.\n"
    )


def test_a_dry_run_without_content_shows_every_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = Site(tmp_path, capsys)
    assert site.bring_in(None, "--dry-run") == 0
    assert list(read_folder(tmp_path)) == ["strategy.md"]
    for path, text in make(VALID).texts().items():
        lines = "".join(f"+{line}\n" for line in text.splitlines())
        assert f"--- nothing\n+++ content/{path}\n@@ -0,0 +1,{len(text.splitlines())} @@\n{lines}" in site.told


def test_a_dry_run_reports_conflicts_too(site: Site) -> None:
    site.edit(LEVEL, "- Shares a login", "- You share a login")
    assert site.bring_in(LOGIN, "--dry-run") == 1
    assert len(site.warned) == 1


# After an interruption


def test_what_a_killed_import_left_is_cleared_by_the_next(site: Site) -> None:
    before = site.files()
    (site.content / STAGED / "new/makers").mkdir(parents=True)
    assert site.bring_in() == 0
    assert site.files() == before
    assert [path.name for path in site.content.iterdir() if path.name.startswith(".pyramid")] == []


def test_an_import_that_fails_leaves_the_folder_as_it_was(site: Site) -> None:
    (site.content / STAGED).write_text("a file in the way")
    before = read_folder(site.content)
    assert site.bring_in(LOGIN) == 1
    assert site.warned[0] == "content: this folder cannot be changed: File exists. Check the disk and its rights."
    assert read_folder(site.content) == before


# Any series


@settings(max_examples=60)
@given(st.data())
def test_edits_and_strategies_in_any_order_lose_nothing(data: st.DataObject) -> None:
    """Any series of edits and imports: an edit stays or is settled, and a second import does nothing."""
    folder: dict[str, str | bytes] = dict(make(VALID).texts())
    record = plan_import(MemoryTree({}), None, make(VALID).files).files[BASE_FILE]
    document, number = VALID, 0
    bullets = [line for line in VALID.split("\n") if line.startswith("- ") and "**" not in line and ":" not in line]
    for _ in range(data.draw(st.integers(1, 5))):
        bullet = data.draw(st.sampled_from(bullets))
        number += 1
        if data.draw(st.booleans()):
            path = next((path for path, text in folder.items() if f"\n{bullet}\n" in str(text)), None)
            if path:
                folder[path] = str(folder[path]).replace(f"\n{bullet}\n", f"\n- edit {number}\n")
            continue
        instead = data.draw(st.sampled_from(["", "\n- fact", f"\n{bullet}\n- more"]))
        document = document.replace(f"\n{bullet}\n", f"{instead}\n", 1)
        strategy, _ = read_strategy(document, "strategy.md")
        if strategy is None:
            return
        made = make(document).files
        edits = {words for text in folder.values() for words in re.findall(r"- edit \d+", str(text))}
        plan = plan_import(MemoryTree(folder), record, made)
        apply(folder, plan)
        record = plan.files.get(BASE_FILE, record)
        assert edits == {words for text in folder.values() for words in re.findall(r"- edit \d+", str(text))}
        again = plan_import(MemoryTree(folder), record, made)
        assert (again.files, again.conflicts) == ({}, plan.conflicts)


def apply(folder: dict[str, str | bytes], plan: ImportPlan) -> None:
    for path, text in plan.files.items():
        if text is None:
            del folder[path]
        elif path != BASE_FILE:
            folder[path] = text


# The command line


def test_the_report_may_be_read_by_programs(site: Site) -> None:
    site.edit(LEVEL, "- Shares a login", "- You share a login")
    assert site.bring_in(LOGIN, "--dry-run", "--format", "json") == 1
    [problem] = json.loads(site.told)
    assert (problem["line"], problem["severity"]) == (15, "error")
    assert site.warned == []
    assert site.bring_in(LOGIN, "--format", "github") == 1
    assert site.told.startswith("::error ")


def test_a_document_that_is_not_there_is_a_wrong_command_line(site: Site) -> None:
    before = read_folder(site.root)
    for name in (str(site.root / "none.md"), str(site.root)):
        assert main(["import", name, "--content", str(site.content)]) == 2
        told = site.capsys.readouterr().err
        assert re.fullmatch(
            r"build\.py: .* cannot be read: (No such file|Is a) .*\. See python3 build\.py --help\.\n", told
        )
    assert read_folder(site.root) == before


def test_a_file_for_a_folder_is_a_wrong_command_line(site: Site) -> None:
    assert main(["import", str(site.strategy), "--content", str(site.strategy)]) == 2
    assert site.capsys.readouterr().err.endswith("strategy.md is a file, not a folder. See python3 build.py --help.\n")


def test_contradictions_are_reported_and_the_rest_is_imported(site: Site) -> None:
    assert site.bring_in({"Offer: Course ($97), coaching": "Offer: Course ($127), coaching"}) == 0
    assert site.warned == [
        "strategy.md:80: warning: 'Course' is $127 here and $97 there. See line 74. Keep one price, or name the offers "
        "apart."
    ]
    assert "price: 127" in site.read("offers.yaml")


def test_a_record_that_is_no_text_is_an_error(site: Site) -> None:
    (site.content / BASE_FILE).write_bytes(b"\xff")
    assert site.bring_in(LOGIN) == 1
    assert site.warned[0] == f"content/{BASE_FILE}:1:1: the byte 0xff is not UTF-8. Save the file as UTF-8."
