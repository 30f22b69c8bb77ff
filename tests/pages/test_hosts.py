"""Hosts: how a build there is recognised, what is written for each, and which policy the pages have there."""

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from generator.cli.main import main
from generator.pages.hosts import BRANCH, HOSTS, Host, find_host_problems
from generator.pages.policy import STYLE, Policy, find_hosts, header_policy, site_policy
from generator.pages.target import Assets, Target, find_target
from generator.schema.site import SiteFile
from tests import sites
from tests.tools.node import run_script
from tests.tools.preview import copy_program

LIVE, PREVIEW = "https://small-site.org/", "https://preview-7--small-site.org/"
NETLIFY = {"NETLIFY": "true", "URL": LIVE, "DEPLOY_PRIME_URL": PREVIEW}
CLOUDFLARE = {"CF_PAGES": "1", "CF_PAGES_URL": PREVIEW}
VERCEL = {"VERCEL": "1", "VERCEL_PROJECT_PRODUCTION_URL": "small-site.org", "VERCEL_URL": "preview-7--small-site.org"}
RENDER = {"RENDER": "true", "RENDER_EXTERNAL_URL": PREVIEW}
FILES = {
    "netlify": {"_headers", "_redirects"},
    "github-pages": {".nojekyll"},
    "cloudflare-pages": {"_headers", "_redirects"},
    "vercel": {"vercel-config.json"},
    "render": set(),
    "folder": set(),
}
READ_BY_HOSTS = set[str]().union(*FILES.values())
MORE = """\
leads: {action: "https://lists.small-site.org/in", consent: Yes, hosts: ["https://thanks.org"]}
analytics:
  script: https://cdn.count.org/count.js
  attributes: {data-api: "https://api.count.org/event", data-domain: small-site.org}
  hosts: ["https://*.count.net"]
"""
by_name = pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)


def read_policy(page: Path) -> str | None:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page.read_text(encoding="utf-8"))
    return unescape(found[1]) if found else None


def build(folder: Path, host: Host, more: str = "", **target: Any) -> Path:
    files = sites.append("site.yaml", more)
    return sites.build(files, folder, sites.real_layouts(), Target(LIVE, host=host.name, **target))


def read_headers(folder: Path, path: str) -> dict[str, str]:
    """What a host sends along with an address, by the file that it reads."""
    found: dict[str, str] = {}
    if (folder / "vercel-config.json").exists():
        for route in json.loads((folder / "vercel-config.json").read_text())["routes"]:
            if route.get("continue") and re.search(route["src"], path):
                found |= route["headers"]
    elif (folder / "_headers").exists():
        rules = re.findall(r"^(/\S*)\n((?: .*\n)*)", (folder / "_headers").read_text(), re.MULTILINE)
        for pattern, lines in rules:
            if re.fullmatch(pattern.replace("*", ".*"), path):
                found |= dict(line.strip().split(": ", 1) for line in lines.splitlines())
    return found


# Where a build runs


