"""What is out of date, and why: pure functions of digests and manifests."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from generator.build.manifest import Entries, Entry, Manifest

TEMPLATE_CHANGED = "template changed"
REASONS = ("program, settings or words changed", TEMPLATE_CHANGED, "content changed")


def find_reason(path: str, inputs: str, known: Mapping[str, Entry], intact: Collection[str]) -> str | None:
    """Why a file has to be made again, None where it is up to date.

    `inputs` are digests separated by dots: of what all pages share, of the templates, of the page's own context.
    `known` is what the manifest says, `intact` are the files in the output folder whose content is still that.
    """
    entry = known.get(path)
    if entry is None:
        return "new"
    if entry.inputs != inputs:
        pairs = zip(REASONS, inputs.split("."), entry.inputs.split("."), strict=False)
        return next((reason for reason, now, then in pairs if now != then), "content changed")
    return None if path in intact else "missing or edited in the output"


def is_up_to_date(page_key: str, known_key: str | None, entries: Entries, intact: Collection[str]) -> bool:
    """Whether all pages of an audience can stay as they are. A page key stands for all that they are made from."""
    return page_key == known_key and bool(entries) and len(intact) == len(entries)


class Removal(NamedTuple):
    """The files that are to be removed, and the assets that stay for one more build."""

    removed: list[str]
    retired: tuple[str, ...]


def find_removed(before: Manifest, after: Manifest, assets: tuple[str, ...]) -> Removal:
    """What goes when one manifest takes the place of another. `assets` are how the paths of assets begin."""
    planned = set(after)
    gone = [path for path in before if path not in planned]
    retired = {path for path in gone if path.startswith(assets)}
    expired = [path for path in before.retired if path not in planned and path not in retired]
    return Removal(sorted({*gone, *expired} - retired), tuple(sorted(retired)))
