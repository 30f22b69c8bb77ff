"""jinja2 without its compiler, and work in a copy of the process: what they save, and that nothing hangs on them."""

import subprocess
import sys
import threading
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from generator.beside import work_beside
from generator.folders import MemoryFolder
from generator.page import Page
from generator.render import Renderer
from generator.store import Store
from tests.sites import ROOT

COMPILERS = ("jinja2.compiler", "jinja2.lexer", "jinja2.parser")

RENDER = """
import sys
from pathlib import Path
from generator.later import Later
from generator.folders import MemoryFolder
from generator.page import Page
from generator.render import Renderer
from generator.store import Store

layouts = MemoryFolder({"pages/a.html": "{% for n in [1, 2] %}{{ n }}{{ what | upper }}{% endfor %}"}, "layouts")
text = Renderer(layouts, {}, Store(Path(sys.argv[1]), "1")).render(Page("a", "pages/a.html", {"what": "x"}))
print(text, [name for name in sys.argv[2:] if isinstance(sys.modules[name], Later)])
"""


def render_in_a_process(store: Path) -> str:
    command = [sys.executable, "-c", RENDER, str(store), *COMPILERS]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def test_what_compiles_templates_is_loaded_only_where_one_has_to_be_compiled(tmp_path: Path) -> None:
    assert render_in_a_process(tmp_path) == "1X2X []"
    assert render_in_a_process(tmp_path) == f"1X2X {list(COMPILERS)}"


def test_the_whole_of_jinja2_is_there_for_others() -> None:
    """Also after this program has imported it: for a library, say, that uses it too."""
    code = "import generator.jinja, jinja2; print(jinja2.Environment().from_string('{{ 1 + 1 }}').render())"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "2"


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
    """Whatever is done to be faster."""
    sources = {f"pages/a.{suffix}": SHOWN, "components/b.html": FRAME}
    theirs = jinja2.Environment(
        autoescape=jinja2.select_autoescape(), loader=jinja2.DictLoader(sources), trim_blocks=True, lstrip_blocks=True
    )
    page = Page("a", f"pages/a.{suffix}", {"v": value})
    text = Renderer(MemoryFolder(sources, "layouts"), {}).render(page)
    assert text == theirs.get_template(page.template).render(v=value)


def test_a_compiled_template_belongs_to_its_source(tmp_path: Path) -> None:
    store = Store(tmp_path, "1")
    assert not store.knows_templates()
    store.write_template("a", "source", b"code")
    assert store.knows_templates()
    assert store.read_template("a", "source") == b"code"
    assert store.read_template("a", "other source") is None
    assert store.read_template("b", "source") is None
    assert Store(tmp_path, "2").read_template("a", "source") is None


LIGHTLY = """
import sys
from generator.later import Later, load_lightly

with load_lightly():
    import msgspec
    import generator.jinja
print([name for name in ("inspect", "typing_extensions") if name in sys.modules])
import inspect, typing_extensions
print(isinstance(inspect, Later), inspect.signature(len), bool(typing_extensions.Required))
"""


def test_what_libraries_do_without_is_there_for_others() -> None:
    run = subprocess.run([sys.executable, "-c", LIGHTLY], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["[]", "False (obj, /) True"]


# Work beside. The processes of the tests have threads, so a fresh one is asked.

BESIDE = """
import os, sys
from contextlib import suppress
from pathlib import Path
from generator.beside import work_beside

folder = Path(sys.argv[1])

def work():
    (folder / str(os.getpid())).touch()
    raise RuntimeError

with suppress(KeyError), work_beside(work):
    if sys.argv[2] == "fail":
        raise KeyError
with suppress(ChildProcessError):
    print("a child is left", os.waitpid(-1, os.WNOHANG))
print(os.getpid())
"""


@pytest.mark.parametrize("what", ["go on", "fail"])
def test_work_is_done_in_a_copy_of_the_process_which_is_waited_for(tmp_path: Path, what: str) -> None:
    """Where a process can be copied safely; elsewhere the work is left undone."""
    command = [sys.executable, "-c", BESIDE, str(tmp_path), what]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    done = [path.name for path in tmp_path.iterdir()]
    assert len(done) == (sys.platform == "linux")
    assert run.stdout.split() not in [[name] for name in done]
    assert (len(run.stdout.split()), run.stderr) == (1, "")


def test_a_process_with_threads_is_not_copied(tmp_path: Path) -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        with work_beside((tmp_path / "done").touch):
            pass
    finally:
        end.set()
        thread.join()
    assert not (tmp_path / "done").exists()
