"""Sveltia CMS with the configuration that Decap CMS has: it lists the files, and saves them as the build takes them."""

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.content.routes import ADMIN
from tests import images, sites
from tests.sites import Files

Serve = Callable[..., str]
TEXT = """
* A list
* with other bullets

| a | b |
|---|--:|
| 1 | 2 |

{{ data }}

<details><summary>More</summary>

A *text* in **HTML**[^1].

</details>

[^1]: And a note.
"""
ABOUT = sites.text_of("pages/about.md").replace("title:", "picture: {file: /media/team.jpg, alt: Us}\ntitle:", 1) + TEXT
FILES: Files = {
    **sites.SITE,
    "pages/company/team.md": sites.text_of("pages/about.md").replace("bout us", "bout the team"),
    "media/team.jpg": images.photo(400, 300),
    "media/other.jpg": images.photo(600, 400),
    "pages/about.md": ABOUT,
    "site.yaml": sites.text_of("site.yaml") + "admin: {repo: mountain-school/site}\n",
}
SUMMARY = "A page that was begun in the browser, by somebody who gave it a title of their own."
# A folder within the browser stands for the one on the disk that an editor would choose.
CHOOSE = """async (files) => {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle(".git", { create: true });
    for (const [path, text] of Object.entries(files)) {
        let folder = root;
        const names = path.split("/");
        for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
        const file = await (await folder.getFileHandle(names.at(-1), { create: true })).createWritable();
        const bytes = () => Uint8Array.from(atob(text.slice(5)), (each) => each.charCodeAt(0));
        await file.write(text.startsWith("data:") ? bytes() : text);
        await file.close();
    }
}"""
READ = """async () => {
    const files = {};
    const walk = async (folder, way) => {
        for await (const [name, each] of folder.entries()) {
            if (each.kind === "directory") await walk(each, `${way}${name}/`);
            else files[way + name] = await (await each.getFile()).text();
        }
    };
    await walk(await navigator.storage.getDirectory(), "");
    return files;
}"""


class Editor:
    """Sveltia in a page, and a folder within the browser that it takes for the one of the project."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, f"{address}{ADMIN}"
        page.add_init_script("window.showDirectoryPicker = () => navigator.storage.getDirectory()")
        page.goto(f"{address}404.html")
        page.evaluate(CHOOSE, {f"content/{path}": encode(text) for path, text in FILES.items()})
        page.goto(self.address)
        page.get_by_role("button", name="Work with Local Repository").click()
        expect(page.get_by_text("Levels: Makers")).to_be_visible()

    def open(self, place: str) -> None:
        self.page.goto(f"{self.address}#/{place}")

    def read(self) -> Files:
        """The texts of the folder."""
        found = self.page.evaluate(READ)
        return {path.removeprefix("content/"): text for path, text in found.items() if not path.endswith(".jpg")}

    def save(self) -> None:
        self.page.get_by_role("button", name="Save", exact=True).click()
        expect(self.page.get_by_text("Entry saved").or_(self.page.get_by_text("has been saved"))).to_be_visible()


def encode(text: str | bytes) -> str:
    return text if isinstance(text, str) else f"data:{base64.b64encode(text).decode()}"


@pytest.fixture
def editor(
    new_page: Callable[..., Page], tmp_path: Path, node_packages: Path, serve_folder: Serve, faults: list[str]
) -> Iterator[Editor]:
    """Sveltia in place of Decap, without what it loads from elsewhere: fonts, and a look for newer versions."""
    output = sites.build(FILES, tmp_path / "output", sites.real_layouts())
    (output / ADMIN / "sveltia-cms.js").write_bytes((node_packages / "@sveltia/cms/dist/sveltia-cms.js").read_bytes())
    index = output / ADMIN / "index.html"
    index.write_text(re.sub('<script src="https.*?>', '<script src="sveltia-cms.js">', index.read_text()))
    page = new_page(viewport={"width": 1280, "height": 800})
    page.route("https://**", lambda route: route.abort())
    yield Editor(page, serve_folder(output))
    page.goto("about:blank")  # what it still keeps for itself would be deleted under it
    assert [fault for fault in faults if not re.search("https://|data:|404.html", fault)] == []
    faults.clear()


def test_it_reads_the_configuration_and_every_file(editor: Editor) -> None:
    editor.open("collections/page")
    expect(editor.page.get_by_text("About us").first).to_be_visible()
    assert "There are errors" not in editor.page.inner_text("body")
    assert editor.read() == {path: text for path, text in FILES.items() if isinstance(text, str)}


@pytest.mark.parametrize(
    ("entry", "path", "old"),
    [
        ("page/entries/about", "pages/about.md", "About us"),
        ("page/entries/company/team", "pages/company/team.md", "About the team"),
        ("audience/entries/makers-audience", "makers/audience.md", "How far up are you?"),
        ("levels-makers/entries/makers-1-new", "makers/1-new.md", "You are new."),
    ],
)
def test_one_line_is_changed_and_nothing_else(editor: Editor, entry: str, path: str, old: str) -> None:
    editor.open(f"collections/{entry}")
    editor.page.get_by_label("Title", exact=True).first.fill("About: all of us")
    editor.save()
    files = editor.read()
    assert files[path] == str(FILES[path]).replace(f"title: {old}", "title: 'About: all of us'")
    assert sites.report({**FILES, **files}) == []


def test_a_new_page_has_a_name_that_the_build_takes(editor: Editor) -> None:
    editor.open("collections/page/new")
    editor.page.get_by_label("Title", exact=True).first.fill("私たちについて")
    editor.page.get_by_label("Summary", exact=True).first.fill(SUMMARY)
    editor.save()
    files = editor.read()
    [path] = files.keys() - FILES.keys()
    assert re.fullmatch(r"pages/[a-z0-9-]+\.md", path)
    assert sites.report({**FILES, **files}) == []


def test_it_finds_pictures_where_the_build_does(editor: Editor) -> None:
    editor.open("assets/-/all")
    expect(editor.page.get_by_text("other.jpg")).to_be_visible()
    editor.open("collections/page/entries/about")
    expect(editor.page.locator("img[src^='blob:']").first).to_be_visible()
