"""The registry of content kinds: whatever has a row is loaded, checked, planned, listed and documented.

A new kind needs no test of its own here. If `tests.sites` has no file of it, the examples of its type are one.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name
from typing import Annotated, Any

import pytest
from bs4 import BeautifulSoup
from msgspec import inspect

from generator.authoring.json_schema import make_editor_settings, make_schemas, schema_path
from generator.authoring.reference import compose_example, write_reference
from generator.build.cache import Cache
from generator.build.pipeline import BuildOptions
from generator.content.addresses import Addresses, TemplateIds
from generator.content.checks import check_fields
from generator.content.content_files import find_content_files
from generator.content.file_data import read_file, write_file
from generator.content.kinds import KINDS, SITE_KINDS, ContentKind, match_path, route_of_file
from generator.content.model import Site
from generator.content.routes import file_of, find_page, reserved_names
from generator.content.status import read_status
from generator.diagnostics.diagnostic import Diagnostic
from generator.files.tree import MemoryTree
from generator.formats.markup import Markup
from generator.pages.admin import name_format
from generator.pages.admin_forms import make_fields
from generator.pages.page import Page
from generator.schema.blocks import AnyBlock
from generator.schema.fields import (
    alternatives,
    bare,
    compose_group,
    find_fields,
    is_code,
    is_paragraphs,
    note_fields,
    tagged,
)
from generator.schema.types import Dated, Fields, Paragraphs, Text, doc
from tests import sites
from tests.pages.test_blocks import SAMPLES
from tests.sites import ABOUT, ROOT, TARGET, TODAY, Files, text_of

Keys = tuple[str | int, ...]

PUBLISHED = [kind for kind in KINDS if kind.is_published]
PAGES = [kind for kind in KINDS if kind.has_route]
# What no page of the small site shows: a quiz may ask for the metric by its name.
NOT_SHOWN = {("metric", "name")}
# Addresses of what `hold_back` adds to a site, of parts of it, and of what it would bring with it.
DORMANT = ("/held/", "/held/#part", "/users/held/", "/users/#level-3", "/users/compare/#level-3", "/later/",
           "/later/two/", "/later/compare/", "/later/quiz/", "/quiz/", "/compare/1/#audience-later")  # fmt: skip
# Every kind of block, with every field.
BLOCKS = {kind: compose_group(group.cls) for kind, group in tagged(inspect.type_info(AnyBlock)).items()}
DEAD_LINK, DEAD_PART, SCRIPT = "[x](/nowhere/)", "[x](/makers/#nowhere)", "<script>x()</script>"


def with_blocks(path: str) -> str:
    """A file of the small site with every kind of block if it is a level's; of other pages, to whose blocks the same
    way leads, with one.
    """
    found = match_path(path)
    assert found
    blocks = [*BLOCKS.values()] if found[0].name == "level" else [{"kind": "text", "text": "A block."}]
    return write_file(path, {**read_file(path, text_of(path)), "blocks": blocks})


SITE = {
    **sites.SITE,
    **SAMPLES,
    "site.yaml": text_of("site.yaml") + "leads: {action: https://mail.small-site.org/, consent: Write to me.}\n",
    **{path: with_blocks(path) for path in ("home.md", ABOUT, sites.MAKERS, sites.NEW)},
}


def path_of(kind: ContentKind) -> str:
    """A file of that kind: of the small site, or one that could be added to it."""
    paths = [path for path in SITE if (found := match_path(path)) and found[0] is kind]
    return paths[0] if paths else kind.file_path(audience="makers", number=3, slug="sample")


def site_with(kind: ContentKind, data: Any = None) -> Files:
    """The small site with a file of that kind, or with another one in its place."""
    path = path_of(kind)
    if data is None and path in SITE:
        return dict(SITE)
    return {**SITE, path: write_file(path, compose_example(kind) if data is None else data)}


def data_of(kind: ContentKind) -> Any:
    path = path_of(kind)
    return read_file(path, text_of(path, site_with(kind)))


def find_problems(files: Files) -> list[Diagnostic]:
    return list(sites.problems_of(files))


def list_problems(files: Files) -> list[tuple[str, str, int]]:
    """Code, file and line of each problem, but for what `hold_back` brings with it."""
    found = [problem for problem in find_problems(files) if problem.code != "no-live-level"]
    return sorted((problem.code, problem.path, problem.line) for problem in found)


def find_texts(data: Any, kind: Any) -> Iterator[Keys]:
    """Where in the data of a type there are texts of an editor's own."""
    if isinstance(data, list):
        yield from ((index, *keys) for index, entry in enumerate(data) for keys in find_texts(entry, kind))
        return
    for note in note_fields(kind):
        yield from ((note.name, *keys) for keys in find_texts_within(data.get(note.name), note.info))


