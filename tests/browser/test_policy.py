"""What the settings allow works in a browser, with services on other origins; what they do not is blocked.

The services are told to the settings with https, as editors have to, and are then stood in for on this machine.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from generator.pages.target import Target
from tests import sites

Serve = Callable[..., str]
ADMIN = "admin: {repo: a/b, login: 'https://login.org'}\n"
# Host, and whether it is served at a root with its headers or below a path without.
PLACES = {"header": ("netlify", "/"), "meta": ("github-pages", "/repo/")}
BEACON = "navigator.sendBeacon({url}); document.title = 'counted';"
PICTURE = "new Image().src = {url}; document.title = 'counted';"


class Service(NamedTuple):
    """A service on an origin of its own: what it answers by path, and what was asked of it."""

    url: str
    answers: dict[str, tuple[int, dict[str, str], str]]
    asked: list[str]


@contextmanager
def run_service() -> Iterator[Service]:
    answers: dict[str, tuple[int, dict[str, str], str]] = {}
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, body = answers.get(self.path.partition("?")[0], (204, {}, ""))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Nobody reads a log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Service(f"http://127.0.0.1:{server.server_port}", answers, asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def services() -> Iterator[dict[str, Service]]:
    """Services by the origin that the settings name."""
    with ExitStack() as stack:
        yield {f"https://{name}.org": stack.enter_context(run_service()) for name in ("one", "two")}


@pytest.fixture(params=[(place, admin) for place in PLACES for admin in ("", ADMIN)], ids=str)
def publish(
    request: pytest.FixtureRequest, tmp_path: Path, serve_folder: Serve, services: dict[str, Service]
) -> Callable[[str], str]:
    """Builds and serves the small site with further settings; gives its address."""
    place, admin = request.param
    host, prefix = PLACES[place]

    def build(more: str) -> str:
        files = sites.append("site.yaml", more + admin)
        folder = sites.build(files, tmp_path / "site", sites.real_layouts(), Target(host=host))
        for path in folder.rglob("*"):
            if path.suffix == ".html" or path.name == "_headers":
                text = path.read_text(encoding="utf-8")
                for name, service in services.items():
                    text = text.replace(name, service.url)
                path.write_text(text, encoding="utf-8")
        return serve_folder(folder, prefix)

    return build


@pytest.mark.parametrize("script", [BEACON, PICTURE], ids=["beacon", "picture"])
@pytest.mark.parametrize(
    ("more", "counts"),
    [
        ("script: https://one.org/count.js", "https://one.org"),
        ("script: https://one.org/count.js, hosts: [https://two.org]", "https://two.org"),
        ("script: https://one.org/count.js, attributes: {data-api: https://two.org/event}", "https://two.org"),
    ],
    ids=["itself", "hosts", "attribute"],
)
def test_a_visit_is_counted(
    page: Page, publish: Callable[[str], str], services: dict[str, Service], more: str, counts: str, script: str
) -> None:
    code = script.format(url=f"'{services[counts].url}/event'")
    services["https://one.org"].answers["/count.js"] = (200, {"Content-Type": "text/javascript"}, code)
    page.goto(publish(f"analytics: {{{more}}}\n"), wait_until="networkidle")
    expect(page).to_have_title("counted")
    assert "/event" in services[counts].asked


@pytest.mark.parametrize("script", [BEACON, PICTURE], ids=["beacon", "picture"])
def test_a_script_reaches_no_host_that_nobody_named(
    page: Page, publish: Callable[[str], str], services: dict[str, Service], faults: list[str], script: str
) -> None:
    code = script.format(url=f"'{services['https://two.org'].url}/event'")
    services["https://one.org"].answers["/count.js"] = (200, {"Content-Type": "text/javascript"}, code)
    page.goto(publish("analytics: {script: https://one.org/count.js}\n"), wait_until="networkidle")
    expect(page).to_have_title("counted")
    assert services["https://two.org"].asked == []
    assert any("Content Security Policy" in fault for fault in faults)
    page.close()
    faults.clear()


@pytest.mark.parametrize("is_named", [True, False], ids=["named", "not named"])
def test_who_leaves_an_address_is_thanked_by_another_host(
    page: Page, publish: Callable[[str], str], services: dict[str, Service], faults: list[str], is_named: bool
) -> None:
    one, two = services.values()
    one.answers["/in"] = (303, {"Location": f"{two.url}/thanks"}, "")
    two.answers["/thanks"] = (200, {"Content-Type": "text/html"}, "<!doctype html><title>Thank you</title>")
    hosts = ", hosts: [https://two.org]" if is_named else ""
    site = publish(f"leads: {{action: https://one.org/in, consent: Yes{hosts}}}\n")
    page.goto(f"{site}makers/new/")
    page.get_by_label("e-mail").fill("me@small-site.org")
    page.get_by_role("checkbox").check()
    send = page.locator(".lead_form button")
    if is_named:
        send.click()
        expect(page).to_have_title("Thank you")
    else:
        with page.expect_console_message(lambda message: "form-action" in message.text):
            send.click()
        assert two.asked == []
    page.close()  # each policy, that of the header too, complains
    faults.clear()
