"""What the types of all files have in common."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from generator.schema.types import doc


class Fields(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of everything an editor writes: immutable, and no field but those named."""


class Dated(Fields, frozen=True, kw_only=True):
    """What decides whether a page is live. A day begins at midnight where the site is built."""

    draft: Annotated[bool, doc("`true` keeps it off the site, except in a build with `--drafts`.", True)] = False
    publish: Annotated[date | None, doc("The first day it is on the site.", "2027-01-31")] = None
    expire: Annotated[date | None, doc("The first day it is no longer on the site.", "2027-12-31")] = None
