"""`addresses.yaml`."""

from typing import Annotated

from msgspec import field

from generator.schema.types import Address, Fields, doc

# No character that a file name cannot have on every system.
PART = r"(?!\.{1,2}(?:/|$))[^\s/\\?#*<>:\"|]+"
OldAddress = Annotated[
    str,
    doc(
        "An address of this site that is no more: `/old/`, `/old.html`, or `/old/*` for all below it.",
        "/old-page/",
        pattern=rf"^/(?:{PART}/)*(?:{PART}|\*)?$",
        title="an address such as /old/, /old.html, or /old/* for all below it",
    ),
]
Published = Annotated[
    str, doc("An address.", "/offers/", pattern=r"^/(?!/)[^\s?#]*$", title="an address such as /offers/")
]


class AddressesFile(Fields, frozen=True, kw_only=True):
    """`addresses.yaml`: every address that was ever live, and where those lead that are no more.

    Commit it. Once `site.yaml` has an address that is no placeholder, each build adds new addresses to `published`, and
    leaves all else alone; a preview adds none. An address that was live has to stay answered: by a page, or by a
    redirect, which `python3 build.py move` writes. While a page is not live, the one above it answers.
    """

    redirects: Annotated[
        dict[OldAddress, Address],
        doc(
            "Old addresses, each with the page or web address it leads to now.",
            {"/old-page/": "/offers/"},
            {"/old-site/*": "/"},
            title="lines such as /old-page/: /offers/",
        ),
    ] = field(default_factory=dict)
    published: Annotated[tuple[Published, ...], doc("Kept by the build.", ["/", "/offers/"])] = ()
