"""`strategy.yaml`."""

from typing import Annotated

from msgspec import field

from generator.schema.types import Fields, Text, doc


class Difference(Fields, frozen=True, kw_only=True):
    """A place where content says deliberately something else than the strategy."""

    where: Annotated[Text, doc("The place, as `check --strategy` names it.", "guides/2-able.md: keys 3")]
    reason: Annotated[Text, doc("Why.", "The office gave us a new figure in May.")]


class StrategyFile(Fields, frozen=True, kw_only=True):
    """`strategy.yaml`: what belongs to the strategy document and is on no page. Optional."""

    title: Annotated[Text | None, doc("The title of the document.", "Summit Ladder - Mountain School")] = None
    facts: Annotated[
        dict[str, Text],
        doc(
            "The named lines at its top, such as `Course` and `Framework`.",
            {"Course": "Mountain School", "Framework": "Summit Ladder"},
        ),
    ] = field(default_factory=dict)
    about: Annotated[tuple[Text, ...], doc("Its paragraphs on the framework.", ["The ladder has three levels."])] = ()
    notes: Annotated[tuple[Text, ...], doc("The lines in italics at its end.", ["Last updated: May 2027"])] = ()
    differences: Annotated[
        tuple[Difference, ...],
        doc(
            "Where content deliberately says something else; `check --strategy` is silent about these.",
            [{"where": "guides/2-able.md: keys 3", "reason": "The office gave us a new figure in May."}],
        ),
    ] = ()
