"""Links that lead to what is not live, or stand within another link, taken out of the HTML of a page: their words stay.

It is done in the HTML, since an editor may put a link into almost any text. Most sites have no such link.
"""

import re
from collections.abc import Collection
from html import unescape

LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
# Where links begin and end.
ENDS = re.compile(r"<(/?)a(?=[\s>])[^>]*>")


def join_links(html: str) -> str:
    """The HTML without links within links: a title may have one, and be itself what leads to its page."""
    if "aa" not in "".join(slash or "a" for slash in ENDS.findall(html)):
        return html
    depth = 0

    def keep_outer(tag: re.Match[str]) -> str:
        nonlocal depth
        before, depth = depth, max(0, depth - 1 if tag[1] else depth + 1)
        return tag[0] if 0 in (before, depth) else ""

    return ENDS.sub(keep_outer, html)


def take_out_links(html: str, addresses: Collection[str]) -> str:
    """The HTML without links to those addresses, as they stand on this page."""
    return LINK.sub(lambda link: link[2] if unescape(link[1]) in addresses else link[0], html)
