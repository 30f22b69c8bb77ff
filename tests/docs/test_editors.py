"""docs/editors.md: every recipe is followed as it stands there, and does what it says."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from generator.cli.main import main
from tests import images, sites
from tests.sites import ROOT, SITE, Files
from tests.tools.preview import RunningPreview

GUIDE = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^(```+).*?^\1$", re.MULTILINE | re.DOTALL)
STEP = re.compile(
    r"^`content/(?P<path>[^`]+)`, (?P<where>.+):\n\n(?P<fence>```+)\w+\n(?P<text>(?:.*\n)*?)(?P=fence)$"
    r"|^```sh\npython3 build\.py (?P<command>.+)\n```$",
    re.MULTILINE,
)
FIELD = re.compile(r"^(\w+):.*\n(?:(?!\w).*\n)*", re.MULTILINE)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
SAMPLES = {
    "jpg": images.photo(1200, 630),
    "svg": SVG,
    "pdf": b"%PDF-1.7" + bytes(500_000),
    "mp4": b"\0\0\0\x18ftypmp42",
}


def split_guide() -> dict[str, str]:
    """Each recipe by its heading."""
    outside = FENCED.sub(lambda found: " " * len(found[0]), GUIDE)
    starts = [*re.finditer(r"^## (.+)\n", outside, re.MULTILINE)]
    ends = [*(start.start() for start in starts[1:]), len(GUIDE)]
    return {start[1]: GUIDE[start.end() : end] for start, end in zip(starts, ends, strict=True)}


RECIPES = split_guide()
# The small site, with the names that the guide and the README have.
NAMES = {"makers/1-new": "founders/1-struggling", "makers/2-able": "founders/2-surviving", "makers": "founders",
         "pages/about": "pages/privacy"}  # fmt: skip


def rename(text: str) -> str:
    return re.sub("|".join(NAMES), lambda found: NAMES[found[0]], text)


START: Files = {rename(path): rename(str(text)).replace("/about/", "/privacy/") for path, text in SITE.items()}


class Site:
    """A content folder that an editor works on, and what is built of it."""

    def __init__(self, folder: Path) -> None:
        self.content, self.output = folder / "content", folder / "output"

    def run(self, command: str) -> int:
        words = re.findall(r'"([^"]*)"|(\S+)', command)
        return main([*("".join(pair) for pair in words), "--content", str(self.content)])

    def build(self, *options: str) -> None:
        assert main(["build", "--content", str(self.content), "--output", str(self.output), *options]) == 0

    def follow(self, title: str) -> None:
        """Does what a recipe says, and puts the files there that it names."""
        for name, ending in re.findall(r"/media/([\w-]+)\.(\w+)", RECIPES[title]):
            place = self.content / f"media/{name}.{ending}"
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(SAMPLES[ending])
        for step in STEP.finditer(RECIPES[title]):
            if step["command"]:
                assert self.run(step["command"]) == 0
            else:
                place = self.content / step["path"]
                before = place.read_text() if place.exists() else ""
                place.write_text(write(before, step["where"], step["text"]))

    def read(self, route: str = "") -> BeautifulSoup:
        return BeautifulSoup((self.output / route / "index.html").read_text(encoding="utf-8"), "html.parser")

    def find(self, selector: str, route: str = "") -> Tag:
        found = self.read(route).select_one(selector)
        assert found is not None, selector
        return found

    def say(self, selector: str, route: str = "") -> str:
        return " ".join(self.find(selector, route).get_text(" ").replace("\u00ad", "").split())


def write(before: str, where: str, text: str) -> str:
    """A file with a text of a recipe where the recipe says."""
    if where == "the whole file":
        return text
    if where == "in the text":
        return f"{before}\n{text}"
    if where == "at the end":
        return before + text if text.lstrip().startswith("-") else put_fields(before, text)
    assert where == "above the second `---`"
    _, head, body = before.split("---\n", 2)
    return f"---\n{put_fields(head, text)}---\n{body}"


def put_fields(before: str, text: str) -> str:
    """Fields with others at the end, or in place of those of the same name; of blocks there may be more."""
    for field in FIELD.finditer(text):
        old = next((found for found in FIELD.finditer(before) if found[1] == field[1]), None)
        if old is None:
            before += field[0]
        elif field[1] == "blocks":
            before = before[: old.end()] + field[0].partition("\n")[2] + before[old.end() :]
        else:
            before = before[: old.start()] + field[0] + before[old.end() :]
    return before


@pytest.fixture
def site(tmp_path: Path, write_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "cache"))
    write_site(START, tmp_path / "content")
    return Site(tmp_path)


def publish(folder: Path) -> None:
    for path in folder.glob("*.*"):
        path.write_text(re.sub(r"^draft: true\n", "", path.read_text(), flags=re.MULTILINE))


# What each recipe promises: checked on the site that was built after it was followed.


def shows_a_picture(site: Site) -> None:
    assert site.find("main figure picture img")["alt"] == "Four people around a table"
    assert site.say("main figcaption") == "The founders, 2026"
    assert list((site.output / "assets/media").glob("team-*.avif"))


def shows_a_wide_picture(site: Site) -> None:
    assert "picture--wide" in site.find("main picture", "founders")["class"]


def shows_a_gallery(site: Site) -> None:
    assert site.say("#block-1 h2") == "How we work"
    assert len(site.read().select("#block-1 picture")) == 3


def shows_a_video(site: Site) -> None:
    assert site.find("#block-1 picture img") and site.find("#block-1 a[href]")
    assert "youtube" in str(site.find("#block-1")) and not site.read().select("iframe")


def shows_a_testimonial(site: Site) -> None:
    said = site.say("#block-1", "founders/surviving")
    for text in ("In June I shipped my own.", "Ines Sommer", "Founder of a bakery chain", "Letter to us, June 2026"):
        assert text in said
    assert "2026-11-03" not in site.find("main", "founders/surviving").decode()


def shows_questions(site: Site) -> None:
    questions = [summary.get_text().strip() for summary in site.read().select("#block-1 details summary")]
    assert questions == ["Do I need to know mathematics?", "Self-paced or cohort?"]


def shows_a_button(site: Site) -> None:
    assert site.find("#block-1 a", "founders/surviving")["href"] == "../../offers/"
    assert "It takes a minute." in site.say("#block-1", "founders/surviving")


def shows_a_download(site: Site) -> None:
    link = site.find("#block-1 a")
    assert (site.output / str(link["href"])).read_bytes() == SAMPLES["pdf"]
    assert re.search(r"PDF.* 0[.]5|PDF.*500", site.say("#block-1"))


def shows_a_form(site: Site) -> None:
    for route in ("", "founders/surviving"):
        form = site.find("main form[action^='https://forms.mountain-school.org/']", route)
        assert form.select_one("input[type=email]") and form.select_one("input[type=checkbox]")
        assert "Send me a letter a month." in form.get_text()


def shows_a_table(site: Site) -> None:
    assert [head.get_text() for head in site.read("privacy").select("main table th")] == ["Month", "Module", "Hours"]


def shows_code(site: Site) -> None:
    assert "model = build(layers=12)\nmodel.train(books)" in site.find("#block-1 pre").get_text()
    assert site.read().select("#block-1 pre span") and "not a program to run" in site.say("#block-1")


def shows_numbers(site: Site) -> None:
    assert "75–85%" in site.say("#block-1") and "Our books of 2026" in site.say("#block-1")
    assert site.find("#block-1 a")["href"] == "https://mountain-school.org/count"


def shows_steps(site: Site) -> None:
    assert len(site.read().select("#block-1 ol > li")) == 3


def shows_a_bill(site: Site) -> None:
    assert site.say("#block-1 h2", "founders/surviving") == "Say you answer mail for 10 hours a week."
    assert "3–5 hours a week are yours again. That’s 156–260 hours a year" in site.say("#block-1", "founders/surviving")
    assert site.read("founders/surviving").select('script[src*="bill"]')


def shows_ranges(site: Site) -> None:
    said = site.say(".landing__scene #block-1", "founders/surviving")
    for text in ("Your margin, and what investors want", "Investors want 80%", "Level 1 60–70%", "Level 2, you 75–85%"):
        assert text in said


def shows_logos(site: Site) -> None:
    assert [image["alt"] for image in site.read().select("#block-1 img")] == ["Alpine Club", "Summit Magazine"]
    assert len(site.read().select("#block-1 a")) == 1


def has_a_brand(site: Site) -> None:
    assert site.find("header img") and "#123a63" in site.find("style", "founders").text
    assert "icon" in str(site.find("link[rel=icon]")["href"])


def speaks_german(site: Site) -> None:
    assert site.find("html")["lang"] == "de" and "Angebote" in site.say("header")


def says_another_word(site: Site) -> None:
    assert "What you can book" in site.say("header")


def has_an_audience(site: Site) -> None:
    assert not (site.output / "teachers").exists()
    publish(site.content / "teachers")
    site.build()
    assert (
        site.say("h1", "teachers") and site.find("main a[href='./teachers/']") and site.find("header a[href*=teachers]")
    )


def has_a_level(site: Site) -> None:
    assert not (site.output / "founders/proven").exists()
    publish(site.content / "founders")
    site.build()
    assert site.say("h1", "founders/proven") and site.find("main a[href$='proven/']", "founders")


def has_an_offer(site: Site) -> None:
    assert "A day with your data" in site.say("main", "offers")
    said = site.say("main", "founders/surviving")
    assert "A day with your data" in said and "€450" in said and "Ask for a date" in said


def has_a_page(site: Site) -> None:
    assert site.say("h1", "team") == "Who we are" and "conference" in site.say("main strong", "team")
    assert site.find("header a[href='../team/']", "privacy").get_text().strip() == "Who we are"


def has_a_footer(site: Site) -> None:
    for text in ("The course", "For founders", "Elsewhere", "Our code"):
        assert text in site.say("footer", "privacy")


def has_a_button_in_the_header(site: Site) -> None:
    assert "Join us" in site.say("header", "privacy")


def hides_a_page(site: Site) -> None:
    assert not (site.output / "privacy").exists() and not site.read().select("footer a[href*=privacy]")
    site.build("--drafts")
    assert site.say("h1", "privacy")


def tells_search_engines(site: Site) -> None:
    assert site.say("title", "founders/surviving") == "From API calls to your own model"
    assert "/share" in str(site.find("meta[property='og:image']", "founders/surviving")["content"])


def moves_a_page(site: Site) -> None:
    assert site.say("h1", "legal/privacy") and (site.content / "pages/legal/privacy.md").exists()
    assert "/legal/privacy/" in (site.content / "addresses.yaml").read_text()
    assert "../legal/privacy/" in site.find("[http-equiv=refresh]", "privacy")["content"]


def redirects(site: Site) -> None:
    assert "offers/" in site.find("[http-equiv=refresh]", "summer-sale")["content"]


def is_checked(site: Site) -> None:
    page = site.content / "pages/privacy.md"
    page.write_text(f"{page.read_text()}\nTODO\n")
    assert site.run("check --publish") == 1


def has_an_editor(site: Site) -> None:
    assert (site.output / "admin/index.html").exists()
    assert "repo: mountain-school/site" in (site.output / "admin/config.yml").read_text()


PROMISES: dict[str, Callable[[Site], None]] = {
    "Put a picture on a page": shows_a_picture,
    "Begin a page with a picture": shows_a_wide_picture,
    "Show a gallery": shows_a_gallery,
    "Show a video": shows_a_video,
    "Show a testimonial": shows_a_testimonial,
    "Answer questions (FAQ)": shows_questions,
    "Put a button on a page": shows_a_button,
    "Offer a PDF": shows_a_download,
    "Collect addresses with a form": shows_a_form,
    "Show a table": shows_a_table,
    "Show code": shows_code,
    "Show numbers with their sources": shows_numbers,
    "Show steps": shows_steps,
    "Show logos": shows_logos,
    "Let visitors put in a number of their own": shows_a_bill,
    "Compare bars or ranges": shows_ranges,
    "Use my colours and my logo": has_a_brand,
    "Choose the language": speaks_german,
    "Change a word that the program adds": says_another_word,
    "Add an audience": has_an_audience,
    "Add a level": has_a_level,
    "Add an offer, with its price": has_an_offer,
    "Add a page, with a menu entry": has_a_page,
    "Group links in the footer": has_a_footer,
    "Put a button at the top of every page": has_a_button_in_the_header,
    "Hide a page until it is ready": hides_a_page,
    "Say what search engines and social networks show": tells_search_engines,
    "Rename or move a page": moves_a_page,
    "Let an old address lead on": redirects,
    "Check before you publish": is_checked,
    "Edit in the browser": has_an_editor,
}
# Those that have tests of their own below.
OTHERS = {"See what you write, at once", "When it says error"}


def test_every_recipe_is_tried() -> None:
    assert RECIPES.keys() == PROMISES.keys() | OTHERS


@pytest.mark.thorough
@pytest.mark.parametrize("title", PROMISES)
def test_a_recipe_does_what_it_says(site: Site, title: str) -> None:
    assert STEP.search(RECIPES[title])
    site.follow(title)
    site.build()
    PROMISES[title](site)


def test_an_error_is_said_as_the_guide_has_it(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.build()
    before = sites.read_folder(site.output)
    home = site.content / "home.md"
    home.write_text(home.read_text().replace("summary:", "sumary:"))
    assert site.run("build") == 1
    [line] = re.findall(r"```\n(.+)\n```", RECIPES["When it says error"])
    assert line in capsys.readouterr().err
    assert sites.read_folder(site.output) == before


def test_a_save_is_seen_at_once(preview: RunningPreview) -> None:
    preview.replace("content/home.md", "small", "tiny")
    preview.wait_for_text("/", "tiny")


def test_all_recipes_together_are_a_site(site: Site) -> None:
    """On the first site, whose names they have: one after the other, as they stand in the guide."""
    shutil.rmtree(site.content)
    shutil.copytree(ROOT / "content", site.content)
    for title in RECIPES:
        if title not in {*OTHERS, "Check before you publish"}:
            site.follow(title)
    site.build()


def test_every_link_leads_somewhere() -> None:
    ids = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in RECIPES}
    assert set(re.findall(r"\]\(#([\w-]+)\)", GUIDE)) == ids
    for name in re.findall(r"\]\(([\w-]+\.md)", GUIDE):
        assert (ROOT / "docs" / name).exists()