def find_texts_within(value: Any, info: inspect.Type) -> Iterator[Keys]:
    for kind in alternatives(info):
        plain = bare(kind)
        if isinstance(value, str) and is_text(kind):
            yield ()
        elif isinstance(value, list) and isinstance(plain, inspect.VarTupleType):
            for index, each in enumerate(value):
                yield from ((index, *keys) for keys in find_texts_within(each, plain.item_type))
        elif isinstance(plain, inspect.StructType) and isinstance(value, dict) and is_of_kind(value, plain):
            yield from find_texts(value, plain.cls)


def is_of_kind(value: dict[str, Any], group: inspect.StructType) -> bool:
    return group.tag is None or value.get(str(group.tag_field)) == group.tag


def is_text(info: inspect.Type) -> bool:
    kind = bare(info)
    if not isinstance(kind, inspect.StrType) or is_code(info):
        return False
    return kind.pattern in (None, r"\S") or kind.max_length is not None


def plant_everywhere(kind: ContentKind, more: str) -> tuple[Files, list[int]]:
    """The small site with more in each text of a file of that kind, and the lines where it stands."""
    data, places, path = data_of(kind), list(places_of(kind)), path_of(kind)
    assert places, f"no text of {path} can be tested: give tests.sites one"
    for keys in places:
        data = plant(data, keys, more)
    files = site_with(kind, data)
    lines = [line for line, text in enumerate(text_of(path, files).splitlines(), 1) for _ in range(text.count(more))]
    assert len(lines) == len(places)
    return files, lines


def plant(data: Any, keys: Keys, more: str) -> Any:
    """A copy of the data with more in one of its texts."""
    copy = json.loads(json.dumps(data))
    inner = copy
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] += f" {more}"
    return copy


def places_of(kind: ContentKind) -> Iterator[Keys]:
    """All texts of a file: those of its fields, and what is below them."""
    data = data_of(kind)
    yield from find_texts(data, kind.fields)
    for name, value in data.items() if kind.has_body else ():
        if name.startswith("## "):
            yield from ((name, index) for index in range(len(value)))
        elif name.startswith("#") and value:
            yield (name,)


def plan_with(kind: ContentKind) -> dict[str, Page]:
    return sites.plan(site_with(kind))


def hold_back(files: Files) -> Files:
    """The site with a page, an offer, a level and an audience more, none of them live."""
    head, draft = text_of(ABOUT).replace("About us", "Held").replace("about us", "held"), "draft: true\n"
    return {
        **files,
        "pages/held.md": head.replace("title:", f"{draft}title:") + "\n## Part\n",
        "users/2-found.md": sites.level("Found", 500, 900),
        "users/3-held.md": sites.level("Held", 900, None, draft),
        "later/audience.md": sites.audience("Later"),
        "later/1-one.md": sites.level("One", 0, 500, draft),
        "later/2-two.md": sites.level("Two", 500, None, "expire: 2026-01-01\n"),
        "later/quiz.yaml": text_of("makers/quiz.yaml").replace("Where", "How far"),
    }


def of_kinds(kinds: list[ContentKind]) -> Any:
    return pytest.mark.parametrize("kind", kinds, ids=[kind.name for kind in kinds])


# What a row promises is there


@of_kinds(PAGES)
def test_a_kind_with_a_page_has_a_planner_and_a_template(kind: ContentKind) -> None:
    name = kind.page or kind.name
    module = ROOT / f"generator/pages/{name}.py"
    assert module.exists(), f"KINDS has a route for {kind.path}: write generator/pages/{name}.py with a function plan"
    assert callable(resolve_name(kind.planner)), f"write a function plan in {module}"
    template = ROOT / "layouts" / kind.template
    assert template.exists(), f"KINDS has a route for {kind.path}: write layouts/{kind.template}"


