"""From the file that is being edited to the page that shows it."""

from collections.abc import Collection

from generator.content.listing import LEVEL_FILE
from generator.content.routes import (
    CURRICULUM,
    HOME,
    OFFERS,
    article_address,
    audience_address,
    file_of,
    level_address,
    quiz_address,
)

PAGES = {"home.md": HOME, "offers.yaml": OFFERS, "curriculum.yaml": CURRICULUM}


def find_page(changed: Collection[str], content: str, manifest: Collection[str]) -> str | None:
    """The address of the page, if just one file of the content folder was changed and has a page of its own."""
    paths = [path.removeprefix(f"{content}/") for path in changed if path.startswith(f"{content}/")]
    if len(paths) != 1:
        return None
    address = _to_address(paths[0])
    return address if address is not None and file_of(address) in manifest else None


def _to_address(path: str) -> str | None:
    folder, _, name = path.rpartition("/")
    level = LEVEL_FILE.fullmatch(name)
    if not folder:
        return PAGES.get(name)
    if folder == "pages":
        return article_address(name.removesuffix(".md"))
    if name == "audience.md":
        return audience_address(folder)
    if name == "quiz.yaml":
        return quiz_address(folder)
    return level_address(folder, level[2]) if level else None
