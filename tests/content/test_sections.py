"""Which section of a level's file is which."""

from generator.content.body_sections import read_lists
from generator.files.tree import MemoryTree
from generator.formats.document import Item, parse_items, read_markdown, split_sections
from generator.i18n.language import Words

GERMAN: Words = {"symptoms": "Anzeichen", "keys_to_success": "Schritte", "success": "Erfolg"}
BOTH = "## Symptoms\n\n- a\n\n## Keys to success\n\n- b\n"


def read(body: str, words: Words | None = None) -> tuple[dict[str, tuple[Item, ...]], list[str]]:
    document = read_markdown(MemoryTree({"a.md": f"---\na: 1\n---\n{body}"}), "a.md")
    lists, problems = read_lists(document, words or {})
    return lists, [str(problem) for problem in problems]


def test_each_section_becomes_a_list() -> None:
    lists, problems = read(f"{BOTH}\n## Success\n\n- c\n")
    assert lists == {"symptoms": (Item("a"),), "keys_to_success": (Item("b"),), "success": (Item("c"),)}
    assert problems == []


def test_success_may_be_left_out() -> None:
    assert read(BOTH)[1] == []


def test_capitals_and_the_order_do_not_matter() -> None:
    lists, problems = read("## keys to SUCCESS\n\n- b\n\n## symptoms\n\n- a\n")
    assert lists == {"symptoms": (Item("a"),), "keys_to_success": (Item("b"),)}
    assert problems == []


def test_sections_have_the_words_of_the_site_or_the_english_ones() -> None:
    lists, problems = read("## Anzeichen\n\n- a\n\n## Keys to success\n\n- b\n", GERMAN)
    assert lists == {"symptoms": (Item("a"),), "keys_to_success": (Item("b"),)}
    assert problems == []


def test_reports_use_the_words_of_the_site() -> None:
    assert read("## Anzeihen\n\n- a\n", GERMAN)[1] == [
        "content/a.md:4:1: unknown section '## Anzeihen'. Did you mean '## Anzeichen'?",
        "content/a.md:6:1: the section '## Schritte' is missing. Add it.",
    ]


def test_a_heading_in_other_words_is_known_for_what_it_means() -> None:
    assert read("## Symptome\n\n- a\n\n## Nächste Schritte\n\n- b\n\n## Erfolg\n\n- c\n")[1] == [
        "content/a.md:4:1: unknown section '## Symptome'. Did you mean '## Symptoms'?",
        "content/a.md:8:1: unknown section '## Nächste Schritte'. Did you mean '## Keys to success'?",
        "content/a.md:12:1: unknown section '## Erfolg'. Did you mean '## Success'?",
    ]


def test_a_section_may_have_its_name_in_two_languages_only_once() -> None:
    assert read(f"{BOTH}\n## Anzeichen\n\n- c\n", GERMAN)[1] == [
        "content/a.md:12:1: the section '## Anzeichen' is here twice. Join them."
    ]


def test_a_section_in_a_comment_is_none() -> None:
    body = "Opening.\n\n## Symptoms <!-- more -->\n\n- one\n\n<!--\n## Old\n\n- two\n-->\n\n## Success\n\n- three\n"
    opening, sections = split_sections(body)
    assert (opening, [(section.name, section.line) for section in sections]) == (
        "Opening.", [("Symptoms", 3), ("Success", 13)],
    )  # fmt: skip
    assert [item.text for section in sections for item in parse_items(section, "")[0]] == ["one", "three"]