@pytest.mark.parametrize(
    ("base_url", "environment", "target"),
    [
        (None, {}, Target()),
        ("https://me.github.io/course", {}, Target("https://me.github.io/course/")),
        (None, {"URL": LIVE, "CONTEXT": "dev", "CI": "true", "GITHUB_ACTIONS": "true"}, Target()),
        (None, {"NETLIFY": "true", "URL": LIVE}, Target(LIVE, host="netlify")),
        (None, {**NETLIFY, "CONTEXT": "production"}, Target(LIVE, host="netlify")),
        (None, {**NETLIFY, "CONTEXT": "deploy-preview"}, Target(PREVIEW, True, host="netlify")),
        (None, {**NETLIFY, "CONTEXT": "branch-deploy"}, Target(PREVIEW, True, host="netlify")),
        (None, {"NETLIFY_LOCAL": "true", "CONTEXT": "dev", "URL": "localhost:1"}, Target(None, True, host="netlify")),
        (None, {"NETLIFY": "true", "URL": "small-site.org"}, Target(host="netlify")),
        ("https://other.org", {**NETLIFY, "CONTEXT": "production"}, Target("https://other.org/", host="netlify")),
        ("https://other.org", {**NETLIFY, "CONTEXT": "dev"}, Target("https://other.org/", True, host="netlify")),
        ("https://a.github.io/b", {"GITHUB_PAGES": "true"}, Target("https://a.github.io/b/", host="github-pages")),
        (None, {**CLOUDFLARE, "CF_PAGES_BRANCH": "main"}, Target(host="cloudflare-pages")),
        (None, {**CLOUDFLARE, "CF_PAGES_BRANCH": "master"}, Target(host="cloudflare-pages")),
        (None, {**CLOUDFLARE, "CF_PAGES_BRANCH": "live", BRANCH: "live"}, Target(host="cloudflare-pages")),
        (None, {**CLOUDFLARE, "CF_PAGES_BRANCH": "new"}, Target(PREVIEW, True, host="cloudflare-pages")),
        (None, {**VERCEL, "VERCEL_ENV": "production"}, Target(LIVE, host="vercel")),
        (None, {**VERCEL, "VERCEL_ENV": "preview"}, Target(PREVIEW, True, host="vercel")),
        (None, {**RENDER, "IS_PULL_REQUEST": "true"}, Target(PREVIEW, True, host="render", fallback_url=PREVIEW)),
        (None, {**RENDER, "IS_PULL_REQUEST": "false"}, Target(host="render", fallback_url=PREVIEW)),
    ],
)  # fmt: skip
def test_the_host_and_the_address_are_those_of_the_build(
    base_url: str | None, environment: dict[str, str], target: Target
) -> None:
    assert find_target(base_url, environment) == target


@pytest.mark.parametrize(
    ("target", "address", "expected"),
    [
        (Target(), "https://own.org", "https://own.org/"),
        (Target(LIVE), "https://own.org", LIVE),
        (Target(fallback_url=PREVIEW), "https://own.org", "https://own.org/"),
        (Target(fallback_url=PREVIEW), None, PREVIEW),
        (Target(PREVIEW, True, fallback_url=PREVIEW), "https://own.org", PREVIEW),
    ],
)
def test_the_address_in_the_settings_counts_between_what_the_host_knows_and_what_it_guesses(
    target: Target, address: str | None, expected: str
) -> None:
    assert target.complete(address, Assets({})).base_url == expected


def test_the_settings_may_name_each_host_and_no_other() -> None:
    for host in HOSTS:
        assert sites.load(sites.append("site.yaml", f"host: {host.name}\n")).site.settings.host == host.name
    assert len(sites.report(sites.append("site.yaml", "host: other\n"))) == 1


def test_the_host_that_runs_the_build_counts_before_the_one_in_the_settings() -> None:
    site = sites.load(sites.append("site.yaml", "host: netlify\nleads: {action: netlify, consent: Yes}\n")).site
    assert [*find_host_problems(site, None)] == []
    assert [problem.code for problem in find_host_problems(site, "github-pages")] == ["forms-not-on-host"]


# What is written for it


@by_name
def test_a_host_gets_the_files_that_it_reads_and_no_others(tmp_path: Path, host: Host) -> None:
    folder = build(tmp_path / "site", host)
    assert {name for name in READ_BY_HOSTS if (folder / name).exists()} == FILES[host.name]


