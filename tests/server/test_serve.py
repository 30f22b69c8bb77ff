"""The preview: whatever is saved is what is shown, and no request waits for it."""

import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.build.memory import WatchedFolder
from generator.cli import serve as command
from generator.content.routes import find_page
from generator.diagnostics.diagnostic import WHOLE_FILE, Position, error_at
from generator.diagnostics.snippets import take_excerpts, to_message, to_text
from generator.server.hosting import Answer, find_file, insert, read_redirects
from generator.server.watcher import Told
from generator.server.worker import Worker
from tests.sites import SITE
from tests.tools.preview import Running, copy_program, run_preview

LEVEL = "content/makers/1-new.md"
PAGE = "/makers/new/"
FIRST = "You have the first symptom"


@pytest.fixture
def project(tmp_path: Path, write_site: Callable[..., Path]) -> Path:
    """A whole project with the small site."""
    copy_program(tmp_path / "project")
    write_site(SITE, tmp_path / "project" / "content")
    return tmp_path / "project"


@pytest.fixture
def preview(project: Path) -> Iterator[Running]:
    with run_preview(project) as running:
        yield running


# What is saved is shown.


def test_a_save_reaches_every_page_that_it_concerns(preview: Running) -> None:
    preview.replace(LEVEL, "name: New", "name: Newest")
    for page in (PAGE, "/makers/", "/makers/compare/", "/"):
        preview.await_text(page, "Newest")
    shutil.move(preview.folder / LEVEL, preview.folder / "content/makers/1-newest.md")
    preview.await_text("/makers/newest/", FIRST)
    preview.await_text("/sitemap.xml", "/makers/newest/")
    assert preview.get(PAGE)[0] == 404


def test_an_editor_may_save_by_renaming(preview: Running) -> None:
    for word in ("One", "Two", "Three"):
        temporary = preview.folder / "content/makers/.1-new.md.part"
        temporary.write_text(SITE_LEVEL.replace(FIRST, f"Saved as {word}."), encoding="utf-8")
        os.replace(temporary, preview.folder / LEVEL)
        preview.await_text(PAGE, f"Saved as {word}.")


SITE_LEVEL = str(SITE["makers/1-new.md"])


def test_a_new_folder_is_a_new_audience_and_goes_again(preview: Running) -> None:
    source = preview.folder / "new"
    for path, text in SITE.items():
        if path.startswith("users/"):
            other = str(text).replace("Users", "Thinkers").replace("Lost", "Puzzled").replace("Found", "Wise")
            preview.write(f"new/{path.removeprefix('users/')}", other)
    shutil.copytree(source, preview.folder / "content/thinkers")
    preview.await_text("/thinkers/lost/", FIRST)
    shutil.rmtree(preview.folder / "content/thinkers")
    preview.await_truth(lambda: preview.get("/thinkers/lost/")[0] == 404, "end of the audience")


def test_a_change_of_five_hundred_files_ends_in_all_of_them(preview: Running) -> None:
    def fill(word: str) -> None:
        shutil.rmtree(preview.folder / "content/pages")
        for number in range(500):
            text = str(SITE["pages/about.md"]).replace("about us", f"{number}").replace("About us", f"{word} {number}")
            preview.write(f"content/pages/page-{number}.md", text)

    for word in ("first", "second"):
        fill(word)
        for number in (0, 250, 499):
            preview.await_text(f"/page-{number}/", f"{word} {number}")
    assert preview.get("/about/")[0] == 404


def test_the_content_folder_may_go_and_come_back(preview: Running) -> None:
    (preview.folder / "content").rename(preview.folder / "away")
    preview.await_line("the pages stay as they were")
    preview.replace("away/makers/1-new.md", FIRST, "Changed while away.")
    (preview.folder / "away").rename(preview.folder / "content")
    preview.await_text(PAGE, "Changed while away.")
    preview.replace(LEVEL, "Changed while away.", "And changed again.")
    preview.await_text(PAGE, "And changed again.")


