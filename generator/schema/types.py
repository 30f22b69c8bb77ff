"""What the types of all files have in common: texts, addresses, numbers, and how a field is documented."""

from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct

# A bracket in the host would be the start of an IPv6 address, which Python's `urlsplit` refuses where it is not one.
WEB_ADDRESS = r"https?://[^\s/?#\[\]]+([/?#]\S*)?"


def doc(description: str | None, *examples: Any, **constraints: Any) -> Meta:
    """The documentation of a field or of a kind of value, for `Annotated`.

    With None for `description`, that of the kind of value stays. The first example is what a starting file shows.
    `constraints` are those of `msgspec.Meta`, such as `pattern`; `title` is what a report says was expected.
    """
    return Meta(description=description, examples=list(examples) or None, **constraints)


ANY_TEXT = r"\S"
Text = Annotated[str, doc("Text, not empty.", pattern=ANY_TEXT)]
# Shown as paragraphs, lists and so on; any other text is a line of words.
Paragraphs = Annotated[str, doc("Paragraphs of Markdown.", pattern=ANY_TEXT, extra={"paragraphs": True})]
# Shown as it is written: no Markdown, and no links to check.
Code = Annotated[str, doc("Code, as it is written.", pattern=ANY_TEXT, extra={"code": True})]
Slug = Annotated[
    str,
    doc(
        "Small letters, digits and single hyphens.",
        "core-cohort",
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        title="a name of small letters, digits and single hyphens",
    ),
]
Url = Annotated[
    str,
    doc(
        "A full web address, with https://",
        "https://mountain-school.org/",
        pattern=rf"^{WEB_ADDRESS}$",
        title="a full web address, with https://",
    ),
]
Address = Annotated[
    str,
    doc(
        "A page of this site such as `/offers/`, or a full web address.",
        "/offers/",
        "https://mountain-school.org/",
        pattern=rf"^(/(?!/)\S*|{WEB_ADDRESS}|mailto:\S+@\S+|tel:[+0-9-]+)$",
        title="a page of this site such as /offers/, or a full web address",
    ),
]
Email = Annotated[
    str,
    doc(
        "An e-mail address.",
        "hello@mountain-school.org",
        pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
        title="an e-mail address",
    ),
]
Currency = Annotated[str, doc("An ISO 4217 code.", "USD", pattern=r"^[A-Z]{3}$", title="an ISO 4217 code, such as USD")]
Origin = Annotated[
    str,
    doc(
        "Another host: its address without a path; `*.` stands for any name before it.",
        "https://count.mountain-school.org",
        pattern=r"^https?://(\*\.)?[\w.-]+(:[0-9]+)?/?$",
        title="a host such as https://count.mountain-school.org",
    ),
]
AttributeName = Annotated[
    str, Meta(pattern=r"^(?!on)[a-z][a-z0-9-]*$", title="an attribute such as data-domain, and none that runs a script")
]
Repository = Annotated[
    str,
    doc(
        "A repository on GitHub, as owner/name.",
        "mountain-school/site",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$",
        title="a repository on GitHub, as owner/name",
    ),
]
Number = Annotated[float, Meta(ge=0)] | Annotated[int, Meta(ge=0)]
Ordinal = Annotated[int, Meta(ge=1)]
LevelNumber = Ordinal
ModuleNumber = Ordinal
Summary = Annotated[
    str,
    doc(
        "One or two sentences of 50 to 160 characters; also the description search engines show.",
        "Four levels from the first walk to the first summit. See which one is yours, and what comes next.",
        min_length=50,
        max_length=160,
    ),
]


class Fields(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of everything an editor writes: immutable, and no field but those named."""


class Dated(Fields, frozen=True, kw_only=True):
    """What decides whether something is live. A day begins at midnight where the site is built.

    What is not live leaves nothing on any page. The nearest live level, of two the lower one, takes over the values of
    a level that is not, and its answers in the quiz.
    """

    draft: Annotated[bool, doc("`true` keeps it off the site, except in a build with `--drafts`.", True)] = False
    publish: Annotated[date | None, doc("The first day it is on the site.", "2027-01-31")] = None
    expire: Annotated[date | None, doc("The first day it is no longer on the site.", "2027-12-31")] = None
