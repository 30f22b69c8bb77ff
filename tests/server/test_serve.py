"""The preview: whatever is saved is what is shown, and no request waits for it."""

import os
import random
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import serve as command
from tests.sites import SITE
from tests.tools.preview import RunningPreview, run_preview

LEVEL = "content/makers/1-new.md"
PAGE = "/makers/new/"
FIRST = "You have the first symptom"


# What is saved is shown.


def test_a_save_reaches_every_page_that_it_concerns(preview: RunningPreview) -> None:
    preview.replace(LEVEL, "name: New", "name: Newest")
    for page in (PAGE, "/makers/", "/makers/compare/", "/"):
        preview.wait_for_text(page, "Newest")
    shutil.move(preview.folder / LEVEL, preview.folder / "content/makers/1-newest.md")
    preview.wait_for_text("/makers/newest/", FIRST)
    preview.wait_for_text("/sitemap.xml", "/makers/newest/")
    assert preview.get(PAGE)[0] == 404


def test_the_gallery_of_blocks_follows_the_layouts_and_is_no_file_of_the_site(preview: RunningPreview) -> None:
    assert preview.get("/_blocks/")[0] == 200
    preview.wait_for_text("/_blocks/", "chapter--faq")
    preview.replace("layouts/components/block_quote.html", "<blockquote>", '<blockquote class="newest">')
    preview.wait_for_text("/_blocks/", "newest")
    assert "_blocks" not in preview.get("/sitemap.xml")[2]


def test_an_editor_may_save_by_renaming(preview: RunningPreview) -> None:
    for word in ("One", "Two", "Three"):
        temporary = preview.folder / "content/makers/.1-new.md.part"
        temporary.write_text(SITE_LEVEL.replace(FIRST, f"Saved as {word}."), encoding="utf-8")
        os.replace(temporary, preview.folder / LEVEL)
        preview.wait_for_text(PAGE, f"Saved as {word}.")


SITE_LEVEL = str(SITE["makers/1-new.md"])


def test_a_new_folder_is_a_new_audience_until_it_is_removed(preview: RunningPreview) -> None:
    source = preview.folder / "new"
    for path, text in SITE.items():
        if path.startswith("users/"):
            other = str(text).replace("Users", "Thinkers").replace("Lost", "Puzzled").replace("Found", "Wise")
            preview.write(f"new/{path.removeprefix('users/')}", other)
    shutil.copytree(source, preview.folder / "content/thinkers")
    preview.wait_for_text("/thinkers/lost/", FIRST)
    shutil.rmtree(preview.folder / "content/thinkers")
    preview.wait_until(lambda: preview.get("/thinkers/lost/")[0] == 404, "end of the audience")


def test_a_change_of_five_hundred_files_ends_in_all_of_them(preview: RunningPreview) -> None:
    def fill(word: str) -> None:
        shutil.rmtree(preview.folder / "content/pages")
        for number in range(500):
            text = str(SITE["pages/about.md"]).replace("about us", f"{number}").replace("About us", f"{word} {number}")
            preview.write(f"content/pages/page-{number}.md", text)

    for word in ("first", "second"):
        fill(word)
        for number in (0, 250, 499):
            preview.wait_for_text(f"/page-{number}/", f"{word} {number}")
    assert preview.get("/about/")[0] == 404


def test_the_content_folder_may_go_and_come_back(preview: RunningPreview) -> None:
    (preview.folder / "content").rename(preview.folder / "away")
    preview.wait_for_line("the pages stay as they were")
    preview.replace("away/makers/1-new.md", FIRST, "Changed while away.")
    (preview.folder / "away").rename(preview.folder / "content")
    preview.wait_for_text(PAGE, "Changed while away.")
    preview.replace(LEVEL, "Changed while away.", "And changed again.")
    preview.wait_for_text(PAGE, "And changed again.")


