"""What all kinds of blocks have, and the places on a level where one may stand."""

from typing import Annotated, Literal

from generator.schema.types import Fields, Text, doc

Section = Literal["hero", "signs", "opening", "symptoms", "pain", "promise", "keys", "success", "offers"]


class Block(Fields, frozen=True, kw_only=True, tag_field="kind"):
    """What all kinds of blocks have."""

    title: Annotated[Text | None, doc("Heading above the block.", "What climbers ask")] = None
    after: Annotated[
        Section | None,
        doc(
            "Only on a level: the section that the block follows. Without it, blocks end the page. With `hero`, it "
            "stands beside the headline on wide screens.",
            "promise",
        ),
    ] = None
