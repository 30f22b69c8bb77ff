"""Links that are taken out of the HTML of pages."""

import pytest

from generator.rendering.links import join_links


@pytest.mark.parametrize(
    ("html", "joined"),
    [
        ('<a href="/x/">One</a> and <a>two</a>', '<a href="/x/">One</a> and <a>two</a>'),
        ('<a href="/x/">One <a href="/y/">and <b>two</b></a></a>', '<a href="/x/">One and <b>two</b></a>'),
        ('<a href="/x/"><a href="/y/">1</a>, <a href="/z/">2</a></a>!', '<a href="/x/">1, 2</a>!'),
        ("<abbr>A</abbr> <article><a>b</a></article>", "<abbr>A</abbr> <article><a>b</a></article>"),
        ("</a><a>b <a>c</a></a>", "</a><a>b c</a>"),
    ],
)
def test_of_links_within_links_the_outer_one_stays(html: str, joined: str) -> None:
    assert join_links(html) == joined
