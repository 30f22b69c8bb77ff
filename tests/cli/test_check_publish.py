"""`check --publish` refuses what must not go live, and nothing else; a build says it in few lines."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.content.checks import UNFINISHED
from tests.sites import ABOUT, SITE, append, edit, text_of

Write = Callable[..., Path]

# For each kind of warning a site that has it.
UNFINISHED_SITES = {
    "offer-without-url": edit("offers.yaml", ", url: https://shop.small-site.org/talk", ""),
    "placeholder-address": edit("site.yaml", "hello@small-site.org", "hello@small-site.example"),
    "unfinished-text": edit(ABOUT, "[here](/makers/)", "TODO"),
    "yaml-cut-text": edit("site.yaml", "A line below it", "A line # below it"),
    "untranslated-words": append("site.yaml", "language: fi\n"),
}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "cache"))


def test_a_finished_site_may_go_live(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_site(SITE)
    assert main(["check", "--publish", "--content", str(content)]) == 0


def test_every_kind_of_unfinished_content_is_tried() -> None:
    assert UNFINISHED_SITES.keys() == UNFINISHED


@pytest.mark.parametrize("code", UNFINISHED_SITES)
def test_what_is_unfinished_is_a_warning_until_it_is_to_go_live(
    code: str, write_site: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_site(UNFINISHED_SITES[code])
    assert main(["check", "--content", str(content)]) == 0
    (warning,) = capsys.readouterr().err.splitlines()
    assert main(["check", "--publish", "--content", str(content)]) == 1
    assert capsys.readouterr().err.splitlines()[0] == warning.replace("warning: ", "")


def test_a_link_to_what_is_not_live_may_go_live(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    held = text_of(ABOUT).replace("bout", "fter").replace("title", "publish: 2999-01-01\ntitle")
    content = write_site({**edit(ABOUT, "/makers/", "/held/"), "pages/held.md": held})
    assert main(["check", "--publish", "--content", str(content)]) == 0
    (warning,) = capsys.readouterr().err.splitlines()
    assert "'/held/' is not live" in warning


@pytest.mark.parametrize(
    "host",
    ["localhost:8000", "127.0.0.1", "192.168.0.7:1234", "www.example.com", "deploy-preview-3--a.netlify.app", "a.test"],
)
@pytest.mark.parametrize("where", ["[here](/makers/)", "https://shop.small-site.org/talk", "contact:"])
def test_an_address_that_reaches_no_visitor_must_not_go_live(
    host: str, where: str, write_site: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"http://{host}/a"
    path = {"[": ABOUT, "h": "offers.yaml", "c": "site.yaml"}[where[0]]
    new = {"[": f"<{address}>", "h": address, "c": f"organisation: {{name: A, url: '{address}'}}\ncontact:"}[where[0]]
    content = write_site(edit(path, where, new))
    assert main(["check", "--publish", "--content", str(content)]) == 1
    assert re.search(f"'{re.escape(address)}' (is a placeholder|leads to a preview)", capsys.readouterr().err)


def test_the_address_of_the_site_is_needed_unless_a_host_tells_it(
    write_site: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write_site(edit("site.yaml", "address: https://small-site.org\n", ""))
    for name in ("CONTEXT", "NETLIFY"):
        monkeypatch.delenv(name, raising=False)
    assert main(["check", "--content", str(content)]) == 0
    assert main(["check", "--publish", "--content", str(content)]) == 1
    assert "the site has no address" in capsys.readouterr().err
    monkeypatch.setenv("NETLIFY", "true")
    monkeypatch.setenv("URL", "https://small-site.org")
    assert main(["check", "--publish", "--content", str(content)]) == 0


def test_an_offer_that_is_a_draft_need_not_be_finished(write_site: Write) -> None:
    offers = "- {id: x, draft: true, name: TODO, price: free, action: {text: A}}\n"
    assert main(["check", "--publish", "--content", str(write_site(append("offers.yaml", offers)))]) == 0


def test_a_build_says_one_line_for_many_warnings_of_a_kind(
    write_site: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offers = "".join(
        f"- {{id: talk-{number}, name: Talk {number}, price: free, action: {{text: Listen}}}}\n" for number in range(5)
    )
    content = write_site({**SITE, "offers.yaml": SITE["offers.yaml"] + offers})
    for _ in ("a build from nothing", "nothing to do"):
        assert main(["--content", str(content), "--output", str(tmp_path / "output")]) == 0
        (warning,) = capsys.readouterr().err.splitlines()
        assert warning.startswith(f"{content}/offers.yaml:11:43: warning: the offer 'talk-0' has no address")
        assert warning.endswith("(And 4 more like this; python3 build.py check lists them.)")
    assert main(["check", "--content", str(content)]) == 0
    assert len(capsys.readouterr().err.splitlines()) == 5
