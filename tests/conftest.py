"""What several tests share: a browser, a server, Node.js, and folders of files."""

import errno
import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from filelock import FileLock
from jinja2 import Environment
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from generator.content.loader import Calendar
from generator.pages.hosts import HOSTS
from generator.pages.target import Target
from generator.rendering import fonts
from tests import sites
from tests.tools import axe, chromium, node, server
from tests.tools.preview import RunningPreview, copy_program, run_preview
from tests.tools.processes import starts_process
from tests.tools.progress import Progress
from tests.tools.waiting import PATIENCE

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"

pytest_plugins = ["tests.chance"]

# Milliseconds until a browser gives up.
BROWSER_TIMEOUT = PATIENCE * 1000

# Of the options of a context, those that each page in it may have for itself, besides its size.
MEDIA = ("color_scheme", "forced_colors", "reduced_motion")

# How far a site under test may reach: itself, and what stands in the page.
AT_HOME = ("http://127.0.0.1:", "data:", "blob:", "about:")


# What a host of sites, or a terminal, tells a build. Tests say it themselves where it matters.
HOST = (*(name for host in HOSTS for name, _ in host.signs), "GITHUB_ACTIONS", "FORCE_COLOR", "NO_COLOR")


def pytest_configure() -> None:
    for name in HOST:
        os.environ.pop(name, None)
    gc.set_threshold(100_000, 50, 50)  # as build.py does


def pytest_sessionstart(session: pytest.Session) -> None:
    config = session.config
    if config.get_verbosity() <= 0 and not hasattr(config, "workerinput"):
        writer = config.get_terminal_writer()
        config.pluginmanager.register(Progress(partial(writer.write, flush=True), writer.hasmarkup))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that start processes, before any are chosen by their marks."""
    known: dict[tuple[object, ...], bool] = {}
    for item in items:
        assert isinstance(item, pytest.Function)
        used = (item.function, *(found for name in item.fixturenames if (found := find_fixture(item, name))))
        if used not in known:  # the cases of a test are alike
            known[used] = starts_process(used)
        if known[used]:
            item.add_marker("process")


def find_fixture(item: pytest.Function, name: str) -> object:
    """A fixture of the module of a test or of this one; None for one of a plugin."""
    return getattr(item.module, name, None) or globals().get(name)


@pytest.fixture(scope="session", autouse=True)
def made_once() -> Iterator[None]:
    """A template is compiled once in each process, and a font cut once to the same characters, however many sites are
    built: it takes as long as all the rest.
    """
    compiled: dict[tuple[object, ...], CodeType] = {}
    compile_template: Callable[..., CodeType] = Environment.compile

    def look_up(environment: Environment, *template: Any, **options: Any) -> CodeType:
        key = (*template, *sorted(options.items()))
        if key not in compiled:
            compiled[key] = compile_template(environment, *template, **options)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", look_up)
        patch.setattr(fonts, "cut_font", cache(fonts.cut_font))
        yield


@pytest.fixture(scope="session")
def setup_lock() -> FileLock:
    """For what is installed once, however many processes run the tests."""
    CACHE.mkdir(exist_ok=True)
    return FileLock(CACHE / "tests.lock")


@pytest.fixture(scope="session")
def node_packages(setup_lock: FileLock) -> Path:
    """The folder of the installed packages of `tests/package.json`."""
    with setup_lock:
        return node.install_packages()


@pytest.fixture(scope="session")
def inspect(node_packages: Path) -> axe.Inspect:
    """Finds what keeps people from using a page, by all rules of axe-core: a line each."""
    source = (node_packages / "axe-core/axe.min.js").read_text(encoding="utf-8")
    return lambda page: axe.inspect(page, source)


@pytest.fixture(scope="session")
def chromium_path(setup_lock: FileLock) -> str:
    with setup_lock:
        return chromium.install_chromium()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=chromium.ARGUMENTS, timeout=BROWSER_TIMEOUT
        )
        yield browser
        browser.close()


@pytest.fixture
def faults() -> list[str]:
    """What the pages of a test did wrong. It has to be empty at the end: a test that expects a fault clears it."""
    return []


@pytest.fixture(scope="session")
def free_contexts() -> dict[str, list[BrowserContext]]:
    """Contexts that remember nothing and that no test uses, by their options. A new one takes half a second, so the
    options that a page can have for itself make no other one.
    """
    return {}


@pytest.fixture
def new_page(
    browser: Browser, free_contexts: dict[str, list[BrowserContext]], faults: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens an empty page in a context of its own, with Playwright's options for one: `viewport`, `color_scheme`..."""
    opened: list[tuple[Page, set[str], list[BrowserContext]]] = []
    expect.set_options(timeout=BROWSER_TIMEOUT)

    def open_page(viewport: ViewportSize | None = None, **options: Any) -> Page:
        media = {name: options.pop(name) for name in MEDIA if name in options}
        free = free_contexts.setdefault(repr(sorted(options.items())), [])
        context = free.pop() if free else make_context(browser, **options)
        context.set_default_timeout(BROWSER_TIMEOUT)
        page = context.new_page()
        if viewport:
            page.set_viewport_size(viewport)
        if media:
            page.emulate_media(**media)
        opened.append((page, watch(page, faults), free))
        return page

    yield open_page
    for page, origins, free in opened:
        if page.is_closed():
            page.context.close()
        else:
            forget(page, origins)
            free.append(page.context)
    assert faults == []