@pytest.mark.thorough
@by_name
@pytest.mark.parametrize("admin", ["", "admin: {repo: a/b, login: 'https://login.org'}\n"], ids=["", "admin"])
def test_the_policy_of_the_site_is_in_every_page_and_in_a_header_where_there_are_headers(
    tmp_path: Path, host: Host, admin: str
) -> None:
    folder = build(tmp_path / "site", host, MORE + admin)
    policy = site_policy(sites.load(sites.append("site.yaml", MORE)).site.settings).write()
    sent = "frame-ancestors 'self'" if admin else f"{policy}; media-src 'self'; frame-ancestors 'none'"
    for page in folder.rglob("*.html"):
        path = f"/{page.relative_to(folder).as_posix()}"
        if not path.startswith("/admin/"):
            assert re.sub("'sha256-[^']+'", STYLE, read_policy(page) or "") == policy
        header = read_headers(folder, path).get("Content-Security-Policy")
        assert header is None or {*header.replace("'unsafe-inline'", STYLE).split("; ")} == {*sent.split("; ")}
        assert (header is None) == (not host.has_headers)
    if host.has_headers:
        assert read_headers(folder, "/")["X-Frame-Options"] == ("SAMEORIGIN" if admin else "DENY")
        assert "immutable" in read_headers(folder, "/assets/site.css")["Cache-Control"]


@by_name
def test_a_preview_asks_not_to_be_found_where_it_may_be_read(tmp_path: Path, host: Host) -> None:
    folder = build(tmp_path / "site", host, preview=True)
    for page in folder.rglob("*.html"):
        assert '<meta name="robots" content="noindex">' in page.read_text()
    assert "Disallow:\n" in (folder / "robots.txt").read_text() + "\n"
    assert "Disallow: /" not in (folder / "robots.txt").read_text()
    assert read_headers(folder, "/").get("X-Robots-Tag", "noindex") == "noindex"
    assert "X-Robots-Tag" in read_headers(folder, "/") or not host.has_headers
    live = build(tmp_path / "live", host)
    assert "noindex" not in (live / "index.html").read_text()
    assert "X-Robots-Tag" not in read_headers(live, "/")


def test_the_next_repository_is_that_of_the_editor(
    tmp_path: Path, write_site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "cache"))
    write_site(sites.append("site.yaml", "admin: true\n"), tmp_path / "content")
    for name in ("a/b", "c/d"):
        monkeypatch.setenv("GITHUB_REPOSITORY", name)
        assert main(["build", "--content", "content", "--output", "site", "--today", "2026-07-01"]) == 0
        assert f"repo: {name}" in (tmp_path / "site/admin/config.yml").read_text()


# What hosts make of it; Netlify's own parsers are in test_netlify.py


def test_cloudflare_reads_every_line(tmp_path: Path) -> None:
    """By its documentation: at most 100 rules, 2,000 characters a line, and one star in a path."""
    host = next(host for host in HOSTS if host.name == "cloudflare-pages")
    folder = build(tmp_path / "site", host, MORE)
    lines = (folder / "_headers").read_text().splitlines()
    rules = [line for line in lines if line.startswith("/")]
    assert len(rules) <= 100
    assert all(rule.count("*") <= 1 and " " not in rule for rule in rules)
    assert all(len(line) <= 2000 for line in lines)
    assert all(re.fullmatch(r"(#.*|/\S*|  [A-Za-z-]+: \S.*)?", line) for line in lines)
    redirects = [line for line in (folder / "_redirects").read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"/\S* /\S* (301|302|303|307|308)", line) for line in redirects)
    assert not any("*" in line for line in redirects)


@pytest.mark.usefixtures("node_packages")
def test_vercel_reads_every_route(tmp_path: Path) -> None:
    host = next(host for host in HOSTS if host.name == "vercel")
    folder = build(tmp_path / "site", host, MORE)
    found = run_script(sites.ROOT / "tests/tools/vercel.mjs", folder / "vercel-config.json")
    assert found["error"] is None
    routes = json.loads((folder / "vercel-config.json").read_text())["routes"]
    assert found["routes"] == routes
    # What Vercel itself would make of `trailingSlash: true`.
    slash = [route for route in found["slash"] if route.get("headers", {}).get("Location") == "/$1/"]
    assert [(re.compile(route["src"]).pattern, route["status"]) for route in routes if route.get("status") == 308] == [
        (route["src"].replace(r"\.", "."), route["status"]) for route in slash
    ]


