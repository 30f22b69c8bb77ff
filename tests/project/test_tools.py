"""The tools that other tests rely on: each is tested with a case that it must reject."""

import re
import shutil
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page
from pytest import TestReport

from tests.sites import ROOT
from tests.tools import chromium, mutants, node, preview, server
from tests.tools.processes import starts_process
from tests.tools.progress import Progress

Serve = Callable[..., str]
Write = Callable[..., Path]

SITE = {
    "index.html": "home",
    "about/index.html": "about",
    "page.html": "page",
    "404.html": "not found",
    "assets/a.css": "a {}",
    "_headers": "/*\n  X-Everywhere: 1\n  X-Twice: a\n/assets/*\n  X-Twice: b\n/page\n  X-Page: 1\n",
    "_redirects": "# old addresses\n/old /about/ 302\n/older /about/\n",
}


def request(address: str, method: str = "GET") -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of a response; redirects are not followed."""

    class NoRedirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    query = urllib.request.Request(address, method=method)  # noqa: S310 - it is our own server
    try:
        response = urllib.request.build_opener(NoRedirects).open(query)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return int(response.status), response.read().decode(), dict(response.headers)


# Chance


CHANCE = """
import pytest
from hypothesis import given, strategies

@given(strategies.integers())
def test_of_hypothesis(number):
    print("drew", number)
    assert number < 1000

@pytest.mark.chance(3)
def test_of_its_own(dice):
    number = dice.random()
    print("drew", number)
    assert number < 0

def test_of_no_chance():
    assert True
