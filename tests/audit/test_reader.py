"""Whatever lies in a folder, checking it as a site ends with sentences, not with an exception."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.audit.checks import audit_site
from generator.audit.reader import MAX_BYTES, close_end
from generator.cli.main import main

PAGE = (
    '<html lang="en"><head><meta name="viewport" content="width=device-width"><title>A title</title>'
    '<meta name="description" content="A page."></head><body><h1>A title</h1>{}</body></html>'
)


OTHER_PAGE = PAGE.replace("A title", "Another title").replace("A page", "Another page")


def report(root: Path) -> list[str]:
    return [str(problem) for problem in audit_site(root).problems]


ODD = {
    "nothing": (b"", "a.html: this is not HTML: the file is empty."),
    "an image": (b"\x89PNG\r\n\0\0<a>\xff", "a.html: this is not HTML: the file is binary."),
    "a text": (b"Only words.", "a.html: this is not HTML: the file is text without any element."),
    "another encoding": (
        OTHER_PAGE.format("\n<p>caf\xe9").encode("latin-1"), "a.html:2:7: the byte 0xe9 is not UTF-8.",
    ),
    "a section that no HTML has": (PAGE.format("<![foo").encode(), "a.html: this HTML is too broken to be read."),
    "a page that closes nothing": (
        PAGE.format("<div>" * 2000).encode(),
        "a.html: warning: elements are nested more than 1000 deep, so the page was not checked.",
    ),
    "a very large page": (
        PAGE.format("x" * MAX_BYTES).encode(), "a.html: this file is too large to be checked: 5 MB.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_reported(write_site: Callable[..., Path], name: str) -> None:
    data, expected = ODD[name]
    (line,) = report(write_site({"index.html": PAGE.format(""), "a.html": data}))
    assert line.startswith(expected)


@pytest.mark.parametrize(
    "data",
    [
        PAGE.format("Naïve").encode("utf-8-sig"),
        PAGE.format("Naïve").encode("utf-16"),
        b"google-site-verification: google123.html",
        PAGE.format("<p>Open <b>ends <i>everywhere").encode(),
    ],
)
def test_what_browsers_and_hosts_take_is_not_reported(write_site: Callable[..., Path], data: bytes) -> None:
    assert report(write_site({"index.html": OTHER_PAGE.format(""), "a.html": data})) == []


BROKEN = ["<!--", "<!", "<?", "<", "&", "<a ", "<i hidden>", "<a href='", "</p>", "<svg><p>"]


@pytest.mark.parametrize("text", BROKEN)
def test_however_much_broken_html_there_is_nothing_is_raised(write_site: Callable[..., Path], text: str) -> None:
    report(write_site({"index.html": PAGE.format(text * 20_000)}))


@given(st.lists(st.sampled_from([*BROKEN, "-->", ">", "words"])))
def test_whatever_a_page_begins_has_an_end_so_that_no_search_for_one_is_in_vain(pieces: list[str]) -> None:
    page = "".join(pieces)
    closed = close_end(page)
    assert closed.startswith(page)
    for beginning, end in (("<!--", "-->"), ("<", ">")):
        assert closed.rfind(beginning) <= closed.rfind(end)


@given(st.binary(max_size=200), st.text(max_size=200))
def test_any_bytes_and_any_text_are_read(tmp_path_factory: pytest.TempPathFactory, data: bytes, text: str) -> None:
    root = tmp_path_factory.mktemp("odd")
    written = text.encode("utf-8", "replace")
    for path, content in {"a.html": data, "b.html": b"<p>" + written, "c.css": data, "d.css": b"url(" + written,
                          "_redirects": data}.items():  # fmt: skip
        (root / path).write_bytes(content)
    assert audit_site(root).pages <= 2


@given(st.text(max_size=80), st.sampled_from(["href", "src", "srcset", "style", "id", "lang", "scope", "for", "name"]))
def test_any_value_of_an_attribute_is_read(tmp_path_factory: pytest.TempPathFactory, value: str, name: str) -> None:
    root = tmp_path_factory.mktemp("odd")
    escaped = value.replace("&", "&amp;").replace('"', "&quot;")
    tags = "".join(f'<{tag} {name}="{escaped}">' for tag in ("html", "a", "base", "img", "meta", "th", "use", "link"))
    (root / "index.html").write_bytes(tags.encode("utf-8", "replace"))
    assert "\n" not in "".join(report(root))


def test_what_stands_in_a_page_cannot_write_on_the_terminal(write_site: Callable[..., Path]) -> None:
    (line,) = report(write_site({"index.html": PAGE.format('<a href="\x1b[31m\nx">x</a>')}))
    assert "there is no page or file at '\ufffd[31m x'." in line


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_cannot_be_read_is_reported(write_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even by root, for whom permissions do not count."""
    root = write_site({"index.html": PAGE.format("")})
    (root / "lost.html").symlink_to("nowhere.html")
    (root / "loop.html").symlink_to("loop.html")
    os.mkfifo(root / "pipe.html")
    (root / os.fsdecode(b"\xff.html")).write_text("<p>")
    monkeypatch.chdir(root)
    for name in ["d" * 250] * 20:  # a path longer than systems take
        os.mkdir(name)
        os.chdir(name)
    lines = [re.sub("(d+/)+d+", "deep", line) for line in report(root)]
    assert lines[:4] == [
        "deep: this folder cannot be read: File name too long.",
        "loop.html: this file cannot be read: Too many levels of symbolic links.",
        "lost.html: this file cannot be read: No such file or directory.",
        "pipe.html: this is not a file. Delete it.",
    ]
    assert "\ufffd.html: the page has no title. Add a <title> to its head." in lines