def test_names_paths_and_fixed_routes_are_unique() -> None:
    for values in (
        [kind.name for kind in KINDS],
        [kind.path for kind in KINDS],
        [kind.page_route() for kind in SITE_KINDS if kind.has_fixed_route],
    ):
        assert len(set(values)) == len(values)


@of_kinds(list(KINDS))
def test_a_file_is_known_by_its_path(kind: ContentKind) -> None:
    found = match_path(path_of(kind))
    assert found is not None
    assert found[0] is kind
    assert kind.file_path(**found[1]) == path_of(kind)
    assert (route_of_file(path_of(kind)) is not None) == kind.has_route
    paths, problems = find_content_files(MemoryTree(site_with(kind)))
    assert problems == []
    assert path_of(kind) in {*paths.site, *(path for files in paths.audiences.values() for path in files)}


@of_kinds(list(KINDS))
def test_the_small_site_with_a_file_of_it_has_no_problem(kind: ContentKind) -> None:
    found = list(map(str, find_problems(site_with(kind))))
    assert found == [], f"give the fields of {kind.fields.__name__} examples that fit, or tests.sites a {kind.path}"


# What is wrong in a file is reported, once, at its place


@of_kinds(PUBLISHED)
@pytest.mark.parametrize(
    ("more", "code"), [(DEAD_LINK, "dead-link"), (DEAD_PART, "dead-fragment"), (SCRIPT, "html-tag")]
)
def test_a_dead_link_and_a_script_are_found_in_every_text(kind: ContentKind, more: str, code: str) -> None:
    files, lines = plant_everywhere(kind, more)
    assert list_problems(files) == [(code, f"content/{path_of(kind)}", line) for line in lines]


@of_kinds(PUBLISHED)
@pytest.mark.parametrize("link", DORMANT)
def test_a_link_to_what_is_not_live_is_left_out_of_every_text_with_a_warning(kind: ContentKind, link: str) -> None:
    files, lines = plant_everywhere(kind, f"[Xyzzy]({link})")
    assert list_problems(hold_back(files)) == [("link-not-live", f"content/{path_of(kind)}", line) for line in lines]


def test_links_to_what_is_not_live_are_words_on_pages_and_none_in_menus(tmp_path: Path) -> None:
    files = hold_back(SITE)
    navigation = "navigation: [{text: Held, to: /held/}, {text: Shown, to: /makers/}]\n"
    files["site.yaml"] = text_of("site.yaml", SITE) + navigation
    files["offers.yaml"] = text_of("offers.yaml").replace("https://shop.small-site.org/talk", "/held/")
    links = "[one](/held/#part), <a href='/held/'>two</a>, [**three**][r], [four](/offers/#course)"
    button = "blocks: [{kind: action, text: five, to: /held/}]"
    files[ABOUT] = text_of(ABOUT).replace("title:", f"{button}\ntitle:") + f"\n{links}\n\n[r]: /later/two/\n"
    options, cache = BuildOptions(sites.CALENDAR, TARGET), Cache()
    sites.rebuild(files, tmp_path, sites.real_layouts(), options, cache)
    pages = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*.html")}
    assert [path for path, text in pages.items() if re.search(r'href="[^"]*(held|later)', text)] == []
    about = BeautifulSoup(pages["about/index.html"], "html.parser")
    assert "one, two, three, four" in about.get_text()
    assert "five" not in about.get_text()
    assert [link.get_text() for link in about.select(".masthead .menu a")] == ["Shown"]
    # As soon as it is live, the same pages lead there.
    files["pages/held.md"] = text_of("pages/held.md", files).replace("draft: true\n", "")
    sites.rebuild(files, tmp_path, sites.real_layouts(), options, cache)
    for path in ("about/index.html", "offers/index.html", "makers/new/index.html"):
        assert re.search(r'href="[./]*/held/"', (tmp_path / path).read_text()), path
    assert "later" not in (tmp_path / "about/index.html").read_text()


@of_kinds(PUBLISHED)
def test_a_link_to_a_page_that_never_was_stays_an_error(kind: ContentKind) -> None:
    files, lines = plant_everywhere(kind, "[Xyzzy](/held-not/)")
    assert list_problems(hold_back(files)) == [("dead-link", f"content/{path_of(kind)}", line) for line in lines]


