"""What is out of date and why: a site of four files, and what may happen to it between two builds."""

import pytest

from generator.build.manifest import Entries, Entry, Manifest
from generator.build.staleness import find_reason, find_removed, is_up_to_date

# Four files: what each was made from (what all share, its templates, its own content), and what it holds.
KNOWN: Entries = {
    "index.html": Entry("shared.templates.home", "digest of home"),
    "offers/index.html": Entry("shared.templates.offers", "digest of offers"),
    "makers/index.html": Entry("shared.templates.makers", "digest of makers"),
    "robots.txt": Entry("shared.robots.none", "digest of robots"),
}
INTACT = frozenset(KNOWN)
NOW = {path: entry.inputs for path, entry in KNOWN.items()}


def find_reasons(now: dict[str, str], known: Entries = KNOWN, intact: frozenset[str] = INTACT) -> dict[str, str]:
    """The files that have to be made again, and why."""
    reasons = {path: find_reason(path, inputs, known, intact) for path, inputs in now.items()}
    return {path: reason for path, reason in reasons.items() if reason}


def test_nothing_changed() -> None:
    assert find_reasons(NOW) == {}


def test_the_content_of_one_page_changed() -> None:
    assert find_reasons({**NOW, "index.html": "shared.templates.other"}) == {"index.html": "content changed"}


def test_a_template_changed() -> None:
    now = {path: inputs.replace(".templates.", ".other.") for path, inputs in NOW.items()}
    assert find_reasons(now) == dict.fromkeys(KNOWN.keys() - {"robots.txt"}, "template changed")


def test_the_program_changed() -> None:
    now = {path: inputs.replace("shared.", "other.") for path, inputs in NOW.items()}
    assert find_reasons(now) == dict.fromkeys(KNOWN, "program, settings or words changed")


def test_a_file_in_the_output_was_edited_or_lost() -> None:
    assert find_reasons(NOW, intact=INTACT - {"robots.txt"}) == {"robots.txt": "missing or edited in the output"}


def test_a_page_is_new() -> None:
    assert find_reasons({**NOW, "about/index.html": "shared.templates.about"}) == {"about/index.html": "new"}


def test_a_page_was_made_from_fewer_things() -> None:
    known = {**KNOWN, "index.html": Entry("shared.templates", "digest of home")}
    assert find_reasons(NOW, known) == {"index.html": "content changed"}


def test_a_stopped_build_left_only_a_name() -> None:
    known = {**KNOWN, "index.html": Entry("", "")}
    assert find_reasons(NOW, known) == {"index.html": "program, settings or words changed"}


@pytest.mark.parametrize(
    ("key", "known_key", "entries", "intact", "answer"),
    [
        ("key", "key", KNOWN, INTACT, True),
        ("other", "key", KNOWN, INTACT, False),
        ("key", None, KNOWN, INTACT, False),
        ("key", "key", KNOWN, INTACT - {"robots.txt"}, False),
        ("key", "key", {}, frozenset(), False),
    ],
)
def test_an_audience_is_up_to_date_if_its_key_is_known_and_all_its_files_are_intact(
    key: str, known_key: str | None, entries: Entries, intact: frozenset[str], answer: bool
) -> None:
    assert is_up_to_date(key, known_key, entries, intact) is answer


def test_what_is_no_longer_planned_goes_but_assets_stay_for_one_more_build() -> None:
    entry = Entry("", "")
    first = Manifest({"": {"index.html": entry, "about.html": entry, "assets/site.1.css": entry}})
    second = Manifest({"": {"index.html": entry, "assets/site.2.css": entry}})
    assert find_removed(first, second, "assets/") == (["about.html"], ("assets/site.1.css",))
    second = Manifest(second.files, retired=("assets/site.1.css",))
    third = Manifest({"": {"index.html": entry, "assets/site.3.css": entry}})
    assert find_removed(second, third, "assets/") == (["assets/site.1.css"], ("assets/site.2.css",))
    back = Manifest({"": {"index.html": entry, "assets/site.1.css": entry}})
    assert find_removed(second, back, "assets/") == ([], ("assets/site.2.css",))
