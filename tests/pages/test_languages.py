"""A site in each language that words are shipped for, begun and built with the commands that the README names."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from generator.audit.checks import audit_site
from generator.cli.main import main
from generator.files.tree import MemoryTree
from generator.i18n.editor_words import read_editor_words
from generator.i18n.hyphenation import hyphenate
from generator.i18n.words import load_words
from generator.rendering.soft_hyphens import add_soft_hyphens
from tests import sites
from tests.languages import ENGLISH_WORDS, LANGUAGES, find_english, own_words, words_of

LAYOUTS = str(sites.ROOT / "layouts")
AUDIENCES = {"de": ("Gründerinnen und Gründer", "Berufserfahrene")}
Start = Callable[[str], Path]


def run(*arguments: str) -> None:
    assert main([*arguments, "--layouts", LAYOUTS]) == 0


def start_site(folder: Path, tag: str) -> None:
    """A new site; in German with two audiences more."""
    run("new", "site", str(folder), "--language", tag)
    for name in AUDIENCES.get(tag, ()):
        run("new", "audience", name, "--content", str(folder))
    for head in folder.glob("*/audience.md"):
        head.write_text(head.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    settings = folder / "site.yaml"
    more = "leads: {action: netlify, consent: Ja.}\ncontact: {email: a@small-site.org}\nadmin: {repo: a/b}\n"
    more += "host: netlify\n"
    settings.write_text(settings.read_text(encoding="utf-8") + more, encoding="utf-8")


@pytest.fixture(scope="module", params=LANGUAGES)
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def folder(tag: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of a new site, and beside it what was built from that."""
    folder = tmp_path_factory.mktemp(tag) / "content"
    start_site(folder, tag)
    build = ["build", "--content", str(folder), "--output", str(folder.parent / "site")]
    run(*build, "--base-url", "https://a.org")
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Path:
    return folder.parent / "site"


def test_no_english_is_left_on_any_page(site: Path, tag: str) -> None:
    assert {"404.html", "index.html"} <= {path.name for path in site.rglob("*.html")}
    assert find_english(site, tag) == []


def test_every_page_says_its_language(site: Path, tag: str) -> None:
    for page in site.rglob("*.html"):
        assert f'<html lang="{tag}"' in page.read_text(encoding="utf-8")