def test_drafts_are_shown_if_one_wishes(project: Path) -> None:
    path = project / "content/pages/about.md"
    path.write_text(path.read_text(encoding="utf-8").replace("---\ntitle", "---\ndraft: true\ntitle"), encoding="utf-8")
    with run_preview(project) as running:
        assert running.get("/about/")[0] == 404
    with run_preview(project, "--drafts") as running:
        assert running.get("/about/")[0] == 200


def test_a_save_without_a_change_builds_nothing(preview: Running) -> None:
    said = len(preview.lines)
    preview.write(LEVEL, SITE_LEVEL)
    os.utime(preview.folder / LEVEL)
    preview.write("content/makers/1-new.md~", "An editor's leftover")
    preview.replace("content/home.md", "small", "tiny")
    preview.await_text("/", "tiny")
    preview.await_line("content/home.md")
    assert len(preview.lines) == said + 1


# Requests.


def test_no_request_waits_for_a_build(preview: Running) -> None:
    preview.replace("layouts/pages/article.html", "{% block main %}", "{% block main %}" + SLOW)
    old = 0
    while "It took its time" not in preview.get("/about/")[2]:
        old += 1
    assert old > 20


SLOW = "It took its time{% for a in range(4000) %}{% for b in range(4000) %}{% endfor %}{% endfor %}"


def test_an_address_answers_as_it_will_when_deployed(preview: Running) -> None:
    status, headers, text = preview.get("/nowhere/at/all")
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert text == (find_site(preview) / "404.html").read_text(encoding="utf-8")
    assert preview.get("/makers")[0::2] == (301, "")
    assert preview.get("/makers")[1]["Location"] == "/makers/"
    assert preview.get("/sitemap.xml")[1]["Content-Type"] == "application/xml"
    assert preview.get("/_headers")[0] == 404
    assert preview.get("/../build.py")[0] == 404


def test_files_stay_as_they_are_and_only_what_is_served_has_the_script(preview: Running) -> None:
    assert "data-preview" in preview.get("/", {})[2]
    assert "data-preview" not in (find_site(preview) / "index.html").read_text(encoding="utf-8")
    assert not (preview.folder / "output").exists()


def test_no_page_from_elsewhere_may_listen(preview: Running) -> None:
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "c29tZSBzaXh0ZWVuIGI=",
        "Origin": "http://elsewhere.test",
    }
    assert preview.get("/livereload", handshake)[0] == 403


def find_site(preview: Running) -> Path:
    return next((preview.folder / ".cache" / "preview").glob("*/site"))


# Problems.


def test_the_terminal_tells_of_a_mistake_with_its_lines_and_of_its_end(preview: Running) -> None:
    preview.replace(LEVEL, "metric:", "metrik:")
    preview.await_line("> 5 | metrik: {from: 0, to: 1000}")
    assert any("content/makers/1-new.md:5:1: unknown field 'metrik'." in line for line in preview.lines)
    assert preview.get(PAGE)[0] == 200
    preview.write(LEVEL, SITE_LEVEL)
    preview.await_line("mended")


def test_a_site_that_cannot_be_built_at_first_is_shown_once_it_can(project: Path) -> None:
    (project / LEVEL).write_text("no front matter", encoding="utf-8")
    with run_preview(project) as running:
        status, _, text = running.get("/", {})
        assert status == 503
        assert "content/makers/1-new.md:1:1" in text
        running.write(LEVEL, SITE_LEVEL)
        running.await_text(PAGE, FIRST)


def test_a_fault_of_the_program_is_a_problem_like_others(preview: Running) -> None:
    preview.replace("layouts/pages/article.html", "{% block main %}", "{% block main %}{{ 1 // 0 }}")
    preview.await_line("layouts/pages/article.html")
    preview.replace("layouts/pages/article.html", "{{ 1 // 0 }}", "")
    preview.await_line("mended")


