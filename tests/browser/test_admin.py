"""The browser editor, driven as an editor would: Decap CMS with its own server, on the files of a folder."""

import difflib
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, Request, Route, expect

from generator.cli.main import main
from generator.content.routes import ADMIN
from generator.files.tree import DiskTree
from generator.pages.admin import BUNDLE
from generator.pages.target import Target
from tests import sites
from tests.languages import ENGLISH_WORDS
from tests.tools.decap import USUAL, edit_folder

SUMMARY = "A page that was begun in the browser, by somebody who gave it the title {}."
Serve = Callable[..., str]
Open = Callable[[str], Page]


class Project(NamedTuple):
    """A repository: its content, the site that is built of it, and the server that edits its files."""

    root: Path
    server: str

    @property
    def output(self) -> Path:
        return self.root / "output"

    def build(self) -> None:
        content = DiskTree(self.root / "content", "content")
        sites.build(content, self.output, sites.real_layouts(), Target(host="netlify"))

    def read(self) -> dict[str, str]:
        content = self.root / "content"
        return {path.relative_to(content).as_posix(): path.read_text() for path in content.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, node_packages: Path) -> Iterator[Project]:
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(sites.ROOT / "content", root / "content")
    with (root / "content" / "site.yaml").open("a") as file:
        file.write("admin: {repo: mountain-school/site}\n")
    (root / "content/pages/company").mkdir()
    (root / "content/pages/company/team.md").write_text(f"---\ntitle: Team\nsummary: {SUMMARY.format('Team')}\n---\n")
    with edit_folder(root) as server:
        project = Project(root, server)
        project.build()
        yield project


