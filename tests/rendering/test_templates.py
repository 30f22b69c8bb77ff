"""Templates: values are shown as jinja2 shows them, its extensions work, and what was compiled is kept."""

from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from generator.files.tree import MemoryTree
from generator.pages.page import Page
from generator.rendering.templates import Renderer


def render(sources: dict[str, str], folder: Path | None = None, extensions: tuple[str, ...] = ()) -> str:
    renderer = Renderer(MemoryTree(sources, "layouts"), {}, str(folder) if folder else None)
    for extension in extensions:
        renderer.environment.add_extension(extension)
    return renderer.render(Page("a", "pages/a.html", {"values": [1]}))


def test_extensions_of_jinja2_work() -> None:
    source = (
        "{% do values.append(2) %}{{ values }}{% for n in values %}{% if n > 1 %}{% break %}{% endif %}{% endfor %}"
    )
    assert render({"pages/a.html": source}, None, ("jinja2.ext.do", "jinja2.ext.loopcontrols")) == "[1, 2]"


def test_compiled_templates_are_kept_and_belong_to_their_source(tmp_path: Path) -> None:
    for text in ("one", "two", "two"):
        assert render({"pages/a.html": text}, tmp_path) == text
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("at", [0, 1, 40, 60, -1])
def test_a_compiled_template_that_was_altered_is_compiled_anew(tmp_path: Path, at: int) -> None:
    assert render({"pages/a.html": "{{ values }}"}, tmp_path) == "[1]"
    (place,) = tmp_path.iterdir()
    data = bytearray(place.read_bytes())
    data[at] ^= 255
    place.write_bytes(data)
    assert render({"pages/a.html": "{{ values }}"}, tmp_path) == "[1]"
    place.write_bytes(data[:at])
    assert render({"pages/a.html": "{{ values }}"}, tmp_path) == "[1]"


def test_templates_are_rendered_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert render({"pages/a.html": "{{ values }}"}, tmp_path / "file") == "[1]"


SHOWN = """{% from "components/b.html" import around, frame %}{{ v }}|{{ v ~ "<" }}|{{ v | string | upper }}
{% set kept %}<i>{{ v }}</i>{% endset %}{{ kept }}|{{ frame(v) }}|{{ frame(kept) }}
{% call around("&") %}{{ v }}{% endcall %}
{% for each in [v, "<"] %}{{ loop.index }}{{ each }}{% endfor %}
{{ v if v else "'" }}|{{ {"a": v}.a }}|{{ "\\"" | safe }}|{{ "\\"" }}"""
FRAME = """{% macro frame(text) %}<b>{{ text }}</b>{% endmacro %}
{% macro around(text) %}<b>{{ text }}{{ caller() }}</b>{% endmacro %}"""


class Marked:
    def __html__(self) -> str:
        return "<u>marked</u>"

    def __repr__(self) -> str:
        return "<marked>"


@pytest.mark.parametrize(
    "value", ["plain", "<&>'\"", "", None, 3, 2.5, True, ["<"], {"<": "&"}, Markup("<em>"), Marked()], ids=repr
)
@pytest.mark.parametrize("suffix", ["html", "txt"])
def test_a_template_shows_a_value_as_jinja2_does(value: object, suffix: str) -> None:
    sources = {f"pages/a.{suffix}": SHOWN, "components/b.html": FRAME}
    theirs = jinja2.Environment(
        autoescape=jinja2.select_autoescape(), loader=jinja2.DictLoader(sources), trim_blocks=True, lstrip_blocks=True
    )
    page = Page("a", f"pages/a.{suffix}", {"v": value})
    text = Renderer(MemoryTree(sources, "layouts"), {}).render(page)
    assert text == theirs.get_template(page.template).render(v=value)