def test_two_hundred_files_of_any_kind_leave_nothing_behind(preview: Running) -> None:
    chance = random.Random(7)
    paths = [path for path in SITE if path.startswith(("makers/", "users/", "pages/"))]
    preview.await_text(PAGE, FIRST)
    before = measure(preview)
    for number in range(200):
        path = chance.choice(
            [*paths, f"pages/more-{number % 9}.md", f"odd {number % 5}.bin", f"makers/{number % 4}-x.md"]
        )
        place = preview.folder / "content" / path
        match chance.choice(["valid", "invalid", "binary", "delete", "rename"]):
            case "valid":
                preview.write(f"content/{path}", SITE.get(path, SITE["pages/about.md"]))
            case "invalid":
                preview.write(f"content/{path}", "---\ntitle: [never\nname\n---\n## Half\nA")
            case "binary":
                preview.write(f"content/{path}", chance.randbytes(500))
            case "delete":
                place.unlink(missing_ok=True)
            case "rename" if place.exists():
                place.rename(place.with_name(f"renamed-{number}.md"))
        time.sleep(chance.choice([0, 0.005, 0.02]))
    shutil.rmtree(preview.folder / "content")
    for path, text in SITE.items():
        preview.write(f"content/{path}", text)
    preview.replace(LEVEL, FIRST, "After all that.")
    preview.await_text(PAGE, "After all that.")
    # A build that is under way has files open, and a connection that has just ended too.
    preview.await_truth(lambda: measure(preview)["files"] <= before["files"], "all files are closed")
    after = measure(preview)
    assert after["threads"] <= before["threads"]
    assert after["memory"] <= before["memory"] + 60_000


def measure(preview: Running) -> dict[str, int]:
    """Threads, open files and memory (KiB) of the process, where the system tells: on Linux."""
    place = Path(f"/proc/{preview.process.pid}")
    if not place.exists():
        return {"threads": 0, "files": 0, "memory": 0}
    status = dict(line.split(":", 1) for line in (place / "status").read_text(encoding="utf-8").splitlines())
    return {
        "threads": int(status["Threads"]),
        "files": len(list((place / "fd").iterdir())),
        "memory": int(status["VmRSS"].split()[0]),
    }


# The program itself.


def test_a_change_of_the_program_starts_it_anew_at_the_same_address(preview: Running) -> None:
    process = preview.process.pid
    preview.replace("generator/server/hosting.py", '".xml": "application/xml"', '".xml": "text/xml"')
    preview.await_truth(lambda: preview.get("/sitemap.xml")[1]["Content-Type"] == "text/xml", "new program")
    preview.replace(LEVEL, FIRST, "Still watching.")
    preview.await_text(PAGE, "Still watching.")
    assert preview.process.pid == process
    assert preview.process.poll() is None


def test_a_program_that_cannot_start_is_not_started(preview: Running) -> None:
    text = preview.read("generator/server/hosting.py")
    preview.write("generator/server/hosting.py", text + "\ndef half(:\n")
    preview.await_line("generator/server/hosting.py:")
    assert preview.get(PAGE)[0] == 200
    preview.write("generator/server/hosting.py", text + "\n")
    preview.await_line("Started anew.")
    preview.await_text(PAGE, FIRST)


# Ports.


def test_a_port_that_was_asked_for_and_is_taken_is_explained(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        arguments = [sys.executable, str(project / "build.py"), "serve", "--port", str(port)]
        run = subprocess.run(arguments, cwd=project, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert f"port {port} is taken by another program. Choose another one" in run.stderr


def test_without_a_port_the_next_free_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(command, "PORT", port)
        with command.open_socket("127.0.0.1", None) as found:
            assert port < found.getsockname()[1] < port + command.PORTS


@pytest.mark.parametrize("host", ["not an address", "203.0.113.7"])
def test_a_host_that_is_not_ours_is_explained(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.open_socket(host, 0)
    assert f"--host {host} is no address of this machine." in capsys.readouterr().err


# The parts.


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/", Answer(200, "index.html")),
        ("/a/", Answer(200, "a/index.html")),
        ("/a", Answer(301, None, "/a/")),
        ("/assets/s%20t.css", Answer(200, "assets/s t.css")),
        ("/plain", Answer(200, "plain.html")),
        ("/_redirects", Answer(404, "404.html")),
        ("/old", Answer(302, None, "/a/")),
        ("/A/", Answer(404, "404.html")),
    ],
)
def test_addresses_lead_to_files_as_on_the_hosts(address: str, answer: Answer) -> None:
    files = {"index.html", "a/index.html", "assets/s t.css", "plain.html", "404.html", "_redirects"}
    assert find_file(address, files, read_redirects("# why\n/old/ /a/ 302\n/all/* /a/\n")) == answer


@pytest.mark.parametrize("page", ["<!DOCTYPE html>\n|<html>", "<!-- </head> --><!doctype html>|<p>", "|<p>", "|"])
def test_the_script_stands_before_all_that_a_page_might_leave_open(page: str) -> None:
    assert insert(page.replace("|", "").encode(), b"|").decode().replace("\n", "") == page.replace("\n", "")


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("makers/1-new.md", "makers/new/"),
        ("makers/audience.md", "makers/"),
        ("makers/quiz.yaml", "makers/quiz/"),
        ("pages/about.md", "about/"),
        ("home.md", ""),
        ("site.yaml", None),
        ("makers/9-gone.md", None),
    ],
)
def test_an_edited_file_leads_to_its_page(path: str, page: str | None) -> None:
    files = ["index.html", "makers/index.html", "makers/new/index.html", "makers/quiz/index.html", "about/index.html"]
    assert find_page([f"content/{path}", "layouts/words.yaml"], "content", files) == page


