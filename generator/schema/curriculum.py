"""`curriculum.yaml`."""

from typing import Annotated

from msgspec import field

from generator.schema.seo import PageSeo
from generator.schema.types import Dated, Fields, LevelNumber, ModuleNumber, Summary, Text, doc


class Stage(Fields, frozen=True, kw_only=True):
    """A stage of the curriculum: the modules that serve one step between levels."""

    name: Annotated[Text, doc("What the stage is called.", "Foundation")]
    modules: Annotated[tuple[ModuleNumber, ...], doc("Numbers of the modules it consists of.", [1, 2], min_length=1)]
    from_level: Annotated[LevelNumber | None, doc("The level one starts from.", 1)] = field(name="from", default=None)
    to_level: Annotated[LevelNumber | None, doc("The level it leads to.", 2)] = field(name="to", default=None)
    topics: Annotated[
        tuple[Text, ...], doc("What the modules are about, as far as it is known.", ["Maps and weather", "Knots"])
    ] = ()
    outcomes: Annotated[tuple[Text, ...], doc("What changes for a person.", ["You find your way without a path"])] = ()


class Module(Fields, frozen=True, kw_only=True):
    """A module of the curriculum."""

    number: Annotated[ModuleNumber, doc("Its number, by which stages and levels name it.", 1)]
    name: Annotated[Text | None, doc("Its title, where there is one.", "Maps and weather")] = None


class CurriculumFile(Dated, frozen=True, kw_only=True):
    """`curriculum.yaml`: what is taught, in which order, for which step. Optional."""

    title: Annotated[
        Text | None, doc("Headline of its page; default: the word `curriculum`.", "What you will learn")
    ] = None
    summary: Annotated[
        Summary | None,
        doc(
            "What its page says first, and the description search engines show: 50 to 160 characters.",
            "Two stages and three modules, from reading a map to leading a rope up the north face.",
        ),
    ] = None
    seo: PageSeo = None
    stages: Annotated[
        tuple[Stage, ...],
        doc("The stages, in their order.", [{"name": "Foundation", "modules": [1], "from": 1, "to": 2}], min_length=1),
    ]
    modules: Annotated[
        tuple[Module, ...],
        doc(
            "The modules, in their order. Each belongs to a stage.",
            [{"number": 1, "name": "Maps and weather"}],
            min_length=1,
        ),
    ]
