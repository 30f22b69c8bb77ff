"""Every page is valid HTML by the Nu checker, but for what docs/browsers.md says."""

import re
from pathlib import Path

import pytest

from tests.sites import CASES, ROOT, build, read_folder, real_layouts
from tests.tools.nu import check_pages

# Nu knows little of CSS, and takes the policy to forbid data for search engines, and 'self' to be no file.
BESIDES = ("CSS: ", "Content Security Policy")


def read_exceptions() -> list[str]:
    text = (ROOT / "docs" / "browsers.md").read_text(encoding="utf-8").partition("## Standards")[2]
    return re.findall(r"^\| (The .*?) \|", text, re.MULTILINE)


def check(site: Path, packages: Path) -> list[str]:
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(paths) > 5
    found = check_pages(packages, site, paths, BESIDES)
    # An exception names what is wrong by its beginning and its end, without the element.
    patterns = [re.escape(line).replace("attribute\\ is", "attribute.*is") for line in read_exceptions()]
    return [line for line in found if not any(re.search(pattern.rstrip("\\."), line) for pattern in patterns)]


def test_every_page_of_the_site_is_valid(built_site: Path, node_packages: Path) -> None:
    assert check(built_site, node_packages) == []


@pytest.mark.parametrize("case", ["arabic_site", "second_site"])
def test_every_page_of_other_sites_is_valid(case: str, tmp_path: Path, node_packages: Path) -> None:
    assert check(build(read_folder(CASES / case), tmp_path / "site", real_layouts()), node_packages) == []


def test_what_is_not_valid_is_found(tmp_path: Path, node_packages: Path) -> None:
    page = '<!doctype html><html lang="en"><title>A</title><table><tr><td role="cell">B</td></tr></table><p><div></div>'
    (tmp_path / "a.html").write_text(page)
    (first, *_) = check_pages(node_packages, tmp_path, ["a.html"])
    assert first.startswith("a.html: error: ")