def provide(page: Page, project: Project, packages: Path) -> None:
    """The bundle from the installed package, under the address of the network; the server under its usual one."""

    def give_bundle(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
        route.fulfill(path=packages / "decap-cms" / "dist" / name, headers=headers)

    page.route("https://cdn.jsdelivr.net/**", give_bundle)
    page.route(f"{USUAL}/**", lambda route: route.continue_(url=route.request.url.replace(USUAL, project.server)))


@pytest.fixture
def open_entry(
    page: Page, project: Project, node_packages: Path, serve_folder: Serve, faults: list[str]
) -> Iterator[Open]:
    """Opens the form of an entry, as `quiz/founders-quiz`."""
    provide(page, project, node_packages)
    address = serve_folder(project.output, "/repo/")

    def open_form(entry: str) -> Page:
        collection, _, name = entry.partition("/")
        # From one form to another by its address, Decap would look for the first one's file among the second's.
        page.goto("about:blank")
        page.goto(f"{address}{ADMIN}#/collections/{collection}/{name if name == 'new' else f'entries/{name}'}")
        login, form = page.get_by_role("button", name="Login"), page.get_by_text("Writing in")
        expect(login.or_(form)).to_be_visible()
        if login.is_visible():
            login.click()
        expect(form).to_be_visible()
        return page

    yield open_form
    page.goto("about:blank")  # what it still keeps for itself would be deleted under it
    # The bundle is what it may load from elsewhere, and all of it.
    bundle = f"request to {BUNDLE['address']}"
    assert [fault for fault in faults if not fault.endswith(bundle)] == []
    faults.clear()


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("menuitem", name="Publish now").click()
    expect(page.get_by_text("Changes saved")).to_be_visible()


def changed_lines(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The lines that differ, with the file: `site.yaml -tagline: a`."""
    found = []
    for path in sorted(before.keys() | after.keys()):
        lines = difflib.unified_diff(
            before.get(path, "").splitlines(), after.get(path, "").splitlines(), n=0, lineterm=""
        )
        found += [f"{path} {line}" for line in lines if not re.match(r"---|\+\+\+|@@", line)]
    return found


# For each kind of content: an entry, a field of its form, what is written there, and the lines that differ.
CASES = [
    (
        "site/site", "Tagline (optional)", "Another line: new",
        ["site.yaml -tagline: From calling models to building them", "site.yaml +tagline: 'Another line: new'"],
    ),
    (
        "home/home", "Title", "Another headline",
        ["home.md -title: Anyone can rent a model. Build your own.", "home.md +title: Another headline"],
    ),
    (
        "curriculum/curriculum", "Title (optional)", "Another course",
        ["curriculum.yaml -title: Nine modules, three stages, one climb", "curriculum.yaml +title: Another course"],
    ),
    (
        "audience/founders-audience", "Name", "The founders",
        ["founders/audience.md -name: Founders", "founders/audience.md +name: The founders"],
    ),
    (
        "levels-founders/founders-1-struggling", "Focus", "Your first product",
        [
            "founders/1-struggling.md -  focus: Build your first AI product",
            "founders/1-struggling.md +  focus: Your first product",
        ],
    ),
    (
        "quiz/founders-quiz", "Title", "How much is yours?",
        [
            "founders/quiz.yaml -title: How much of your product is really yours?",
            "founders/quiz.yaml +title: How much is yours?",
        ],
    ),
    ("page/privacy", "Title", "Private", ["pages/privacy.md -title: Privacy", "pages/privacy.md +title: Private"]),
    (
        "page/company/team", "Title", "The team",
        ["pages/company/team.md -title: Team", "pages/company/team.md +title: The team"],
    ),
]  # fmt: skip


def test_of_every_kind_of_content_one_field_is_changed_and_nothing_else(project: Project, open_entry: Open) -> None:
    for entry, label, value, lines in CASES:
        before = project.read()
        page = open_entry(entry)
        page.get_by_label(label, exact=True).first.fill(value)
        publish(page)
        assert changed_lines(before, project.read()) == lines
    project.build()


def test_an_offer_is_changed_within_its_list(project: Project, open_entry: Open) -> None:
    before = project.read()
    page = open_entry("offers/offers")
    # Each entry has a button to open it and one to delete it.
    page.locator("button[class*=TopBarButton]").nth(2).click()
    page.get_by_label("Price", exact=True).nth(1).fill("{from: 97, to: 397}")
    publish(page)
    assert changed_lines(before, project.read()) == [
        "offers.yaml -  price: {from: 97, to: 297}",
        "offers.yaml +  price: {from: 97, to: 397}",
    ]
    project.build()


def test_a_page_becomes_a_draft_by_a_switch(project: Project, open_entry: Open) -> None:
    before = project.read()
    page = open_entry("levels-career-advancers/career-advancers-2-surviving")
    page.get_by_role("switch").first.click()
    publish(page)
    assert changed_lines(before, project.read()) == ["career-advancers/2-surviving.md +draft: true"]
    project.build()
    assert not (project.output / "career-advancers" / "surviving").exists()


def test_a_sentence_of_the_text_is_changed_and_the_rest_stays(project: Project, open_entry: Open) -> None:
    before = project.read()
    page = open_entry("page/privacy")
    page.get_by_text("This is a static site:").click()
    page.keyboard.insert_text("Read this. ")
    publish(page)
    lines = changed_lines(before, project.read())
    assert len(lines) == 2
    assert lines[1].replace("Read this. ", "") == lines[0].replace(" -", " +")
    project.build()


def test_the_page_of_the_site_is_beside_its_form_and_follows_its_words(project: Project, open_entry: Open) -> None:
    before = project.read()
    page = open_entry("levels-founders/founders-2-surviving")
    shown = page.frame_locator("#preview-pane").frame_locator("iframe")
    expect(shown.locator("nav, header").first).to_be_visible()
    title = page.get_by_label("Title", exact=True).first
    expect(shown.locator("h1")).not_to_have_text("Yours at last")
    old = title.input_value()
    title.fill("Yours at last")
    expect(shown.locator("h1")).to_have_text("Yours at last")
    title.fill(old)
    expect(shown.locator("h1")).not_to_have_text("Yours at last")
    assert project.read() == before


@pytest.mark.parametrize(
    ("title", "name"),
    [("Über uns: wer & was?", "uber-uns-wer-was"), ("Version 2.0", "version-2-0"), ("私たちについて", r"page-\w+")],
)
def test_a_new_page_with_a_title_in_any_script_is_a_file_that_the_build_takes(
    project: Project, open_entry: Open, title: str, name: str
) -> None:
    before = project.read()
    page = open_entry("page/new")
    page.get_by_label("Title", exact=True).first.fill(title)
    page.get_by_label("Summary", exact=True).first.fill(SUMMARY.format(title))
    publish(page)
    [path] = project.read().keys() - before.keys()
    assert re.fullmatch(f"pages/{name}.md", path)
    assert f"title: {title}\n" in project.read()[path].replace("'", "")
    project.build()


def test_in_german_no_english_is_left_in_a_form(
    page: Page, tmp_path: Path, node_packages: Path, serve_folder: Serve, faults: list[str]
) -> None:
    content = tmp_path / "content"
    layouts = str(sites.ROOT / "layouts")
    assert main(["new", "site", str(content), "--language", "de", "--layouts", layouts]) == 0
    for path in content.rglob("*.*"):
        path.write_text(re.sub(r"(?m)^([- ]*)draft: true$", r"\1draft: false", path.read_text()))
    with (content / "site.yaml").open("a") as file:
        file.write("contact: {email: a@kleine-schule.de}\nadmin: {repo: kleine-schule/site}\n")
    with edit_folder(tmp_path) as server:
        project = Project(tmp_path, server)
        project.build()
        provide(page, project, node_packages)
        entry = "levels-besucher/entries/besucher-1-erste"
        page.goto(f"{serve_folder(project.output, '/repo/')}{ADMIN}#/collections/{entry}")
        page.get_by_role("button", name="Login").click()
        expect(page.get_by_label("Titel", exact=True)).to_have_value(re.compile("sofort anspricht"))
        said = re.sub(r"\{.*\}", "", page.locator("body").inner_text())
        assert not ENGLISH_WORDS.search(said), said
    faults.clear()


def test_nothing_of_the_policy_is_in_its_way(
    page: Page, project: Project, node_packages: Path, serve_folder: Serve, faults: list[str]
) -> None:
    """Where no server on this machine answers: the form to log in stands, and nothing was blocked."""
    provide(page, project, node_packages)
    page.route(f"{USUAL}/**", lambda route: route.abort())
    requests: list[str] = []

    def note(request: Request) -> None:
        requests.append(request.url)

    page.on("request", note)
    page.goto(f"{serve_folder(project.output)}{ADMIN}")
    expect(page.get_by_role("button", name="Login with GitHub")).to_be_visible()
    assert [fault for fault in faults if BUNDLE["address"] not in fault and USUAL not in fault] == []
    assert not any("Content Security Policy" in fault for fault in faults)
    assert BUNDLE["address"] in requests
    faults.clear()


def test_pages_have_the_policy_in_themselves_and_load_nothing_from_elsewhere(
    page: Page, project: Project, serve_folder: Serve, faults: list[str]
) -> None:
    response = page.goto(serve_folder(project.output))
    assert response
    assert response.headers["content-security-policy"] == "frame-ancestors 'self'"
    blocked = page.evaluate(
        """() => new Promise((done) => {
            addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
            const image = new Image();
            image.src = "http://127.0.0.1:9/elsewhere.png";
        })"""
    )
    assert blocked == "img-src"
    assert len(faults) == 1
    faults.clear()
