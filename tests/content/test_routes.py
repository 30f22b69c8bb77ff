"""Addresses: which page an edited file leads to."""

import pytest

from generator.content.routes import find_page


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
