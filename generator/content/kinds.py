"""The kinds of files a content folder has: where they lie, and the type of their fields."""

from typing import Any, NamedTuple

from generator.schema.audience import AudienceFields
from generator.schema.curriculum import CurriculumFile
from generator.schema.level import LevelFields
from generator.schema.offers import Offer
from generator.schema.page import HomeFields, PageFields
from generator.schema.quiz import Quiz
from generator.schema.site import SiteFile
from generator.schema.strategy import StrategyFile


class FileKind(NamedTuple):
    """One kind of file. `name` is that of its schema, `path` what people call it, `pattern` a glob below
    the content folder; `fields` is the type of one entry where the file is a list. `has_form` is whether the
    browser editor shows it.
    """

    name: str
    path: str
    pattern: str
    fields: type[Any]
    is_list: bool = False
    has_form: bool = True

    @property
    def has_body(self) -> bool:
        """Whether it is Markdown, and the fields are its front matter."""
        return self.path.endswith(".md")

    @property
    def type(self) -> Any:
        return tuple[self.fields, ...] if self.is_list else self.fields  # type: ignore[name-defined]


FILE_KINDS = (
    FileKind("site", "site.yaml", "site.yaml", SiteFile),
    FileKind("home", "home.md", "home.md", HomeFields),
    FileKind("offers", "offers.yaml", "offers.yaml", Offer, is_list=True),
    FileKind("curriculum", "curriculum.yaml", "curriculum.yaml", CurriculumFile),
    FileKind("audience", "<audience>/audience.md", "*/audience.md", AudienceFields),
    FileKind("level", "<audience>/<number>-<slug>.md", "*/[0-9]*-*.md", LevelFields),
    FileKind("quiz", "<audience>/quiz.yaml", "*/quiz.yaml", Quiz),
    FileKind("page", "pages/<slug>.md", "pages/*.md", PageFields),
    FileKind("strategy", "strategy.yaml", "strategy.yaml", StrategyFile, has_form=False),
)
WORDS_PATTERN = "words.yaml"
