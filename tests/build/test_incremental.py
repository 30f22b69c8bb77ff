"""Whatever is edited, in whatever order: a build after it leaves what a clean build would have made."""

import os
import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from msgspec import structs

from generator.build import output as output_module
from generator.build.manifest import decode_manifest, encode_manifest
from generator.build.output import LOCK, MANIFEST
from generator.cli.main import main
from generator.cli.no_change import find_state
from generator.cli.options import ROOT
from generator.rendering import templates as render
from tests.sites import plain_templates

LEVEL = """---
name: {name}
title: "{name}: a headline"
summary: "{name} is a level of {audience}, told here in a sentence that is long enough for a summary."
metric: {{from: {low}{high}}}
message: {{focus: "Focus {name}", pain: Pain, promise: Promise}}
offers: [course]
modules: [1]
---
Opening words.

## Symptoms
- First symptom
- Second **symptom**

## Keys to success
- **Do** the first thing

## Success
- It worked
"""
AUDIENCE = """---
name: {name}
title: The {name}
summary: "Who {name} are, and what their climb looks like, in one sentence of fair length."
metric: {{name: beds, unit: beds}}
---
They are who they are.
"""
BASE = """<html lang="{{ lang }}"><title>{{ page.title }}</title><style>{{ "" | styles }}</style>
{% block main %}{% endblock %}<p>{{ words.home }} {{ site.name }}</p></html>
"""
LISTS = """{% extends "base.html" %}{% from "components/bullets.html" import bullets %}
{% block main %}<h1>{{ level.title | inline }}</h1>{{ bullets(items=level.symptoms) }}{{ level.opening | blocks }}
{% for offer in offers %}{{ offer.name }} {{ offer.price }}{% endfor %}
{% if next %}{{ next.name }}{% endif %}{% endblock %}
"""
TABLE = """{% extends "base.html" %}{% block main %}{% for group in table.groups %}{% for row in group.rows %}
<p>{{ row.label }}{% for cell in row.cells %} {{ cell.text or "" }}{% for item in cell.items %}{{ item.text | inline }}
{% endfor %}{% endfor %}</p>{% endfor %}{% endfor %}{% endblock %}
"""

OFFER = "- {{id: course, name: Course, price: {price}, currency: EUR, action: {{text: Join, url: /about/}}}}\n"


def make_level(audience: str, number: int, total: int, name: str = "") -> str:
    high = f", to: {number * 10}" if number < total else ""
    return LEVEL.format(name=name or f"Level {number}", audience=audience, low=(number - 1) * 10, high=high)


HOME = "A front page with a summary that has at least fifty characters, as each needs."
ABOUT = "A page about us, with a summary that has at least fifty characters, as each needs."
BULLETS = "{% macro bullets(items) %}{% for item in items %}<li>{{ item.text | inline }}</li>{% endfor %}{% endmacro %}"


def make_project(root: Path, audiences: int = 2, levels: int = 3) -> None:
    files = {
        "content/site.yaml": "name: A site\ncontact: {url: /about/}\naddress: https://site.test/\n",
        "content/home.md": f'---\ntitle: Welcome\nsummary: "{HOME}"\n---\nHello.\n',
        "content/offers.yaml": OFFER.format(price=97),
        "content/curriculum.yaml": "stages: [{name: One, modules: [1], from: 1, to: 2}]\nmodules: [{number: 1}]\n",
        "content/pages/about.md": f'---\ntitle: About\nsummary: "{ABOUT}"\n---\nUs.\n',
        "layouts/words.yaml": (ROOT / "layouts/words.yaml").read_text(encoding="utf-8"),
        "layouts/base.html": BASE,
        "layouts/pages/level.html": LISTS,
        "layouts/pages/comparison.html": TABLE,
        "layouts/components/bullets.html": BULLETS,
        "layouts/css/base.css": "body { color: black }\n",
    }
    for path, text in plain_templates().items():
        files.setdefault(f"layouts/{path}", text if isinstance(text, str) else text.decode())
    for index in range(audiences):
        slug = f"people-{index}"
        files[f"content/{slug}/audience.md"] = AUDIENCE.format(name=f"People {index}")
        for number in range(1, levels + 1):
            files[f"content/{slug}/{number}-level-{number}.md"] = make_level(slug, number, levels)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def read_tree(root: Path) -> dict[str, bytes]:
    """The files of a site, without the assets of the build before and what tells of them."""
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    manifest = decode_manifest(files.get(MANIFEST, b""))
    if manifest:
        files[MANIFEST] = encode_manifest(structs.replace(manifest, retired=()))
        files = {path: data for path, data in files.items() if path not in manifest.retired}
    files.pop(LOCK, None)
    return files