def test_the_browser_editor_has_labels_in_the_language(site: Path, tag: str) -> None:
    config = sites.parse_config((site / "admin/config.yml").read_text(encoding="utf-8"))
    labels = read_editor_words(tag).labels
    english = {label for label, word in labels.items() if word != label} - set(labels.values())

    def find_labels(part: Any) -> set[str]:
        if isinstance(part, list):
            return {label for entry in part for label in find_labels(entry)}
        own = {part[key] for key in ("label", "label_singular") if key in part} if isinstance(part, dict) else set()
        return own | find_labels(list(part.values())) if isinstance(part, dict) else set()

    def find_hints(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [str(part["hint"])] if "hint" in part else []
            own += [str(part["pattern"][1])] if "pattern" in part else []
            return own + find_hints(list(part.values()))
        return [hint for entry in part for hint in find_hints(entry)] if isinstance(part, list) else []

    assert find_labels(config) & english == set()
    # What is said below a field is an example of what may be written: the value `level`, or fields in braces.
    said = [re.sub(r"\{.*?\}|^level\b", "", hint) for hint in find_hints(config)]
    assert [hint for hint in said if ENGLISH_WORDS.search(hint)] == []
    assert config["locale"] == tag.partition("-")[0]


def test_the_headings_of_a_new_level_are_in_the_language(folder: Path, tag: str) -> None:
    words = words_of(tag)
    level = next(folder.glob("*/1-*.md")).read_text(encoding="utf-8")
    headings = [str(words[key]) for key in ("symptoms", "keys_to_success", "success")]
    assert re.findall(r"^## (.*)$", level, re.MULTILINE) == headings


def test_the_site_passes_the_audit(site: Path) -> None:
    assert [str(problem) for problem in audit_site(site).problems if not problem.path.startswith("admin/")] == []


def test_data_for_machines_has_no_soft_hyphens(site: Path) -> None:
    for page in site.rglob("*.html"):
        soup = BeautifulSoup(page.read_bytes(), "html.parser")
        attributes = [str(value) for element in soup.find_all(True) for value in element.attrs.values()]
        data = [
            *attributes,
            soup.title.text if soup.title else "",
            *(script.text for script in soup.find_all("script")),
        ]
        assert "\u00ad" not in "".join(data)


def test_nothing_is_clipped_on_a_small_phone(
    new_page: Callable[..., Page], serve_folder: Callable[..., str], site: Path, tag: str
) -> None:
    check_widths(new_page(viewport={"width": 320, "height": 800}), serve_folder(site), site)


def check_widths(page: Page, address: str, site: Path) -> None:
    """No page scrolls sideways, and no text is wider than the window."""
    for path in sorted(path for path in site.rglob("index.html") if path.parent.name != "admin"):
        page.goto(address + path.relative_to(site).as_posix().removesuffix("index.html"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate(CLIPPED) == [], path


# Visible texts that stick out of the window, or of a box that cuts off what sticks out.
CLIPPED = """() => [...document.querySelectorAll("h1, h2, h3, p, li, a, button, label, legend, th, td, summary")]
  .filter((element) => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.clipPath !== "none" || style.clip !== "auto" || each.ariaHidden || each.matches(".skip")) return false;
    }
    return element.checkVisibility();
  })
  .filter((element) => {
    const box = element.getBoundingClientRect();
    const cuts = getComputedStyle(element).overflowX !== "visible";
    return box.right > innerWidth + 1 || box.left < -1 || (cuts && element.scrollWidth > element.clientWidth + 1);
  }).map((element) => element.outerHTML.slice(0, 200))"""

LONG = {
    "de": "Donaudampfschifffahrtsgesellschaftskapitän",
    "pl": "Konstantynopolitańczykowianeczka",
    "fi": "Epäjärjestelmällistyttämättömyydelläänsäkään",
}


@pytest.mark.parametrize("tag", LONG)
def test_the_longest_words_are_not_clipped_either(
    new_page: Callable[..., Page], serve_folder: Callable[..., str], tmp_path: Path, tag: str
) -> None:
    files = {path: sites.text_of(path) for path in sites.SITE}
    for old in (
        "You are",
        "Focus of",
        "Promise of",
        "The course",
        "Foundation",
        "Little",
        "Where",
        "You did it",
        "Start",
    ):
        files = {path: text.replace(old, LONG[tag]) for path, text in files.items()}
    files = {
        path: re.sub("^name: (?!Small)", f"name: {LONG[tag]}", text, flags=re.MULTILINE) for path, text in files.items()
    }
    files["site.yaml"] += f"language: {tag}\n"
    site = sites.build(files, tmp_path / "site", sites.real_layouts())
    check_widths(new_page(viewport={"width": 320, "height": 800}), serve_folder(site), site)


# What is missing, and what is understood


def report(language: str, words: str | None = None) -> list[str]:
    files = {"site.yaml": f"name: A\nlanguage: {language}\n"} | ({} if words is None else {"words.yaml": words})
    return [str(problem) for problem in load_words(sites.real_layouts(), MemoryTree(files))[1]]


def test_words_that_a_language_lacks_are_named_in_one_warning() -> None:
    (warning,) = report("fi")
    assert warning.startswith("content/words.yaml: warning: ")
    assert re.search(r"\d+ words stay in English, since there is none for it in 'fi': under, ", warning)
    assert warning.endswith("Add a line for each, such as 'under: under {high}'.")
    words = {key: word for key, word in own_words("de").items() if key != "forget"}
    (warning,) = report("fi", yaml.safe_dump(words, allow_unicode=True))
    assert "1 word stays in English, since there is none for it in 'fi': forget." in warning
    assert warning.endswith("such as 'forget: Forget it'.")


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "de-AT", "pt-BR", "xx"])
def test_nothing_is_reported_where_nothing_is_lacking(language: str) -> None:
    assert report(language) == []


def test_a_language_that_is_not_shipped_is_whole_with_words_of_its_own() -> None:
    assert report("fi", yaml.safe_dump(own_words("de"), allow_unicode=True)) == []


def in_german(text: str, name: str = "Symptoms", settings: str = "language: de\n") -> list[str]:
    files = sites.append("site.yaml", settings)
    level = sites.text_of(sites.NEW).replace(f"## {name}", f"## {text}")
    return sites.report({**files, sites.NEW: level})


@pytest.mark.parametrize("heading", ["Symptoms", "Symptome", "SYMPTOME", "symptome"])
def test_headings_are_understood_in_english_and_in_the_language(heading: str) -> None:
    assert in_german(heading) == []


def test_a_heading_may_be_written_with_accents_of_their_own() -> None:
    assert in_german("Schlu\u0308ssel zum Erfolg", "Keys to success") == []


def test_a_wrong_heading_is_reported_in_the_language() -> None:
    assert in_german("Symtome") == [
        "content/makers/1-new.md:16:1: unknown section '## Symtome'. Did you mean '## Symptome'?"
    ]


@pytest.mark.parametrize("settings", ["lang: de\n", "language: de\nnmae: x\n", "language: de\nx: [\n"])
def test_a_mistake_in_the_settings_is_not_reported_for_every_heading(settings: str) -> None:
    problems = in_german("Symptome", settings=settings)
    assert problems
    assert all(line.startswith("content/site.yaml:") for line in problems)


# Soft hyphens


def test_long_words_get_soft_hyphens_in_headings_buttons_and_labels_only() -> None:
    from generator.i18n.language import Language

    polish = Language("pl", words_of("pl"))
    word, soft = "przedsiębiorczość", "przed\u00adsię\u00adbior\u00adczość"
    for name in ("h1", "h2", "button", "label", "legend", "th", "summary"):
        html = f'<{name} id="{word}"><a href="{word}">{word}</a> <code>{word}</code></{name}>'
        assert add_soft_hyphens(html, polish) == html.replace(f">{word}</a>", f">{soft}</a>")
    assert (
        add_soft_hyphens(f'<a class="action" href="#">{word}</a>', polish) == f'<a class="action" href="#">{soft}</a>'
    )
    for html in (f"<title>{word}</title>", f"<p>{word}</p>", f"<thead>{word}</thead>", f'<a href="#">{word}</a>'):
        assert add_soft_hyphens(html, polish) == html


def test_a_page_has_soft_hyphens_only_where_browsers_cannot_break_words(tmp_path: Path) -> None:
    cases = (
        ("pl", "Przedsiębiorczość", True),
        ("de", "Geschwindigkeit", False),
        ("de", "Geschwindigkeitsbegrenzung", True),
        ("fr", "Anticonstitutionnellement", False),
        ("en", "Internationalization", False),
    )
    for language, word, soft in cases:
        files = sites.edit("home.md", "title: The top of the site", f"title: {word}")
        files["site.yaml"] = sites.text_of("site.yaml") + f"language: {language}\n"
        site = sites.build(files, tmp_path / word, sites.real_layouts())
        assert ("\u00ad" in (site / "index.html").read_text(encoding="utf-8")) == soft


@pytest.mark.parametrize(
    ("tag", "word"),
    [
        ("de", "Geschwin|dig|keits|be|gren|zung"),
        ("de", "Perso|nalver|ant|wort|liche"),
        ("de-CH", "Grundstücks|ver|kehrs|ge|neh|mi|gung"),
        ("nl", "arbeids|on|ge|schikt|heids|ver|ze|ke|ring"),
        ("de", "Personalabteilung"[:15]),
    ],
)
def test_a_long_compound_is_broken_between_syllables(tag: str, word: str) -> None:
    assert hyphenate(tag, word.replace("|", "")) == word.replace("|", "\u00ad")


def test_structured_data_is_in_the_language(site: Path, tag: str) -> None:
    for page in site.rglob("*.html"):
        for script in BeautifulSoup(page.read_bytes(), "html.parser").find_all("script", type="application/ld+json"):
            graph = json.loads(script.string or "")["@graph"]
            crumbs = [entry["name"] for part in graph for entry in part.get("itemListElement", ())]
            assert not crumbs or crumbs[0] == words_of(tag)["home"]
