"""The kinds of single values an editor may write: texts, addresses, numbers.

A title is what a report says was expected; descriptions and examples go into the documentation of every
field that has none of its own.
"""

from typing import Annotated

from msgspec import Meta

Text = Annotated[str, Meta(pattern=r"\S", description="Text, not empty.")]
Slug = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        title="a name of small letters, digits and single hyphens",
        description="Small letters, digits and single hyphens.",
        examples=["core-cohort"],
    ),
]
Url = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\s/]+\S*$",
        title="a full web address, with https://",
        description="A full web address, with https://",
        examples=["https://mountain-school.org/"],
    ),
]
Address = Annotated[
    str,
    Meta(
        pattern=r"^(/(?!/)\S*|https?://[^\s/]+\S*|mailto:\S+@\S+|tel:[+0-9-]+)$",
        title="a page of this site such as /offers/, or a full web address",
        description="A page of this site such as `/offers/`, or a full web address.",
        examples=["/offers/", "https://mountain-school.org/"],
    ),
]
Email = Annotated[
    str,
    Meta(
        pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
        title="an e-mail address",
        description="An e-mail address.",
        examples=["hello@mountain-school.org"],
    ),
]
Currency = Annotated[
    str,
    Meta(
        pattern=r"^[A-Z]{3}$",
        title="an ISO 4217 code, such as USD",
        description="An ISO 4217 code.",
        examples=["USD"],
    ),
]
AttributeName = Annotated[
    str, Meta(pattern=r"^(?!on)[a-z][a-z0-9-]*$", title="an attribute such as data-domain, and none that runs a script")
]
Repository = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$",
        title="a repository on GitHub, as owner/name",
        description="A repository on GitHub, as owner/name.",
        examples=["mountain-school/site"],
    ),
]
Number = Annotated[float, Meta(ge=0)] | Annotated[int, Meta(ge=0)]
Ordinal = Annotated[int, Meta(ge=1)]
LevelNumber = Ordinal
ModuleNumber = Ordinal
Summary = Annotated[
    str,
    Meta(
        min_length=50,
        max_length=160,
        description="One or two sentences of 50 to 160 characters; also the description search engines show.",
        examples=["Four levels from the first walk to the first summit. See which one is yours, and what comes next."],
    ),
]