class Project:
    """A site on a disk that is built again and again, by the front door's rules."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.monkeypatch = monkeypatch
        self.options: list[str] = []
        make_project(root)

    def build(self, output: str = "output", cache: str = "cache", extra: tuple[str, ...] = ()) -> int:
        self.monkeypatch.setenv("PYRAMID_CACHE", str(self.root / cache))
        folders = {"--content": "content", "--layouts": "layouts", "--output": output}
        arguments = [part for name, folder in folders.items() for part in (name, str(self.root / folder))]
        arguments += [*self.options, *extra]
        if find_state(arguments, ROOT):
            return 0
        return main(arguments)

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def assert_clean(self) -> None:
        """The output is what a clean build makes, to the byte."""
        shutil.rmtree(self.root / "clean", ignore_errors=True)
        shutil.rmtree(self.root / "clean-cache", ignore_errors=True)
        assert self.build("clean", "clean-cache") == 0
        assert read_tree(self.root / "output") == read_tree(self.root / "clean")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(tmp_path, monkeypatch)


# What an editor, an engineer or an accident may do between two builds.


def edit_symptom(project: Project, dice: random.Random) -> None:
    path = dice.choice(sorted((project.root / "content").glob("people-*/[0-9]*.md")))
    path.write_text(path.read_text().replace("symptom", f"sign{dice.randrange(9)}", 1))


def edit_keeping_size_and_time(project: Project, dice: random.Random) -> None:
    path = dice.choice(sorted((project.root / "content").glob("people-*/[0-9]*.md")))
    status = path.stat()
    path.write_text(path.read_text().replace("Opening words", f"0pening word{dice.randrange(9)}"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def set_clock_back(project: Project, dice: random.Random) -> None:
    project.write("content/home.md", project.read("content/home.md") + f"\nWord {dice.randrange(99)}.\n")
    os.utime(project.root / "content/home.md", (0, 0))


def rename_level(project: Project, dice: random.Random) -> None:
    path = dice.choice(sorted((project.root / "content").glob("people-*/1-*.md")))
    path.rename(path.with_name(f"1-first-{dice.randrange(99)}.md"))


def change_title(project: Project, dice: random.Random) -> None:
    path = dice.choice(sorted((project.root / "content").glob("people-*/[0-9]*.md")))
    path.write_text(path.read_text().replace("a headline", f"headline {dice.randrange(99)}"))


def add_audience(project: Project, dice: random.Random) -> None:
    slug = f"people-{dice.randrange(2, 12)}"
    shutil.rmtree(project.root / "content" / slug, ignore_errors=True)
    project.write(f"content/{slug}/audience.md", AUDIENCE.format(name=slug))
    for number in (1, 2):
        project.write(f"content/{slug}/{number}-level-{number}.md", make_level(slug, number, 2))


def remove_audience(project: Project, dice: random.Random) -> None:
    folders = sorted((project.root / "content").glob("people-*"))
    if len(folders) > 1:
        shutil.rmtree(dice.choice(folders))


def schedule_level(project: Project, dice: random.Random) -> None:
    path = dice.choice(sorted((project.root / "content").glob("people-*/2-*.md")))
    day = dice.choice(("draft: true", "publish: 2999-01-01", "publish: 2001-01-01", "expire: 2001-01-01"))
    text = path.read_text()
    lines = [line for line in text.split("\n") if not line.startswith(("draft:", "publish:", "expire:"))]
    path.write_text("\n".join([lines[0], day, *lines[1:]]))


def edit_template(project: Project, dice: random.Random) -> None:
    name = dice.choice(("base.html", "components/bullets.html", "pages/home.html", "files/robots.txt"))
    project.write(f"layouts/{name}", project.read(f"layouts/{name}") + f"{{# {dice.randrange(99)} #}} ")


def edit_style(project: Project, dice: random.Random) -> None:
    project.write("layouts/css/base.css", f"body {{ color: #{dice.randrange(100, 999)} }}\n")


def edit_words(project: Project, dice: random.Random) -> None:
    project.write("content/words.yaml", f"home: Home {dice.randrange(99)}\nsymptoms: Signs {dice.randrange(2)}\n")


def edit_settings(project: Project, dice: random.Random) -> None:
    project.write("content/site.yaml", f"name: Site {dice.randrange(99)}\ncontact: {{url: /about/}}\n")


def edit_offer(project: Project, dice: random.Random) -> None:
    project.write("content/offers.yaml", OFFER.format(price=dice.randrange(99)))


def change_options(project: Project, dice: random.Random) -> None:
    project.options = dice.choice(([], ["--drafts"], ["--base-url", "https://b.test/repo"], ["--jobs", "1"]))


def delete_output_file(project: Project, dice: random.Random) -> None:
    files = [path for path in (project.root / "output").rglob("*") if path.is_file()]
    dice.choice(sorted(path for path in files if path.name != MANIFEST)).unlink()


def edit_output_file(project: Project, dice: random.Random) -> None:
    files = sorted((project.root / "output").rglob("*.html"))
    dice.choice(files).write_text("edited by hand")


def break_manifest(project: Project, dice: random.Random) -> None:
    (project.root / "output" / MANIFEST).write_text(dice.choice(("", "{", '{"files": 3}', "[]")))


def clear_cache(project: Project, dice: random.Random) -> None:
    shutil.rmtree(project.root / "cache", ignore_errors=True)


def spoil_cache(project: Project, dice: random.Random) -> None:
    for path in sorted((project.root / "cache").rglob("*")):
        if path.is_file() and dice.random() < 0.5:
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2] + b"?" + data[len(data) // 2 + 1 :])


def fail_and_mend(project: Project, dice: random.Random) -> None:
    before = project.read("content/home.md")
    project.write("content/home.md", "---\ntitle: [\n---\n")
    tree = read_tree(project.root / "output")
    assert project.build() == 1
    assert read_tree(project.root / "output") == tree
    project.write("content/home.md", before)


def interrupt_build(project: Project, dice: random.Random) -> None:
    """A build is killed while its files move in."""
    edit_words(project, dice)
    moves = 0

    def replace(source: object, target: object, *, real: Callable[..., None] = os.replace) -> None:
        nonlocal moves
        moves += 1
        if moves > 4:
            raise KeyboardInterrupt
        real(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output_module.os, "replace", replace)
        project.build()


ACCIDENTS = (
    edit_symptom, edit_keeping_size_and_time, set_clock_back, rename_level, change_title, add_audience,
    remove_audience, schedule_level, edit_template, edit_style, edit_words, edit_settings, edit_offer,
    change_options, delete_output_file, edit_output_file, break_manifest, clear_cache, spoil_cache,
    fail_and_mend, interrupt_build,
)  # fmt: skip


# What knows which files are ours. With the manifest and the cache lost at once, nobody can tell that an asset of an
# earlier build was one of them, and it stays.
MEMORY = {break_manifest, clear_cache, spoil_cache}


def draw_accidents(dice: random.Random) -> list[Callable[[Project, random.Random], None]]:
    drawn = dice.choices(ACCIDENTS, k=dice.choice((1, 1, 2)))
    return drawn[:1] if MEMORY.issuperset(drawn) else drawn


@pytest.mark.chance(4)
def test_after_any_series_of_edits_the_output_is_that_of_a_clean_build(project: Project, dice: random.Random) -> None:
    assert project.build() == 0
    for _ in range(40):
        for accident in draw_accidents(dice):
            if (project.root / "output").exists() and any((project.root / "output").rglob("*.html")):
                accident(project, dice)
        assert project.build() == 0
        project.assert_clean()


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_each_kind_of_edit_alone_is_noticed(project: Project, accident: Callable[..., None]) -> None:
    assert project.build() == 0
    for seed in range(3):
        accident(project, random.Random(seed))
        assert project.build() == 0
        project.assert_clean()


def test_a_lost_manifest_is_recovered_from_the_cache(project: Project) -> None:
    assert project.build() == 0
    (project.root / "output" / MANIFEST).unlink()
    edit_words(project, random.Random(0))
    assert project.build() == 0
    project.assert_clean()


def test_a_hidden_dependency_would_be_noticed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The property above has teeth: a template that sees more than its page's context breaks it."""
    secret = {"value": "one"}
    make = render.Renderer.__init__

    def make_with_secret(self: render.Renderer, *arguments: object) -> None:
        make(self, *arguments)  # type: ignore[arg-type]
        self.environment.globals["secret"] = secret

    monkeypatch.setattr(render.Renderer, "__init__", make_with_secret)
    project.write("layouts/base.html", BASE + "{{ secret.value }}")
    assert project.build() == 0
    project.assert_clean()
    secret["value"] = "two"
    assert project.build() == 0
    with pytest.raises(AssertionError):
        project.assert_clean()


