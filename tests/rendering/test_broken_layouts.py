"""What an engineer gets wrong in layouts, and what the report says: the template's file and its line."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.diagnostics.diagnostic import SiteError
from generator.files.tree import MemoryTree
from tests.sites import SITE, build, tiny_layouts

LAYOUTS = tiny_layouts().files
ARTICLE = "pages/article.html"


def change(path: str, old: str, new: str) -> dict[str, str]:
    """The template at `path` with its first `old` replaced."""
    text = LAYOUTS[path]
    text = text.decode() if isinstance(text, bytes) else text
    assert old in text
    return {path: text.replace(old, new, 1)}


def report(changes: Mapping[str, str | bytes | None], output: Path) -> list[str]:
    layouts = {path: text for path, text in {**LAYOUTS, **changes}.items() if text is not None}
    with pytest.raises(SiteError) as caught:
        build(SITE, output, MemoryTree(layouts, "layouts"))
    assert not (output / "index.html").exists()
    return [str(problem) for problem in caught.value.diagnostics]


CONFLICT = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n"
IN_CONFLICT = "1:1: an unresolved merge conflict begins here. Keep one version, and delete the lines of signs."
BROKEN: dict[str, tuple[Mapping[str, str | bytes | None], str]] = {
    "a merge conflict in a template": ({ARTICLE: CONFLICT}, f"layouts/{ARTICLE}:{IN_CONFLICT}"),
    "a merge conflict in a style": ({"css/base.css": CONFLICT}, f"layouts/css/base.css:{IN_CONFLICT}"),
    "a merge conflict in a script": ({"js/main.js": CONFLICT}, f"layouts/js/main.js:{IN_CONFLICT}"),
    "a merge conflict in a picture": ({"static/mark.svg": CONFLICT}, f"layouts/static/mark.svg:{IN_CONFLICT}"),
    "a merge conflict in the words": ({"words.yaml": CONFLICT}, f"layouts/words.yaml:{IN_CONFLICT}"),
    "a name that Windows cannot hold": (
        {"static/a:b.svg": "<svg/>"},
        "layouts/static/a:b.svg: Windows can have no file or folder of this name. Choose another one.",
    ),
    "two names that differ in capitals only": (
        {"static/Mark.svg": "<svg/>"},
        "layouts/static/mark.svg: its name is the same as that of static/Mark.svg on Windows and macOS. "
        "Choose another one.",
    ),
    "a page's template is missing": (
        {ARTICLE: None},
        "layouts/pages/article.html: this template is missing. Did you mean 'pages/audience.html'?",
    ),
    "a template for machines is missing": (
        {"files/sitemap.xml": None},
        "layouts/files/sitemap.xml: this template is missing. Did you mean 'files/sitemap_index.xml'?",
    ),
    "a component is missing": (
        {"components/table.html": None},
        "layouts/pages/comparison.html:2: there is no template 'components/table.html'. "
        "Did you mean 'components/bullets.html'?\n"
        "layouts/pages/offers.html:2: there is no template 'components/table.html'. "
        "Did you mean 'components/bullets.html'?",
    ),
    "the words are missing": (
        {"words.yaml": None},
        "layouts/words.yaml: this file is missing. Templates need its words.",
    ),
    "the words are no YAML": (
        {"words.yaml": "home: Home\noffers: [\n"},
        "layouts/words.yaml:3:1: an entry is missing here, or a bracket is not closed. Check brackets and commas.",
    ),
    "a word of the program is missing": (
        change("words.yaml", "not_found: '[not_found]'\n", ""),
        "layouts/words.yaml: the word 'not_found' is missing. Add it.",
    ),
    "a word uses a name that nobody fills in": (
        change("words.yaml", "{page}", "{pgae}"),
        "layouts/words.yaml: '[title_of_page page={pgae} site={site}]' uses {pgae}, which it is not given. "
        "Did you mean 'page'?",
    ),
    "a word has plural forms where a text is needed": (
        change("words.yaml", "not_found: '[not_found]'", "not_found: {one: a, other: b}"),
        "layouts/words.yaml: the word 'not_found' has plural forms. Write one text.",
    ),
    "a block is not closed": (
        change(ARTICLE, "{% endblock %}", ""),
        "layouts/pages/article.html:4: Unexpected end of template. Jinja was looking for the following tags: "
        "'endblock'. The innermost block that needs to be closed is 'block'. While rendering 'about/index.html'.",
    ),
    "a brace is missing": (
        change(ARTICLE, "inline }}", "inline }"),
        "layouts/pages/article.html:3: unexpected '}'. While rendering 'about/index.html'.",
    ),
    "a statement is unknown": (
        change(ARTICLE, "{% endblock %}", "{% endblok %}"),
        "layouts/pages/article.html:5: Encountered unknown tag 'endblok'. Jinja was looking for the following tags: "
        "'endblock'. The innermost block that needs to be closed is 'block'. While rendering 'about/index.html'.",
    ),
    "a filter is unknown": (
        change(ARTICLE, "| inline", "| inlien"),
        "layouts/pages/article.html:3: No filter named 'inlien'. While rendering 'about/index.html'.",
    ),
    "a name is unknown": (
        change(ARTICLE, "article.title", "artikel.title"),
        "layouts/pages/article.html:3: 'artikel' is undefined. Did you mean 'article'?",
    ),
    "a field is unknown": (
        change(ARTICLE, "article.title", "article.titel"),
        "layouts/pages/article.html:3: there is no 'titel' here, but there is 'title'. "
        "While rendering 'about/index.html'.",
    ),
    "a word is unknown": (
        change("base.html", "words.skip_to_content", "words.skip_to_contents"),
        "layouts/base.html:27: there is no 'skip_to_contents' here, but there is 'skip_to_content'. "
        "While rendering 'index.html'.",
    ),
    "an asset is unknown": (
        change("base.html", "mark.svg", "mask.svg"),
        "layouts/base.html:17: there is no 'mask.svg' here, but there is 'mark.svg'. While rendering 'index.html'.",
    ),
    "a component reads the page": (
        change("components/climb.html", "step.name", "rung.name"),
        "layouts/components/climb.html:4: 'rung' is undefined. While rendering 'index.html'.",
    ),
    "a component is not given what it needs": (
        change("pages/offers.html", "show(table=table, root=root)", "show(table=table)"),
        "layouts/components/table.html:16: parameter 'root' was not provided. While rendering 'offers/index.html'.",
    ),
    "a component is called by a wrong name": (
        change("pages/offers.html", "import table as", "import tabel as"),
        "layouts/pages/offers.html:5: the template 'components/table.html' (imported on line 2 in "
        "'pages/offers.html') does not export the requested name 'tabel'. While rendering 'offers/index.html'.",
    ),
    "a page forgets its main part": (
        change(ARTICLE, "block main", "block mian"),
        "layouts/base.html:2: Required block 'main' not found. While rendering 'about/index.html'.",
    ),
    "a template adds a text and a number": (
        change(ARTICLE, "article.title", "(article.title + 1)"),
        'layouts/pages/article.html:3: TypeError: can only concatenate str (not "int") to str. '
        "While rendering 'about/index.html'.",
    ),
    "a template divides by zero": (
        change(ARTICLE, "article.title | inline", "1 / 0"),
        "layouts/pages/article.html:3: ZeroDivisionError: division by zero. While rendering 'about/index.html'.",
    ),
    "a template includes itself": (
        change(ARTICLE, "<h1>", '{% include "pages/article.html" %}<h1>'),
        "layouts/pages/article.html:3: a template includes itself without end. While rendering 'about/index.html'.",
    ),
    "Markdown is wanted of a list": (
        change(ARTICLE, "article.title", "menu"),
        "layouts/pages/article.html:3: TypeError: expected text, found list. While rendering 'about/index.html'.",
    ),
    "a template is not UTF-8": (
        {ARTICLE: b"\n<p>\xe9</p>"},
        "layouts/pages/article.html:2:4: the byte 0xe9 is not UTF-8. Save the file as UTF-8.",
    ),
    "a style names a picture that is not there": (
        {"css/base.css": "body {\n  background: url(../static/marc.svg);\n}\n"},
        "layouts/css/base.css:2:15: there is no file '../static/marc.svg'. Did you mean 'mark.svg'?",
    ),
    "a script is not UTF-8": (
        {"js/main.js": b"// \xe9"},
        "layouts/js/main.js:1:4: the byte 0xe9 is not UTF-8. Save the file as UTF-8.",
    ),
    "two templates are broken": (
        {**change(ARTICLE, "article.title", "artikel.title"), **change("pages/home.html", "home.title", "hom.title")},
        "layouts/pages/article.html:3: 'artikel' is undefined. Did you mean 'article'?\n"
        "layouts/pages/home.html:4: 'hom' is undefined. Did you mean 'home'?",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_report_names_file_and_line(name: str, tmp_path: Path) -> None:
    changes, expected = BROKEN[name]
    assert "\n".join(report(changes, tmp_path / "output")) == expected


def test_a_mistake_on_every_page_is_reported_once(tmp_path: Path) -> None:
    assert len(report(change("base.html", "page.title", "page.titel"), tmp_path / "output")) == 1


def test_a_broken_template_leaves_the_last_good_site_as_it_was(tmp_path: Path) -> None:
    output = build(SITE, tmp_path / "output")
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    with pytest.raises(SiteError):
        build(SITE, output, tiny_layouts(change("base.html", "page.title", "page.titel")))
    assert {path: path.read_bytes() for path in output.rglob("*") if path.is_file()} == before