def test_of_two_edited_files_neither_is_followed() -> None:
    assert find_page(["content/home.md", "content/pages/about.md"], "content", ["index.html"]) is None


def test_a_report_shows_the_lines_around_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one\ntwo\nthree\x00\nfour\n", encoding="utf-8")
    problem = error_at("?", "content/a.md", Position(3, 2), "is wrong.", "Mend it.")
    excerpts = take_excerpts(
        [problem, error_at("?", "content/gone.md", WHOLE_FILE, "is gone.")], {"content": str(tmp_path)}
    )
    assert [(line.number, line.text, line.column) for line in excerpts[0].lines] == [
        (1, "one", 0),
        (2, "two", 0),
        (3, "three\ufffd", 2),
        (4, "four", 0),
    ]
    assert excerpts[1].lines == ()
    assert to_text(excerpts, (80, 24), False).splitlines() == [
        "  content/a.md:3:2: is wrong. Mend it.",
        "      1 | one",
        "      2 | two",
        "    > 3 | three\ufffd",
        "      4 | four",
        "  content/gone.md: is gone.",
    ]
    message = to_message(excerpts)
    assert message is not None
    assert message["failed"] is True


def test_a_long_report_fits_one_screen() -> None:
    problems = [error_at("?", f"content/{number}.md", WHOLE_FILE, "word " * 30) for number in range(50)]
    text = to_text(take_excerpts(problems, {}), (80, 20), False)
    assert text.splitlines()[-1] == "  and 44 more"


def test_a_worker_does_what_came_meanwhile_once_and_loses_nothing() -> None:
    done: list[Told] = []
    busy, go_on = threading.Event(), threading.Event()

    def work(told: Told) -> None:
        done.append(told)
        busy.set()
        assert go_on.wait(10)

    worker = Worker(work)
    worker.start()
    worker.tell(frozenset("a"))
    assert busy.wait(10)
    busy.clear()
    for name in "bcd":
        worker.tell(frozenset(name))
    go_on.set()
    assert busy.wait(10)
    worker.stop()
    assert done == [frozenset("a"), frozenset("bcd")]


def test_a_folder_knows_what_the_last_build_has_read(tmp_path: Path) -> None:
    place = tmp_path / "a.md"
    place.write_text("one", encoding="utf-8")
    folder = WatchedFolder(str(tmp_path), "content")
    assert folder.paths() == ("a.md",)
    assert folder.read("a.md") == b"one"
    place.write_text("one", encoding="utf-8")
    assert folder.look([str(place)]) == set()
    place.write_text("two", encoding="utf-8")
    assert folder.look([str(place)]) == {"a.md"}
    assert folder.read("a.md") == b"two"
    place.write_text("one", encoding="utf-8")
    assert folder.look(None) == {"a.md"}
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "b.md").write_text("b", encoding="utf-8")
    assert folder.look([str(tmp_path / "new")]) == {"new/b.md"}
    place.unlink()
    assert folder.look([str(place)]) == {"a.md"}
    assert folder.paths() == ("new/b.md",)