def test_an_edit_renders_only_the_pages_that_show_it(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.build()
    level = "content/people-0/2-level-2.md"
    project.write(level, project.read(level).replace("First symptom", "Another symptom"))
    capsys.readouterr()
    project.build(extra=("--why",))
    lines = capsys.readouterr().out.splitlines()
    rendered = {line.partition(": ")[0].removeprefix(f"{project.root}/output/"): line for line in lines[:-1]}
    assert set(rendered) == {
        "people-0/level-2/index.html", "people-0/level-2/index.md", "people-0/compare/index.html",
        "people-0/compare/index.md", "compare/2/index.html", "compare/2/index.md",
    }  # fmt: skip
    assert all(line.endswith(": content changed") for line in lines[:-1])


def link_to(project: Project, address: str) -> None:
    """The first level of the first audience leads to an address of the site."""
    level = "content/people-0/1-level-1.md"
    project.write(level, project.read(level).replace("First symptom", f"See [there](/{address})"))


def test_a_link_to_a_page_that_goes_is_noticed_where_nothing_else_changes(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a site of many audiences, what one says depends on others by the pages it leads to alone."""
    make_project(project.root, audiences=10)
    link_to(project, "people-9/level-2/")
    assert project.build() == 0
    path = project.root / "content/people-9/2-level-2.md"
    path.rename(path.with_name("2-higher.md"))
    assert project.build() == 1
    assert "there is no page at '/people-9/level-2/'" in capsys.readouterr().err
    path.with_name("2-higher.md").rename(path)
    assert project.build() == 0
    project.assert_clean()


def test_a_new_address_concerns_none_but_those_that_show_it(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    make_project(project.root, audiences=10)
    link_to(project, "people-8/level-1/")
    assert project.build() == 0
    path = project.root / "content/people-9/2-level-2.md"
    path.rename(path.with_name("2-higher.md"))
    capsys.readouterr()
    assert project.build(extra=("--why",)) == 0
    lines = capsys.readouterr().out.splitlines()[:-1]
    rendered = {line.partition(": ")[0].removeprefix(f"{project.root}/output/") for line in lines}
    assert {path for path in rendered if path.startswith("people-")} >= {"people-9/higher/index.html"}
    assert not [path for path in rendered if path.startswith("people-") and not path.startswith("people-9/")]
    assert "sitemap.xml" in rendered
    project.assert_clean()


def test_a_page_that_goes_while_the_manifest_is_broken_goes_all_the_same(project: Project) -> None:
    assert project.build() == 0
    break_manifest(project, random.Random(0))
    shutil.rmtree(project.root / "content/people-1")
    assert project.build() == 0
    project.assert_clean()


def test_a_changed_template_is_named_as_the_reason(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.build()
    project.write("layouts/components/bullets.html", project.read("layouts/components/bullets.html") + "\n")
    capsys.readouterr()
    project.build(extra=("--why",))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6 + 1
    assert lines[0].endswith("level-1/index.html: template changed: components/bullets.html")


def test_nothing_changed_is_answered_from_the_notes(project: Project) -> None:
    project.build()
    clean: Mapping[str, float] = {str(path): path.stat().st_ctime_ns for path in (project.root / "output").rglob("*")}
    arguments = ["--content", str(project.root / "content"), "--layouts", str(project.root / "layouts"),
                 "--output", str(project.root / "output")]  # fmt: skip
    state = find_state(arguments, ROOT)
    assert state is not None
    assert state["report"][2] == len(read_tree(project.root / "output")) - 1
    assert project.build() == 0
    assert clean == {str(path): path.stat().st_ctime_ns for path in (project.root / "output").rglob("*")}