def test_drafts_are_shown_on_request(preview_project: Path) -> None:
    path = preview_project / "content/pages/about.md"
    path.write_text(path.read_text(encoding="utf-8").replace("---\ntitle", "---\ndraft: true\ntitle"), encoding="utf-8")
    with run_preview(preview_project) as running:
        assert running.get("/about/")[0] == 404
    with run_preview(preview_project, "--drafts") as running:
        assert running.get("/about/")[0] == 200


def test_a_save_without_a_change_builds_nothing(preview: RunningPreview) -> None:
    said = len(preview.lines)
    preview.write("content/makers/1-new.md~", "An editor's leftover")
    # In one move, lest half of it be noticed.
    for path, text in {
        LEVEL: SITE_LEVEL,
        "content/home.md": preview.read("content/home.md").replace("small", "tiny"),
    }.items():
        preview.write("content/.saved", text)
        os.replace(preview.folder / "content/.saved", preview.folder / path)
    preview.wait_for_text("/", "tiny")
    preview.wait_for_line("content/home.md")
    assert len(preview.lines) == said + 1


# Requests.


def test_an_address_answers_as_it_will_when_deployed(preview: RunningPreview) -> None:
    status, headers, text = preview.get("/nowhere/at/all")
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    page = (find_site(preview) / "404.html").read_text(encoding="utf-8")
    assert text == re.sub(r"'sha256-[^']*'", "'unsafe-inline'", page)  # the report has styles of its own
    assert preview.get("/makers")[0::2] == (301, "")
    assert preview.get("/makers")[1]["Location"] == "/makers/"
    assert preview.get("/sitemap.xml")[1]["Content-Type"] == "application/xml"
    assert preview.get("/_headers")[0] == 404
    assert preview.get("/../build.py")[0] == 404


def test_files_stay_as_they_are_and_only_what_is_served_has_the_script(preview: RunningPreview) -> None:
    assert "data-preview" in preview.get("/", {})[2]
    assert "data-preview" not in (find_site(preview) / "index.html").read_text(encoding="utf-8")
    assert not (preview.folder / "output").exists()


def test_a_page_of_another_site_cannot_connect(preview: RunningPreview) -> None:
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "c29tZSBzaXh0ZWVuIGI=",
        "Origin": "http://elsewhere.test",
    }
    assert preview.get("/livereload", handshake)[0] == 403


def test_a_foreign_host_is_refused_whatever_it_asks_for(preview: RunningPreview) -> None:
    for path in (PAGE, "/livereload", "/livereload.js", "/.preview/client.js", "/nowhere"):
        status, headers, text = preview.get(path, {"Host": "evil.test:8000"})
        assert (status, headers["Content-Type"]) == (403, "text/plain; charset=utf-8")
        assert text == (
            "This preview does not answer for evil.test. Open it at http://127.0.0.1:8000/, "
            "or start it with --host evil.test.\n"
        )
        assert preview.get(path, {"Host": "localhost:8000"})[0] != 403


def find_site(preview: RunningPreview) -> Path:
    return next((preview.folder / ".cache" / "preview").glob("*/site"))


# Mistakes.


def test_the_terminal_shows_a_mistake_with_its_lines_and_says_when_it_is_mended(preview: RunningPreview) -> None:
    preview.replace(LEVEL, "metric:", "metrik:")
    preview.wait_for_line("> 5 | metrik: {from: 0, to: 1000}")
    assert any("content/makers/1-new.md:5:1: unknown field 'metrik'." in line for line in preview.lines)
    assert preview.get(PAGE)[0] == 200
    preview.write(LEVEL, SITE_LEVEL)
    preview.wait_for_line("mended")


def test_a_site_that_cannot_be_built_at_first_is_shown_once_it_can(preview_project: Path) -> None:
    (preview_project / LEVEL).write_text("no front matter", encoding="utf-8")
    with run_preview(preview_project) as running:
        status, _, text = running.get("/", {})
        assert status == 503
        assert "content/makers/1-new.md:1:1" in text
        running.write(LEVEL, SITE_LEVEL)
        running.wait_for_text(PAGE, FIRST)


