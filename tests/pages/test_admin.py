"""The browser editor: its configuration, its formats for files, and what it may load."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.content.kinds import KINDS, match_path
from generator.content.routes import ADMIN
from generator.formats.document import FRONT_MATTER
from generator.formats.yaml_reader import load_yaml
from generator.formats.yaml_writer import write_yaml
from generator.pages.admin import BUNDLE
from generator.pages.target import Target, find_repository
from tests import sites
from tests.pages.test_hosts import read_policy
from tests.tools.node import run_script

ON = "admin: {repo: mountain-school/site}\n"
# For whoever keeps the strategy, and for whoever translates: no form has them.
NO_FORM = ("strategy.yaml", "words.yaml")
RUNNER = sites.ROOT / "tests" / "tools" / "forms.mjs"
Ask = Callable[[list[dict[str, Any]]], list[Any]]


def build(folder: Path, more: str = ON, files: sites.Files | None = None, target: Target = sites.TARGET) -> Path:
    """The small site, or another, built with the real layouts and further lines in `site.yaml`."""
    base = files or sites.SITE
    site = {**base, "site.yaml": sites.text_of("site.yaml", base) + more}
    sites.build(site, folder, target=target, layouts=sites.real_layouts())
    return folder


@pytest.fixture(scope="session")
def with_editor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, with the editor."""
    real = {path: sites.real_content().read(path).decode() for path in sites.real_content().paths()}
    return build(tmp_path_factory.mktemp("admin") / "site", files=real)


def read_config(folder: Path) -> dict[str, Any]:
    data = sites.parse_config((folder / ADMIN / "config.yml").read_text())
    assert isinstance(data, dict)
    return data


# On and off


@pytest.mark.parametrize("more", ["", "admin: false\n"])
def test_the_editor_is_off_unless_it_is_asked_for(tmp_path: Path, more: str) -> None:
    folder = build(tmp_path / "site", more)
    assert not (folder / ADMIN).exists()
    assert "admin" not in (folder / "_headers").read_text()


def test_one_line_turns_it_on(tmp_path: Path) -> None:
    folder = build(tmp_path / "site", "admin: true\n", target=sites.TARGET._replace(repository="mountain-school/site"))
    assert {path.name for path in (folder / ADMIN).iterdir()} == {"index.html", "config.yml", "forms.js"}
    assert read_config(folder)["backend"] == {"name": "github", "repo": "mountain-school/site", "branch": "main"}


def test_the_repository_the_branch_and_the_way_in_may_be_said(tmp_path: Path) -> None:
    more = "admin: {repo: a/b, branch: live, folder: sites/b/content, login: https://login.b.org/}\n"
    config = read_config(build(tmp_path / "site", more))
    assert config["backend"] == {"name": "github", "repo": "a/b", "branch": "live", "base_url": "https://login.b.org"}
    assert config["collections"][0]["files"][0]["file"] == "sites/b/content/site.yaml"


def test_without_a_repository_it_works_on_this_machine_only(tmp_path: Path) -> None:
    assert read_config(build(tmp_path / "site", "admin: true\n"))["backend"]["name"] == "proxy"


@pytest.mark.parametrize(
    ("environment", "repository"),
    [
        ({}, None),
        ({"GITHUB_REPOSITORY": "a/b"}, "a/b"),
        ({"REPOSITORY_URL": "https://github.com/a/b"}, "a/b"),
        ({"REPOSITORY_URL": "git@github.com:a/b.c.git"}, "a/b.c"),
        ({"REPOSITORY_URL": "https://x-access-token:secret@github.com/a/b"}, "a/b"),
        ({"REPOSITORY_URL": "https://gitlab.com/a/b"}, None),
    ],
)
def test_the_host_says_which_repository_it_builds(environment: dict[str, str], repository: str | None) -> None:
    assert find_repository(environment) == repository


@pytest.mark.parametrize(
    "value", ["yes", "{repo: name}", "{branch: main}", "{repo: a/b, brnach: x}", "{repo: a/b, folder: ../x y}"]
)
def test_a_wrong_setting_is_a_mistake(value: str) -> None:
    files = sites.append("site.yaml", f"admin: {value}\n")
    assert [line for line in sites.report(files) if line.startswith("content/site.yaml:6:")]


def test_no_page_and_no_audience_can_have_its_address() -> None:
    files = {**sites.append("site.yaml", ON), "pages/admin.md": sites.text_of("pages/about.md")}
    assert any("its address '/admin/' is that of the browser editor already." in line for line in sites.report(files))


# What it may load, and who may find it