"""


def test_what_fails_by_chance_on_ci_tells_the_command_that_repeats_it_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "test_chance.py").write_text(CHANCE)
    command = [sys.executable, "-m", "pytest", "-p", "tests.chance", "-c", ROOT / "pyproject.toml", tmp_path]
    monkeypatch.setenv("CI", "true")
    said = run_tests(*command, "-n2", "-m", "chance", "--seed", "new")
    seed = re.search(r"^seed: (\d+)$", said, re.MULTILINE)
    assert seed
    assert "4 failed in" in said
    for name, count in {"test_of_hypothesis": 1, "test_of_its_own": 3}.items():
        assert said.count(f"python3 build.py test --seed {seed[1]} -k {name}\n") == count
    monkeypatch.delenv("CI")
    again = run_tests(*command, "--seed", seed[1])
    assert "4 failed, 1 passed in" in again
    assert find_drawn(said) == find_drawn(again) != set()


def find_drawn(said: str) -> set[str]:
    return set(re.findall("^drew .*", said, re.MULTILINE))


def run_tests(*command: str | Path) -> str:
    return subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False).stdout


# Mutants


SHOWN = {
    "generator.a.x_one__mutmut_1": "- low < high\n+ low <= high",
    "generator.a.x_one__mutmut_2": "- zip(a, b, strict=True)\n+ zip(a, b, strict=False)",
}


@pytest.mark.parametrize(("one", "code"), [("survived", 1), ("no tests", 1), ("killed", 0), ("timeout", 0)])
def test_a_mutant_that_survives_is_shown_unless_it_is_explained(
    one: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = SHOWN
    results = f"    {first}: {one}\n    {second}: survived\n    generator.b.x_two__mutmut_1: not checked\n"

    def run(command: list[str], **options: object) -> "subprocess.CompletedProcess[str]":
        answers = {"run": "", "results": results, "show": f"--- a\n+++ b\n@@ -1 +1 @@\n{SHOWN.get(command[-1], '')}\n"}
        return subprocess.CompletedProcess(command, 0, answers[command[1]])

    monkeypatch.setattr(subprocess, "run", run)
    assert mutants.main([]) == code
    shown, _, summary = capsys.readouterr().out.rpartition("\n2 mutants: ")
    assert shown == f"\n{first}: {one}\n- low < high\n+ low <= high\n" * code
    assert summary == f"{1 - code} killed, 1 explained, {code} survived\n"


def test_an_explanation_is_of_a_line_that_is_still_mutated() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    text = "\n".join((ROOT / path).read_text("utf-8") for path in settings["tool"]["mutmut"]["only_mutate"])
    lines = [line.strip() for line in text.splitlines()]
    assert [before for before, _ in mutants.EXPLAINED if not any(re.search(before, line) for line in lines)] == []


# The server


@pytest.mark.parametrize("prefix", ["/", "/repo/"])
def test_the_server_responds_like_a_static_host(serve_folder: Serve, write_site: Write, prefix: str) -> None:
    address = serve_folder(write_site(SITE), prefix)
    assert request(address)[:2] == (200, "home")
    assert request(f"{address}about/")[:2] == (200, "about")
    assert request(f"{address}about/index.html")[:2] == (200, "about")
    assert request(f"{address}page")[:2] == (200, "page")
    assert request(f"{address}about/?a=1")[:2] == (200, "about")
    status, _, headers = request(f"{address}about")
    assert (status, headers["Location"]) == (301, f"{prefix}about/")
    assert request(f"{address}nowhere/")[:2] == (404, "not found")
    assert request(f"{address}../secret")[0] == 404
    assert request(f"{address}assets/a.css")[2]["Content-Type"] == "text/css; charset=utf-8"
    assert request(address, "HEAD")[:2] == (200, "")


def test_at_the_root_headers_and_redirects_of_netlify_are_applied(serve_folder: Serve, write_site: Write) -> None:
    address = serve_folder(write_site(SITE))
    assert request(f"{address}assets/a.css")[2]["X-Twice"] == "a, b"
    assert request(f"{address}page")[2]["X-Page"] == "1"
    assert "X-Page" not in request(f"{address}about/")[2]
    assert [request(f"{address}{old}")[0] for old in ("old", "older")] == [302, 301]
    assert request(f"{address}old")[2]["Location"] == "/about/"


def test_below_a_prefix_they_are_not_and_addresses_outside_it_are_404(serve_folder: Serve, write_site: Write) -> None:
    address = serve_folder(write_site(SITE), "/repo/")
    assert "X-Everywhere" not in request(address)[2]
    assert request(f"{address}old")[0] == 404
    assert request(address.removesuffix("repo/"))[:2] == (404, "Not here.")


# The browser


def test_a_page_without_errors_passes(page: Page, serve_folder: Serve, write_site: Write) -> None:
    page.goto(serve_folder(write_site({"index.html": "<title>Fine</title><script>console.log('fine')</script>"})))
    assert page.title() == "Fine"


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<script>console.error('wrong')</script>", "console error: wrong"),
        ("<script>console.warn('odd')</script>", "console warning: odd"),
        ("<script>nothing()</script>", "nothing is not defined"),
        ("<img src='gone.png'>", "404 (Not Found)"),
        ("<img src='https://elsewhere.test/a.png'>", "request to https://elsewhere.test/a.png"),
        ("<script>fetch('https://elsewhere.test/').catch(() => 0)</script>", "request to https://elsewhere.test/"),
    ],
)
def test_an_error_of_a_page_is_reported(
    page: Page, faults: list[str], serve_folder: Serve, write_site: Write, html: str, fault: str
) -> None:
    page.goto(serve_folder(write_site({"index.html": html})), wait_until="networkidle")
    assert any(fault in seen for seen in faults)
    faults.clear()


def test_the_browser_applies_a_content_security_policy_of_the_headers(
    page: Page, faults: list[str], serve_folder: Serve, write_site: Write
) -> None:
    policy = "/*\n  Content-Security-Policy: default-src 'none'\n"
    page.goto(serve_folder(write_site({"index.html": "<script>document.title = 1</script>", "_headers": policy})))
    assert page.title() == ""
    assert "Content Security Policy" in faults[0]
    faults.clear()


KEPT = "[document.cookie, localStorage.length, sessionStorage.length, history.length].join()"


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_page_knows_nothing_of_the_page_of_another_test(
    page: Page, serve_folder: Serve, built_site: Path, turn: str
) -> None:
    """Though they have one browser context, and the same site."""
    page.goto(serve_folder(built_site))
    assert page.evaluate(KEPT) == ",0,0,2"
    page.evaluate("document.cookie = 'a=b'; localStorage.a = sessionStorage.a = 'b'")
    assert page.evaluate(KEPT) == "a=b,1,1,2"


def test_a_named_browser_comes_first_then_one_on_the_path(tmp_path: Path) -> None:
    for name in ("mine", "chrome", "google-chrome"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    path = {"PATH": str(tmp_path)}
    named = {"CHROMIUM": str(tmp_path / "mine"), "CHROME_PATH": str(tmp_path / "chrome")}
    assert chromium.find_chromium({**path, **named}) == named["CHROMIUM"]
    assert chromium.find_chromium({**path, "CHROME_PATH": named["CHROME_PATH"]}) == named["CHROME_PATH"]
    assert chromium.find_chromium(path) == str(tmp_path / "google-chrome")
    with pytest.raises(AssertionError, match="CHROMIUM names nothing, which cannot be run"):
        chromium.find_chromium({**path, "CHROMIUM": "nothing"})


def test_a_browser_in_a_usual_place_is_found(tmp_path: Path) -> None:
    place = tmp_path / "Chrome"
    assert chromium.find_chromium({"PATH": ""}, [str(place)]) is None
    place.touch()
    assert chromium.find_chromium({"PATH": ""}, [str(place)]) == str(place)


def test_without_a_browser_the_error_names_the_command_that_installs_one() -> None:
    with pytest.raises(AssertionError, match="sudo apt-get install chromium"):
        chromium.install_chromium(find=lambda: None, may_install=lambda: False)


# Node.js


def test_node_on_the_path_is_used_only_if_it_is_new_enough(tmp_path: Path) -> None:
    def find() -> node.Node | None:
        return node.find_node(str(tmp_path), "no_such_package")

    assert find() is None
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v20.1.0\n")
        (tmp_path / name).chmod(0o755)
    assert find() == node.Node([str(tmp_path / "node")], [str(tmp_path / "npm")])
    (tmp_path / "node").write_text("#!/bin/sh\necho v18.20.4\n")
    assert find() is None
    (tmp_path / "node").write_text("#!/bin/sh\nexit 1\n")
    assert find() is None


def test_packages_are_installed_again_when_their_lock_file_has_changed(tmp_path: Path) -> None:
    lock = tmp_path / "package-lock.json"
    lock.write_text("{}")
    (tmp_path / "node_modules").mkdir()
    shutil.copy(lock, tmp_path / "node_modules" / node.STAMP)
    assert node.install_packages(tmp_path) == tmp_path / "node_modules"
    lock.write_text("{")
    with pytest.raises(AssertionError, match="In tests/, run `npm ci`"):
        node.install_packages(tmp_path)


# Which tests start processes


def test_what_starts_a_process_by_whatever_way_is_known() -> None:
    def start_in_a_function_within() -> object:
        def start() -> object:
            return subprocess.run([], check=False)

        return start

    for thing in (start_in_a_function_within, Starter, chromium.install_chromium, request_node, preview.run_preview):
        assert starts_process([thing]), thing
    for thing in (request, server.serve, Progress, test_below_a_prefix_they_are_not_and_addresses_outside_it_are_404):
        assert not starts_process([thing]), thing


class Starter:
    @property
    def version(self) -> object:
        return request_node()


def request_node() -> object:
    return node.run_script(Path(), "")


# Progress


When = Literal["setup", "call", "teardown"]
Outcome = Literal["passed", "failed"]


def report_of(name: str, when: When, outcome: Outcome) -> TestReport:
    return TestReport(name, ("", None, ""), {}, outcome, None, when)


def count(live: bool, total: int, failed: Sequence[int] = ()) -> str:
    """What is said of so many tests, of which some fail."""
    told: list[str] = []
    progress = Progress(told.append, live)
    progress.pytest_xdist_node_collection_finished([""] * total)
    for number in range(total):
        progress.pytest_runtest_logreport(report_of(f"test_{number}", "setup", "passed"))
        progress.pytest_runtest_logreport(
            report_of(f"test_{number}", "call", "failed" if number in failed else "passed")
        )
        progress.pytest_runtest_logreport(report_of(f"test_{number}", "teardown", "passed"))
    return "".join(told)


def test_in_a_terminal_one_line_tells_how_far_the_tests_are() -> None:
    lines = count(live=True, total=3, failed=[1]).split("\r\x1b[K")
    assert lines == [
        "",
        "33 %, 1 of 3 tests, none failed",
        "FAILED test_1\n",
        "66 %, 2 of 3 tests, 1 failed",
        "100 %, 3 of 3 tests, 1 failed\n",
    ]


def test_where_no_one_watches_there_is_a_line_for_every_tenth() -> None:
    lines = count(live=False, total=400, failed=[399]).splitlines()
    assert lines[0] == "10 %, 40 of 400 tests, none failed"
    assert lines[-2:] == ["FAILED test_399", "100 %, 400 of 400 tests, 1 failed"]
    assert len(lines) == 11


@pytest.mark.parametrize(
    ("when", "outcome", "category"),
    [("setup", "passed", ""), ("call", "passed", "passed"), ("call", "failed", "failed"), ("setup", "failed", "error")],
)
def test_the_summary_of_pytest_counts_on(when: When, outcome: Outcome, category: str) -> None:
    assert Progress(str, live=True).pytest_report_teststatus(report_of("", when, outcome)) == (category, "", "")