def make_context(browser: Browser, **options: Any) -> BrowserContext:
    """A context with a window that stays open, however many pages come and go: a new one takes half a second more."""
    context = browser.new_context(service_workers="block", **options)
    context.new_page()
    return context


def forget(page: Page, origins: set[str]) -> None:
    """Closes a page, and deletes whatever its context has kept for these sites."""
    session = page.context.new_cdp_session(page)
    for origin in origins:
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    page.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """An empty page in a context of its own."""
    return new_page(viewport={"width": 1280, "height": 800})


def watch(page: Page, faults: list[str]) -> set[str]:
    """Notes errors and warnings of the console, failed scripts, and requests that leave the site.

    Returns the sites that the page asks for anything, as they come.
    """
    origins: set[str] = set()

    def note_message(message: ConsoleMessage) -> None:
        # A page without an icon of its own makes the browser ask for this one.
        source = message.location["url"]
        if message.type in ("error", "warning") and not source.endswith("/favicon.ico"):
            faults.append(f"{page.url}: console {message.type}: {message.text} ({source})")

    def note_request(request: Request) -> None:
        origins.add("/".join(request.url.split("/")[:3]))
        if not request.url.startswith(AT_HOME):
            faults.append(f"{page.url}: request to {request.url}")

    page.on("console", note_message)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("request", note_request)
    return origins


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[..., str]]:
    """Serves a folder until the tests end: `serve_folder(folder)` or `serve_folder(folder, "/repo/")` is an address."""
    with ExitStack() as stack:
        served: dict[tuple[Path, str], str] = {}

        def start(folder: Path, prefix: str = "/") -> str:
            if (folder, prefix) not in served:
                served[folder, prefix] = stack.enter_context(server.serve(folder, prefix))
            return served[folder, prefix]

        yield start


@pytest.fixture
def write_site(tmp_path: Path) -> Callable[..., Path]:
    """Writes files, given as path to text, into a new folder (or the one that is given) and returns the folder."""
    made = 0

    def write(files: Mapping[str, str | bytes], folder: Path | None = None) -> Path:
        nonlocal made
        made += 1
        folder = folder or tmp_path / f"site{made}"
        for path, text in files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode() if isinstance(text, str) else text)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    return write


@pytest.fixture
def preview_project(tmp_path: Path, write_site: Callable[..., Path]) -> Path:
    """A whole project with the small site: the program and its content."""
    copy_program(tmp_path / "project")
    write_site(sites.SITE, tmp_path / "project" / "content")
    return tmp_path / "project"


@pytest.fixture
def preview(preview_project: Path) -> Iterator[RunningPreview]:
    """The preview of that project, as a process of its own."""
    with run_preview(preview_project) as running:
        yield running


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of `content/` and `layouts/`, built once for each process that runs tests."""
    folder = tmp_path_factory.mktemp("built") / "site"
    calendar = Calendar(date(2026, 12, 1))
    return sites.build(sites.real_content(), folder, sites.real_layouts(), Target(host="netlify"), calendar)


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Absolute paths that nobody may read, also where everything is allowed to the one who runs the tests."""
    places: set[str] = set()

    def guard(name: str) -> None:
        real = getattr(os, name)

        def call(path: Any, *values: Any, **more: Any) -> Any:
            if isinstance(path, str) and os.path.abspath(path) in places:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
            return real(path, *values, **more)

        monkeypatch.setattr(os, name, call)

    guard("scandir")
    guard("open")
    return places
