"""Links that lead to what is not live, taken out of the HTML of a page: their words stay.

It is done in the HTML, since an editor may put a link into almost any text. Most sites have no such link.
"""

import re
from collections.abc import Collection
from html import unescape

LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def take_out_links(html: str, addresses: Collection[str]) -> str:
    """The HTML without links to those addresses, as they stand on this page."""
    return LINK.sub(lambda link: link[2] if unescape(link[1]) in addresses else link[0], html)