def test_the_bundle_is_pinned_to_the_file_that_the_tests_run(node_packages: Path) -> None:
    package = json.loads((node_packages / "decap-cms" / "package.json").read_text())
    assert f"/decap-cms@{package['version']}/dist/decap-cms.js" in BUNDLE["address"]
    digest = hashlib.sha384((node_packages / "decap-cms" / "dist" / "decap-cms.js").read_bytes()).digest()
    assert BUNDLE["integrity"] == f"sha384-{base64.b64encode(digest).decode()}"


def test_the_editor_has_a_policy_of_its_own_and_pages_carry_theirs(with_editor: Path) -> None:
    assert "Content-Security-Policy: frame-ancestors 'self'\n" in (with_editor / "_headers").read_text()
    for path in with_editor.rglob("*.html"):
        policy = read_policy(path)
        assert policy
        assert ("cdn.jsdelivr.net" in policy) == ("://" in policy) == (path.parent.name == "admin")


def test_the_editor_may_call_the_service_that_lets_people_in(tmp_path: Path) -> None:
    folder = build(tmp_path / "site", "admin: {repo: a/b, login: 'https://login.b.org/in/'}\n")
    policy = read_policy(folder / ADMIN / "index.html")
    assert policy and re.search(r"connect-src [^;]* https://login\.b\.org;", policy)


def test_search_engines_do_not_find_it(with_editor: Path) -> None:
    assert '<meta name="robots" content="noindex">' in (with_editor / ADMIN / "index.html").read_text()
    assert ADMIN not in (with_editor / "sitemap.xml").read_text()
    links = [path for path in with_editor.rglob("*.html") if f'{ADMIN}"' in path.read_text()]
    assert links == []


# Its configuration