def test_the_command_of_vercel_puts_everything_where_it_is_read(tmp_path: Path) -> None:
    settings = json.loads((sites.ROOT / "vercel.json").read_text())
    assert len(settings["buildCommand"]) <= 256
    copy_program(tmp_path / "repo")
    shutil.copytree(sites.ROOT / "content", tmp_path / "repo/content")
    shutil.copy(sites.ROOT / "requirements.txt", tmp_path / "repo")
    (tmp_path / "repo/.venv").symlink_to(sites.ROOT / ".venv")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **VERCEL, "VERCEL_ENV": "production", "PATH": path}
    command = ["bash", "-c", settings["buildCommand"]]
    build = subprocess.run(command, cwd=tmp_path / "repo", env=environment, check=False, capture_output=True)
    assert build.returncode == 0, build.stderr.decode()
    output = tmp_path / "repo/.vercel/output"
    assert json.loads((output / "config.json").read_text())["version"] == 3
    assert f'href="{LIVE}"' in (output / "static/index.html").read_text()
    assert not (output / "static/vercel-config.json").exists()


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/makers", "/makers/"), ("/makers/new", "/makers/new/"), ("/compare/", "/compare/1/"),
        ("/compare", "/compare/1/"), ("/", None), ("/makers/", None), ("/sitemap.xml", None), ("/404.html", None),
    ],
)  # fmt: skip
def test_vercel_leads_on_as_other_hosts_do(tmp_path: Path, path: str, location: str | None) -> None:
    host = next(host for host in HOSTS if host.name == "vercel")
    routes = json.loads((build(tmp_path / "site", host) / "vercel-config.json").read_text())["routes"]
    for route in routes[: routes.index({"handle": "filesystem"})]:
        found = re.search(route["src"], path)
        if found and "Location" in route["headers"]:
            assert location == re.sub(r"\$1", lambda _, found=found: found[1], route["headers"]["Location"])
            return
    assert location is None


# The policy


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("https://count.org/event?x=1", ["https://count.org"]),
        ("http://127.0.0.1:8000/", ["http://127.0.0.1:8000"]),
        ("//count.org/event", ["count.org"]),
        ("https://me:secret@count.org/", ["https://count.org"]),
        ("https://a.org https://b.org", ["https://a.org", "https://b.org"]),
        ("https://*.count.org", ["https://*.count.org"]),
        ("https://zähler.de/", ["https://xn--zhler-gra.de"]),
        ("https://zähler..de/", []),
        ("https://a.org;script-src", ["https://a.org"]),
        ("small-site.org", []),
        ("/event//count", []),
        ("a//b", []),
    ],
)  # fmt: skip
def test_the_hosts_in_a_text_are_found(text: str, hosts: list[str]) -> None:
    assert list(find_hosts(text)) == hosts


def test_what_the_settings_name_is_allowed_and_nothing_else() -> None:
    own, policy = Policy(), site_policy(sites.load(sites.append("site.yaml", MORE)).site.settings)
    scripts = ("https://cdn.count.org", "https://*.count.net")
    called = (*scripts, "https://api.count.org")
    assert policy.script_src == (*own.script_src, *scripts)
    assert policy.connect_src == (*own.connect_src, *called)
    assert policy.img_src == (*own.img_src, *called)
    assert policy.form_action == (*own.form_action, "https://lists.small-site.org", "https://thanks.org")
    changed = {"script_src", "connect_src", "img_src", "form_action"}
    assert all(getattr(policy, name) == getattr(own, name) for name in own._fields if name not in changed)
    assert site_policy(SiteFile(name="Plain")) == own


def test_a_page_may_be_allowed_more() -> None:
    policy = Policy().allow(frame_src=["https://video.org"], style_src=["'sha256-x'", "'self'"])
    assert "frame-src" not in Policy().write()
    assert "frame-src https://video.org;" in policy.write()
    assert f"style-src {STYLE} 'sha256-x' 'self';" in policy.write()
    assert header_policy(SiteFile(name="Plain")).endswith("; frame-ancestors 'none'")
    assert header_policy(SiteFile(name="Edited", admin=True)) == "frame-ancestors 'self'"
