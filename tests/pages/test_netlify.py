"""What Netlify reads: netlify.toml, and the `_headers` and `_redirects` of a built site, by its own parsers."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tools.node import run_script
from tests.tools.preview import copy_program

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = ROOT / "netlify.toml"
PARSER = ROOT / "tests" / "tools" / "netlify.mjs"

pytestmark = pytest.mark.usefixtures("node_packages")
Write = Callable[[dict[str, str]], Path]


def parse(folder: Path, *settings: Path) -> Any:
    """`headers`, `redirects` and `errors` of a built folder."""
    return run_script(PARSER, folder, *settings)


def test_the_settings_name_the_folder_and_a_python_that_is_new_enough() -> None:
    settings = tomllib.loads(SETTINGS.read_text())
    assert settings["build"]["publish"] == "output"
    version = tuple(map(int, settings["build"]["environment"]["PYTHON_VERSION"].split(".")))
    assert version >= (3, 11)


def test_the_command_builds_the_site_and_keeps_what_it_has_learned_where_netlify_keeps_it(tmp_path: Path) -> None:
    """Called as Netlify does: by bash, with a home of its own. The next build finds its output gone, but not that."""
    command = tomllib.loads(SETTINGS.read_text())["build"]["command"]
    project, home = tmp_path / "repo", tmp_path / "home"
    copy_program(project)
    shutil.copytree(ROOT / "content", project / "content")
    shutil.copy(ROOT / "requirements.txt", project)
    (project / ".venv").symlink_to(ROOT / ".venv")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "HOME": str(home), "PATH": path, "NETLIFY": "true", "CONTEXT": "production"}
    for _ in range(2):
        build = subprocess.run(["bash", "-c", command], cwd=project, env=environment, check=False, capture_output=True)
        assert build.returncode == 0, build.stderr.decode()
        assert (project / "output" / "index.html").is_file()
        assert list((home / ".cache").glob("*/*/state.json"))
        assert not (project / ".cache").exists()
        shutil.rmtree(project / "output")


def test_the_settings_have_no_fault_that_netlify_would_find(write_site: Write) -> None:
    assert parse(write_site({}), SETTINGS) == {"headers": [], "redirects": [], "errors": []}


def test_good_files_are_read(write_site: Write) -> None:
    folder = write_site({"_headers": "# All\n/*\n  X-One: 1\n", "_redirects": "/old /new/ 301\n"})
    result = parse(folder)
    assert result["errors"] == []
    assert result["headers"] == [{"for": "/*", "values": {"X-One": "1"}}]
    assert [(rule["from"], rule["to"], rule["status"]) for rule in result["redirects"]] == [("/old", "/new/", 301)]


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"_headers": "/*\n  X-One:\n"}, "Missing header value"),
        ({"_headers": "X-One: 1\n"}, "Path should come before header"),
        ({"_redirects": "/old\n"}, "/old"),
        ({"_redirects": "/old new 301\n"}, "/old new 301"),
    ],
)
def test_a_fault_is_found(write_site: Write, files: dict[str, str], complaint: str) -> None:
    errors = parse(write_site(files))["errors"]
    assert len(errors) == 1
    assert complaint in errors[0]


def test_the_headers_of_the_built_site_are_read_whole(built_site: Path) -> None:
    result = parse(built_site, SETTINGS)
    assert result["errors"] == []
    lines = [line.strip() for line in (built_site / "_headers").read_text().splitlines()]
    rules = [line for line in lines if line and not line.startswith("#")]
    # The parser passes over a line that is neither a path nor a header: nothing may be lost.
    assert len(rules) == sum(1 + len(rule["values"]) for rule in result["headers"])
    everywhere = next(rule["values"] for rule in result["headers"] if rule["for"] == "/*")
    assert "default-src 'none'" in everywhere["Content-Security-Policy"]


def test_the_redirects_of_the_built_site_lead_to_pages_that_exist(built_site: Path) -> None:
    result = parse(built_site, SETTINGS)
    lines = (built_site / "_redirects").read_text().splitlines()
    assert len(result["redirects"]) == len([line for line in lines if line.strip() and not line.startswith("#")])
    for rule in result["redirects"]:
        assert (built_site / rule["to"].removeprefix("/") / "index.html").is_file()