def test_the_configuration_is_valid_for_sveltia(with_editor: Path, node_packages: Path) -> None:
    schema = json.loads((node_packages / "@sveltia" / "cms" / "schema" / "sveltia-cms.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    config = read_config(with_editor)
    assert [error.message for error in validator.iter_errors(config)] == []
    config["backend"]["name"] = "gihtub"
    assert not validator.is_valid(config)


def test_every_content_file_is_in_the_configuration(with_editor: Path) -> None:
    config = read_config(with_editor)
    files = {file["file"] for each in config["collections"] for file in each.get("files", ())}
    folders = {each["folder"] for each in config["collections"] if "folder" in each}
    for path in sites.real_content().paths():
        if path in NO_FORM:
            continue
        assert f"content/{path}" in files or str(Path("content", path).parent) in folders


def test_editor_and_build_agree_where_pictures_are(tmp_path: Path) -> None:
    config = read_config(build(tmp_path / "site"))
    assert (config["media_folder"], config["public_folder"]) == ("content/media", "/media")
    config = read_config(build(tmp_path / "other", "admin: {repo: a/b, folder: sites/school}\n"))
    assert (config["media_folder"], config["public_folder"]) == ("sites/school/media", "/media")
    pages = next(collection for collection in config["collections"] if collection["name"] == "page")
    picture = next(field for field in pages["fields"] if field["name"] == "picture")
    assert [field["widget"] for field in picture["fields"]] == ["image", "string", "string"]


def test_every_field_is_in_a_form(with_editor: Path) -> None:
    forms = {}
    for collection in read_config(with_editor)["collections"]:
        fields = collection["fields"] if "fields" in collection else collection["files"][0]["fields"]
        forms[collection["format"].partition("-")[0]] = fields
    for kind in KINDS:
        if not kind.is_published:
            assert kind.name not in forms
            continue
        fields = forms[kind.name][0]["fields"] if kind.is_list else forms[kind.name]
        names = [field["name"] for field in fields]
        assert names == [*kind.fields.__struct_encode_fields__, *(["body"] if kind.has_body else [])]


def test_only_the_blocks_of_a_level_ask_behind_which_section_they_stand(with_editor: Path) -> None:
    for collection in read_config(with_editor)["collections"]:
        fields = collection["fields"] if "fields" in collection else collection["files"][0]["fields"]
        for kind in (kind for field in fields if field["name"] == "blocks" for kind in field["types"]):
            has_section = "after" in [field["name"] for field in kind["fields"]]
            assert has_section == collection["name"].startswith("levels-")


# Its formats: a file is written back with nothing changed but what is new


@pytest.fixture(scope="session")
def ask(with_editor: Path, tmp_path_factory: pytest.TempPathFactory, node_packages: Path) -> Ask:
    """Runs jobs through the emitted script."""
    place = tmp_path_factory.mktemp("jobs") / "jobs.json"

    def run(jobs: list[dict[str, Any]]) -> list[Any]:
        place.write_text(json.dumps(jobs))
        answers = run_script(RUNNER, with_editor / ADMIN / "forms.js", place)
        assert [answer["error"] for answer in answers if "error" in answer] == []
        return [answer["value"] for answer in answers]

    return run


YAML = """\
# Top
plain: a text  # with a comment
folded: >-
  one
  two

  three
literal: |
  one
   two
single: 'it''s'
double: "a \\"quote\\" \\u00e9"
many: one
  two

  three
flow: {from: 1, to: 2.50, list: [a, 'b, c', {d: e}], note: or not}
spread: [one,
  two, # two
  three]
list:
  - a
  # between
  - name: b
    inner:
    - 1
    - 2

  -
    name: c
time: 1:30
zero: 0123
none: ~
empty:
url: https://mountain-school.org/a#b
yes: no
'quoted key': true
"""


def kind_of(path: str) -> str:
    found = match_path(path)
    assert found, path
    return found[0].name


def real_texts() -> dict[str, str]:
    return {path: sites.real_content().read(path).decode() for path in sites.real_content().paths()}


def change(kind: str, text: str | None, *changes: tuple[list[str | int], Any]) -> dict[str, Any]:
    return {"kind": kind, "text": text, "changes": changes}


def test_yaml_is_read_as_the_program_reads_it(ask: Ask) -> None:
    texts = [YAML, "", "# nothing\n", "- a\n- - b\n  - c\n", (sites.ROOT / "layouts/words.yaml").read_text()]
    for text in real_texts().values():
        head = FRONT_MATTER.match(text)
        texts.append(head[1] if head else text)
    assert ask([{"read": text} for text in texts]) == [load_yaml(text, "a.yaml") for text in texts]


def test_a_file_that_is_saved_unchanged_stays_byte_for_byte(ask: Ask) -> None:
    texts = {**real_texts(), **{path: str(text) for path, text in sites.SITE.items()}}
    for path in NO_FORM:
        del texts[path]
    texts |= {f"windows/{path}": text.replace("\n", "\r\n") for path, text in texts.items() if path.endswith(".md")}
    jobs = [
        {"kind": kind_of(path.removeprefix("windows/")), "text": text, "changes": []} for path, text in texts.items()
    ]
    assert ask(jobs) == list(texts.values())


SITE_TEXT = """\
# Top
name: A  # end
contact: {email: a@b.org}
tagline: 'x'
leads:
  action: netlify

  consent: >-
    Yes,
    please.
"""
OFFERS_TEXT = """\
# Offers
- id: a
  name: A
  price: {from: 1, to: 2}
  action: {text: Go}

- {id: b, name: B, price: free, action: {text: Go}}
"""


def test_one_changed_value_changes_nothing_else(ask: Ask) -> None:
    site, offers = SITE_TEXT, OFFERS_TEXT
    action = {"text": "Go"}
    cases = [
        (change("site", site, (["name"], "B: b")), "name: A ", "name: 'B: b' "),
        (change("site", site, (["contact", "email"], "c, d@b.org")), "{email: a@b.org}", "{email: 'c, d@b.org'}"),
        (change("site", site, (["tagline"], "it's")), "'x'", "'it''s'"),
        (change("site", site, (["leads", "consent"], "No.")), "    Yes,\n    please.", "    No."),
        (change("site", site, (["tagline"], "")), "tagline: 'x'\n", ""),
        (change("site", site, (["contact", "url"], "/x/")), "{email: a@b.org}", "{email: a@b.org, url: /x/}"),
        (change("site", site, (["leads", "action"], "https://b.org")), "netlify", "https://b.org"),
        (change("site", site, (["language"], "de")), "please.\n", "please.\nlanguage: de\n"),
        (change("offers", offers, (["entries", 0, "price"], "{from: 1, to: 3}")), "to: 2", "to: 3"),
        (change("offers", offers, (["entries", 0, "price"], "5")), "{from: 1, to: 2}", "5"),
        (change("offers", offers, (["entries", 1, "price"], "on application")), "free", "on application"),
        (change("offers", offers, (["entries", 1, "name"], "C")), "name: B", "name: C"),
        (change("offers", offers, (["entries", 0, "action", "url"], "/x/")), "Go}\n\n", "Go, url: /x/}\n\n"),
        (
            change("offers", offers, (["entries", 2], {"id": "c", "name": "C", "action": action, "price": "1"})),
            "{text: Go}}\n",
            "{text: Go}}\n- id: c\n  name: C\n  action: {text: Go}\n  price: 1\n",
        ),
        (change("offers", offers, (["entries", 1], None)), "- {id: b, name: B, price: free, action: {text: Go}}\n", ""),
    ]  # fmt: skip
    for (job, old, new), answer in zip(cases, ask([case[0] for case in cases]), strict=True):
        assert job["text"].count(old) == 1
        assert answer == job["text"].replace(old, new)


def test_front_matter_and_body_leave_each_other_alone(ask: Ask) -> None:
    text = sites.text_of("makers/1-new.md").replace("---\nname", "---\n# Top\nname")
    answers = ask(
        [
            change("level", text, (["title"], "Another")),
            change("level", text, (["body"], "\nAnother body\n\n---\n\nwith a line")),
            change("level", text, (["draft"], True)),
            change("level", text, (["modules"], "all")),
            change("level", text, (["offers"], ["talk", "course"])),
        ]
    )
    head = FRONT_MATTER.match(text)
    assert head
    assert answers == [
        text.replace("title: You are new.", "title: Another"),
        text[: head.end()] + "\nAnother body\n\n---\n\nwith a line",
        text.replace("modules: [1, 2]\n", "modules: [1, 2]\ndraft: true\n"),
        text.replace("modules: [1, 2]", "modules: all"),
        text.replace("offers: [talk]", "offers: [talk, course]"),
    ]


BLOCKS_TEXT = """\
---
title: About us
blocks:
  - {kind: text, text: Good.}  # first
  - kind: table
    head: [A, B]
    rows:
      - [a, ""]
      - ["", b]
---
"""


def test_blocks_keep_their_kinds_and_tables_their_empty_cells(ask: Ask) -> None:
    text, quote = BLOCKS_TEXT, {"kind": "action", "text": "Go", "to": "/a/", "title": "", "note": None}
    answers = ask(
        [
            change("page", text, (["blocks", 0, "text"], "Better.")),
            change("page", text, (["blocks", 1, "rows", 0, 0], "c")),
            change("page", text, (["blocks", 1, "rows", 2], ["", "d"])),
            change("page", text, (["blocks", 2], quote)),
        ]
    )
    assert answers == [
        text.replace("Good.", "Better."),
        text.replace('[a, ""]', '[c, ""]'),
        text.replace('["", b]', """["", b]\n      - ['', d]"""),
        text.replace('["", b]\n', '["", b]\n  - {kind: action, text: Go, to: /a/}\n'),
    ]


def test_a_new_file_is_one_that_the_program_reads(ask: Ask) -> None:
    form = {"title": "Über: uns", "summary": "x" * 60, "menu": "none", "draft": True, "publish": "", "body": "\nText\n"}
    [text] = ask([{"kind": "page", "text": None, "changes": [[[key], value] for key, value in form.items()]}])
    assert text.startswith("---\n") and text.endswith("---\n\n\nText\n")
    files = sites.add("pages/new.md", text)
    assert sites.report(files) == []


def test_a_switch_that_nobody_has_turned_on_is_not_written(ask: Ask) -> None:
    text = sites.text_of("makers/audience.md")
    level = sites.text_of("makers/1-new.md").replace("name:", "draft: true\nname:", 1)
    answers = ask(
        [
            change("audience", text, (["draft"], False), (["metric", "whole"], False), (["metric", "steps"], True)),
            change("level", level, (["draft"], False)),
        ]
    )
    assert answers == [
        text.replace("period: year}", "period: year, steps: true}"),
        level.replace("draft: true", "draft: false"),
    ]


SCALARS = st.one_of(
    st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), include_characters="\n"), min_size=1).filter(str.strip),
    st.integers(0, 10**6),
    st.just(True),  # a new `false` is not written
)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)
FIELDS = st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), TREES, min_size=1, max_size=4)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.tuples(FIELDS, FIELDS), min_size=1, max_size=6))
@example([({"a": "0\xa0", "b": ["c:\xa0d"]}, {"a": "0", "b": ["c:\xa0d"]})])  # a space that is none in YAML
def test_whatever_is_changed_is_read_back_as_it_was_meant(ask: Ask, pairs: list[tuple[Any, Any]]) -> None:
    jobs = []
    for before, after in pairs:
        gone = [[[key], None] for key in before if key not in after]
        jobs.append(
            {
                "kind": "curriculum",
                "text": write_yaml(before),
                "changes": [*gone, *([[key], value] for key, value in after.items())],
            }
        )
    for (_, after), text in zip(pairs, ask(jobs), strict=True):
        assert load_yaml(text, "a.yaml") == after
