"""What can be told of an audience that has mistakes in it, so that a level can be added all the same."""

from collections.abc import Iterator
from typing import Any

from generator.content.content_files import find_content_files
from generator.content.loader import AudienceFiles, Calendar, Loader
from generator.content.model import Audience, Content, Level, derive
from generator.files.tree import Tree
from generator.formats.document import Item
from generator.schema.audience import AudienceFields
from generator.schema.level import LevelFields, Message


def add_broken_audiences(content: Content, folder: Tree, calendar: Calendar) -> Content:
    """The content with the audiences that could not be loaded. Levels that cannot be read are known by their file."""
    loaded = {audience.slug for audience in content.audiences}
    loader = Loader(folder, calendar)
    broken = [
        _make_audience(slug, loader.read_audience(paths, content.site.words))
        for slug, paths in find_content_files(folder)[0].audiences.items()
        if slug not in loaded
    ]
    return content._replace(audiences=[*content.audiences, *broken])


def _make_audience(slug: str, files: AudienceFiles) -> Audience:
    fields = files.head.fields if files.head else AudienceFields(name=slug, title=slug, summary=slug)
    levels = tuple(_make_levels(files))
    more: dict[str, Any] = {"levels": levels, "files": tuple(files.files), "characters": ""}
    return derive(fields, Audience, slug=slug, body="", state="draft", **more)


def _make_levels(files: AudienceFiles) -> Iterator[Level]:
    for number, path, level in files.levels:
        slug = path.rpartition("/")[2].removesuffix(".md").partition("-")[2]
        fields = LevelFields(name=slug, title=slug, summary=slug, message=Message(focus="", pain="", promise=""))
        lists: dict[str, tuple[Item, ...]] = dict.fromkeys(("symptoms", "keys", "success"), ())
        yield level or derive(fields, Level, number=number, slug=slug, live=True, state="draft", opening="", **lists)