# The command


def test_the_command_reports_like_every_other(
    write_site: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_site({"index.html": PAGE.format("\n<img src=a.png>"), "a.png": "x", "b.html": PAGE.format("")})
    assert main(["check", "--built", str(root)]) == 1
    captured = capsys.readouterr()
    assert captured.out == f"{root}: 2 pages, 1 error, 2 warnings.\n"
    first = f"{root}/index.html:2:1: the image 'a.png' has no alt. Say what it shows, or write alt=\"\" if it only"
    assert captured.err.startswith(first)
    assert main(["check", "--built", str(root), "--format", "json"]) == 1
    problem = json.loads(capsys.readouterr().out)[0]
    assert (problem["code"], problem["line"], problem["column"]) == ("missing-alt", 2, 1)
    assert main(["check", "--built", str(root), "--format", "github"]) == 1
    assert f"::error file={root}/index.html,line=2,col=1::the image 'a.png' has no alt." in capsys.readouterr().out


def test_a_warning_is_a_failure_where_it_is_asked_to_be(write_site: Callable[..., Path]) -> None:
    root = write_site({"index.html": PAGE.format("<table><tr><td></table>")})
    assert main(["check", "--built", str(root)]) == 0
    assert main(["check", "--built", str(root), "--strict"]) == 1


def test_a_site_without_mistakes_is_reported_in_a_line(built_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--built", str(built_site), "--strict"]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{built_site}: {len(list(built_site.rglob('*.html')))} pages, no errors.\n"
    assert captured.err == ""


def test_a_folder_without_pages_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--built", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path}: there is no page in this folder.")


@pytest.mark.parametrize("name", ["missing", "file"])
def test_a_folder_that_is_not_there_is_a_wrong_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "file").touch()
    assert main(["check", "--built", str(tmp_path / name)]) == 2
    assert f"build.py: there is no folder '{tmp_path / name}'. " in capsys.readouterr().err


def test_one_check_is_asked_for_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--built", str(tmp_path), "--strategy", "STRATEGY.md"]) == 2
    assert "run one after the other" in capsys.readouterr().err
