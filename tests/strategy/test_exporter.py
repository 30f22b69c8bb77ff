"""A content becomes a strategy document again: import, export and import end where they began."""

import random
from pathlib import Path

import pytest

from generator.build.check import load_content
from generator.cli.main import main
from generator.content.loader import Calendar
from generator.files.tree import MemoryTree
from generator.strategy.documents.writer import write_strategy
from generator.strategy.exporter import make_strategy, read_strategy_file
from tests.random_strategies import write_random
from tests.sites import SITE, TODAY, Files, edit, read_folder, real_content, real_layouts
from tests.strategies import NAMES, PATH, VALID, make, read_document, report, write_long

DOCUMENTS = {**{name: read_document(name) for name in NAMES}, "valid": VALID, "very long": write_long()}


def export(files: Files) -> str:
    """The document of a content."""
    folder = MemoryTree(files)
    content, _ = load_content(folder, real_layouts(), Calendar(TODAY, drafts=True))
    return write_strategy(make_strategy(content, read_strategy_file(folder), PATH))


def export_import(document: str) -> str:
    """The canonical form of a document."""
    return export(dict(make(document).texts()))


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_import_export_and_import_make_the_same_content_and_the_same_text(document: str) -> None:
    files = make(document).texts()
    canonical = export(dict(files))
    assert make(canonical).texts() == files
    assert export_import(canonical) == canonical


@pytest.mark.chance(40)
def test_a_document_made_by_chance_is_understood_and_keeps_its_content_and_its_text(dice: random.Random) -> None:
    document = write_random(dice)
    assert [line for line in report(document) if ": warning: " not in line] == []
    test_import_export_and_import_make_the_same_content_and_the_same_text(document)


CANONICAL = """\
# Summit Ladder - Mountain School

**Course:** Mountain School
**Framework:** Summit Ladder

---

## The Summit Ladder Structure

The ladder sorts climbers by the metres they climb.

**The 2 Levels:**
1. **Walker** - On paths
2. **Climber** - On rock

---

## Climbers

### Level 1: Walker (0-4,000 metres climbed)

**Currency Metric:** 0 - 4,000 metres climbed

**Symptoms:**
- You walk & never climb
- Your ropes are:
  - old
  - short

**Keys to Success:**
- **Tie** a knot 10-20 times
- **Complete** Modules 1-2 (Knots + Maps)

**Module Alignment:** Modules 1-2 (Rope Stage)

---

### Level 2: Climber (4,000+ metres climbed)

**Currency Metric:** 4,000+ metres climbed

**Symptoms:**
- You have climbed

**Keys to Success:**
- **Go** on

**Module Alignment:** All modules mastered

---

## Mapping Modules to Levels

### Rope Stage (Modules 1-2)

**Serves:** Walker → Climber transition

- Takes away the fear

---

## Self-Assessment Questions

### For Climbers:

**Ask yourself:**
1. How many metres have you climbed?
2. Can you tie a knot?

**Your Level:**
- **Walker:** no rope, no knots
- **Climber:** a rope; knots, of all kinds

---

## Messages by Level

**Walker (Level 1):**
- Focus: From walks to summits
- Pain: Paths end
- Promise: A first peak
- Offer: Talk (free), Course ($97-$297)

**Climber (Level 2):**
- Focus: Further up
- Pain: Thin air
- Promise: Breath
- Offer: Guide, by the day ($1,500); Circle

---

## Success Metrics by Level

### Climbers:

**Level 1 → Level 2 Success:**
- Stood on a summit of 4,000 m

---

*Last Updated: May 2027*
*Framework: Summit Ladder*
"""


def test_a_document_in_canonical_form_comes_back_to_the_letter() -> None:
    assert export_import(CANONICAL) == CANONICAL


def test_the_first_site_is_written_and_read_back_whole() -> None:
    document = export(read_folder(Path(real_content().root)))
    files = make(document).texts()
    assert len([path for path in files if "/" in path]) == 12
    assert make(export(dict(files))).texts() == files


def test_what_an_editor_has_reworded_is_in_the_document() -> None:
    document = export(edit("makers/1-new.md", "- You have the first symptom", "- You have *quite* another symptom"))
    assert "- You have *quite* another symptom\n" in document
    assert document.count("**Do** the first thing") == 4


def test_a_headline_of_its_own_and_a_message_for_one_audience_have_their_lines() -> None:
    files = edit("makers/1-new.md", "focus: Focus of New", "focus: You are new.")
    document = export(edit("users/1-lost.md", "name: Lost", "name: New", files))
    assert "**New (Level 1):**\n- Focus: " in document
    assert make(document).texts()["makers/1-new.md"].count("You are new.") == 3  # title, summary and focus


def test_the_settings_win_over_the_lines_of_the_last_document() -> None:
    document = export({**SITE, "strategy.yaml": "title: Old\nfacts: {Course: Old Site, Purpose: To sell}\n"})
    head = document.partition("---")[0]
    assert head.split("\n")[0] == "# Old"
    assert "**Course:** Small Site\n**Purpose:** To sell\n" in head


# The command


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["export", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_document_is_printed_or_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "strategy.md"
    code, document, _ = run(capsys)
    assert code == 0
    assert document.startswith("# ")
    assert run(capsys, str(place))[:2] == (0, f"{place}: written.\n")
    assert place.read_text(encoding="utf-8") == document
    assert run(capsys, str(place))[:2] == (0, f"{place}: nothing to change.\n")


def test_a_file_that_says_something_else_is_written_over_only_if_that_is_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "strategy.md"
    place.write_text("My own words.\n")
    code, _, said = run(capsys, str(place))
    assert code == 1
    assert f"{place}: this file is there, and says something else. Write over it with --force, or" in said
    assert place.read_text() == "My own words.\n"
    assert run(capsys, str(place), "--force")[0] == 0
    assert place.read_text().startswith("# ")
    assert [path.name for path in tmp_path.iterdir()] == ["strategy.md"]


def test_a_folder_or_a_file_in_the_way_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, said = run(capsys, str(tmp_path))
    assert (code, said) == (2, f"build.py: {tmp_path} is a folder, not a file. See python3 build.py --help.\n")
    (tmp_path / "file").touch()
    code, _, said = run(capsys, str(tmp_path / "file" / "strategy.md"))
    assert code == 1
    assert "cannot be written: Not a directory." in said or "cannot be written: File exists." in said  # by system