def test_a_field_of_paragraphs_is_checked_as_paragraphs_and_has_room_in_its_form() -> None:
    class Faq(Fields, frozen=True, kw_only=True):
        answer: Annotated[Paragraphs, doc("The answer.")]
        more: tuple[Annotated[Text, doc("Also.")], ...] = ()

    text = "See [there][r].\n\n[r]: /nowhere/\n\n    <b>code</b>"
    kind = ContentKind("faq", "faq.yaml", Faq)
    nowhere = Addresses(frozenset(), Site(words={}), {}, MemoryTree({}), lambda name: TemplateIds(frozenset(), ""))
    found = list(check_fields(Faq(answer=text), kind, "faq.yaml", nowhere, Markup()))
    assert [(problem.code, problem.message) for problem in found] == [("dead-link", "there is no page at '/nowhere/'.")]
    assert [field["widget"] for field in make_fields(Faq)] == ["text", "list"]


@of_kinds([kind for kind in PAGES if "summary" in kind.fields.__struct_fields__ and not kind.is_list])
def test_the_summary_of_another_page_is_found(kind: ContentKind) -> None:
    other = "home.md" if kind.name != "home" else ABOUT
    data = {**data_of(kind), "summary": read_file(other, text_of(other))["summary"]}
    [problem] = find_problems(site_with(kind, data))
    assert problem.code == "summary-taken"
    assert {path_of(kind), other} == set(re.findall(r"[\w/-]+\.(?:md|yaml)", str(problem).replace("content/", "")))


@of_kinds([kind for kind in PAGES if "title" in kind.fields.__struct_fields__ and kind.has_own_title])
def test_the_title_of_another_page_is_found(kind: ContentKind) -> None:
    title = data_of(kind)["title"]
    page = {"title": title, "summary": sites.SUMMARY.format("the twin"), "#body": "Text."}
    [problem] = find_problems({**site_with(kind), "pages/twin.md": write_file("pages/twin.md", page)})
    assert problem.code == "title-taken"
    assert {path_of(kind), "pages/twin.md"} == set(
        re.findall(r"[\w/-]+\.(?:md|yaml)", str(problem).replace("content/", ""))
    )


@of_kinds([kind for kind in SITE_KINDS if kind.has_fixed_route])
def test_a_page_or_an_audience_at_its_route_is_found(kind: ContentKind) -> None:
    name = kind.page_route().strip("/")
    page = {"title": "Twin", "summary": sites.SUMMARY.format("the twin"), "#body": "Text."}
    files = {**site_with(kind), f"pages/{name}.md": write_file(f"pages/{name}.md", page)}
    for path in ("users/audience.md", "users/1-lost.md", "users/2-found.md"):
        files[path.replace("users", name)] = re.sub("Users|Lost|Found", r"\g<0> of twins", text_of(path))
    found = find_problems(files)
    assert [(problem.code, problem.path) for problem in found] == [
        ("address-taken", f"content/{name}/audience.md"),
        ("address-taken", f"content/pages/{name}.md"),
    ]
    assert all(f"'/{name}/' is that of {kind.path} already" in problem.message for problem in found)
    assert name in reserved_names()


@of_kinds(list(KINDS))
def test_a_broken_file_is_one_error_and_links_to_its_page_are_none(kind: ContentKind) -> None:
    data = data_of(kind)
    files = site_with(kind, [{**data[0], "oddity": 1}, *data[1:]] if kind.is_list else {"oddity": 1, **data})
    route = route_of_file(path_of(kind))
    if route is not None:
        linking = "home.md" if kind.name != "home" else ABOUT
        files[linking] = text_of(linking, files) + f"\n[x](/{route})\n"
    found = find_problems(files)
    assert [(problem.path, problem.message) for problem in found] == [
        (f"content/{path_of(kind)}", "unknown field 'oddity'.")
    ]


# What visitors see of it