def test_an_error_in_a_template_is_reported_like_any_mistake(preview: RunningPreview) -> None:
    preview.replace("layouts/pages/article.html", "{% block main %}", "{% block main %}{{ 1 // 0 }}")
    preview.wait_for_line("layouts/pages/article.html")
    preview.replace("layouts/pages/article.html", "{{ 1 // 0 }}", "")
    preview.wait_for_line("mended")


def test_two_hundred_files_of_any_kind_leave_nothing_behind(preview: RunningPreview, dice: random.Random) -> None:
    paths = [path for path in SITE if path.startswith(("makers/", "users/", "pages/"))]
    preview.wait_for_text(PAGE, FIRST)
    before = measure(preview)
    for number in range(200):
        path = dice.choice(
            [*paths, f"pages/more-{number % 9}.md", f"odd {number % 5}.bin", f"makers/{number % 4}-x.md"]
        )
        place = preview.folder / "content" / path
        match dice.choice(["valid", "invalid", "binary", "delete", "rename"]):
            case "valid":
                preview.write(f"content/{path}", SITE.get(path, SITE["pages/about.md"]))
            case "invalid":
                preview.write(f"content/{path}", "---\ntitle: [never\nname\n---\n## Half\nA")
            case "binary":
                preview.write(f"content/{path}", dice.randbytes(500))
            case "delete":
                place.unlink(missing_ok=True)
            case "rename" if place.exists():
                place.rename(place.with_name(f"renamed-{number}.md"))
        for _ in range(dice.choice([0, 1, 4])):
            preview.get(PAGE)
    shutil.rmtree(preview.folder / "content")
    for path, text in SITE.items():
        preview.write(f"content/{path}", text)
    preview.replace(LEVEL, FIRST, "After all that.")
    preview.wait_for_text(PAGE, "After all that.")
    # A build that is under way has files open, and a connection that has just ended too.
    preview.wait_until(lambda: measure(preview)["files"] <= before["files"], "all files are closed")
    after = measure(preview)
    assert after["threads"] <= before["threads"]
    assert after["memory"] <= before["memory"] + 60_000


def measure(preview: RunningPreview) -> dict[str, int]:
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


def test_a_change_of_the_program_restarts_it_at_the_same_address(preview: RunningPreview) -> None:
    process = preview.process.pid
    preview.replace("generator/server/static_host.py", '".xml": "application/xml"', '".xml": "text/xml"')
    preview.wait_until(lambda: "text/xml" in preview.get("/sitemap.xml")[1]["Content-Type"], "new program")
    preview.replace(LEVEL, FIRST, "Still watching.")
    preview.wait_for_text(PAGE, "Still watching.")
    assert preview.process.pid == process
    assert preview.process.poll() is None


def test_a_program_that_cannot_start_leaves_the_old_one_running(preview: RunningPreview) -> None:
    text = preview.read("generator/server/static_host.py")
    preview.write("generator/server/static_host.py", text + "\ndef half(:\n")
    preview.wait_for_line("generator/server/static_host.py:")
    assert preview.get(PAGE)[0] == 200
    preview.write("generator/server/static_host.py", text + "\n")
    preview.wait_for_line("Started anew.")
    preview.wait_for_text(PAGE, FIRST)


# Ports.


def test_a_port_that_was_asked_for_and_is_taken_is_explained(preview_project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        arguments = [sys.executable, str(preview_project / "build.py"), "serve", "--port", str(port)]
        run = subprocess.run(arguments, cwd=preview_project, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert f"port {port} is taken by another program. Choose another one" in run.stderr


def test_without_a_port_the_next_free_one_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with command.open_socket("127.0.0.1", None, first=port) as found:
            assert port < found.getsockname()[1] < port + command.PORTS


@pytest.mark.parametrize("host", ["not an address", "203.0.113.7", "..", "a" * 300])
def test_a_host_of_another_machine_is_explained(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.open_socket(host, 0)
    assert f"--host {host} is no address of this machine." in capsys.readouterr().err