@of_kinds(PAGES)
def test_its_page_shows_every_text(kind: ContentKind, tmp_path: Path) -> None:
    """Paragraphs as paragraphs, and any other text on its line."""
    data, paragraphs = data_of(kind), find_fields(kind.fields, is_paragraphs) | {("#body",)}
    words: dict[str, Keys] = {}
    for number, keys in enumerate(places_of(kind)):
        words[f"zq{number}z"] = keys
        of_paragraphs = tuple(key for key in keys if isinstance(key, str)) in paragraphs
        data = plant(data, keys, f"\n\nzq{number}z" if of_paragraphs else f"zq{number}z")
    site = sites.build(site_with(kind, data), tmp_path / "site", sites.real_layouts())
    shown = "".join(path.read_text("utf-8") for path in sorted(site.rglob("*.*")) if path.suffix in (".html", ".js"))
    missing = {keys for word, keys in words.items() if word not in shown} - NOT_SHOWN
    assert not missing, f"no page shows these fields of {kind.path}: put them into layouts/{kind.template}"
    for word, keys in words.items():
        if tuple(key for key in keys if isinstance(key, str)) in paragraphs:
            assert re.search(rf"<p[^>]*>{word}</p>", shown), f"{keys} is a text of paragraphs: show it with | blocks"


# Where a page has to be listed


@of_kinds(PAGES)
def test_its_page_is_planned_in_the_sitemap_and_followed(kind: ContentKind) -> None:
    pages = plan_with(kind)
    route = route_of_file(path_of(kind))
    assert route is not None
    assert pages[file_of(route)].template == kind.template
    addresses = pages["sitemap.xml"].context["addresses"]
    assert f"{TARGET.base_url}{route}" in addresses
    assert find_page([f"content/{path_of(kind)}"], "content", pages) == route


@of_kinds([kind for kind in PAGES if kind.menu != "none"])
def test_its_page_is_in_its_menu(kind: ContentKind) -> None:
    home = plan_with(kind)["index.html"].context
    links = home["menu" if kind.menu == "header" else "footer_menu"]
    assert f"./{route_of_file(path_of(kind))}" in [link["href"] for link in links]


@of_kinds([kind for kind in PAGES if issubclass(kind.fields, Dated)])
def test_a_draft_has_no_page_and_a_status(kind: ContentKind) -> None:
    data = data_of(kind)
    held = [{"draft": True, **entry} for entry in data] if kind.is_list else {"draft": True, **data}
    files = site_with(kind, held)
    files[ABOUT] = text_of(ABOUT, files).replace("[here](/makers/)", "here")
    assert file_of(str(route_of_file(path_of(kind)))) not in sites.plan(files)
    status = read_status(MemoryTree(files), sites.real_words(), TODAY)
    own = [entry.own for group in status.groups for entry in group.entries if entry.path.startswith(path_of(kind))]
    assert own == ["draft"] * (len(held) if kind.is_list else 1)


@pytest.fixture(scope="module")
def config() -> Any:
    """The configuration of the forms for a site with a file of every kind."""
    files = {path: text for kind in KINDS for path, text in site_with(kind).items()}
    files["site.yaml"] = text_of("site.yaml", files) + "admin: true\n"
    return sites.parse_config(sites.plan(files)["admin/config.yml"].context["config"])


@of_kinds(PUBLISHED)
def test_it_has_a_form_in_the_browser_editor(kind: ContentKind, config: dict[str, Any]) -> None:
    collections = [each for each in config["collections"] if each["format"] == name_format(kind)]
    files = [file["file"] for each in collections for file in each.get("files", ())]
    assert f"content/{path_of(kind)}" in files or collections[0]["folder"] == f"content/{kind.folder}"
    for file in collections[0].get("files", ()):
        for field in file["fields"]:
            shown = re.findall(r"{{fields\.(\w+)}}", field.get("summary", ""))
            assert {*shown} <= {inner["name"] for inner in field.get("fields", ())}, "not a field of its entries"


@pytest.fixture(scope="module")
def written() -> tuple[dict[str, Any], str]:
    """The schemas by path, and the reference."""
    words = sites.real_words()
    return make_schemas(words), write_reference(words)


@of_kinds(list(KINDS))
def test_it_has_a_schema_and_a_place_in_the_reference(kind: ContentKind, written: tuple[dict[str, Any], str]) -> None:
    schemas, reference = written
    assert schema_path(kind.name) in schemas
    assert make_editor_settings()["yaml.schemas"][f"./{schema_path(kind.name)}"] == f"content/{kind.pattern}"
    assert all(f"`{note.name}`" in reference for note in note_fields(kind.fields))
