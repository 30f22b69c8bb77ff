"""`addresses.yaml` as the program writes it: lines come and go in it, and all else stays as its editor wrote it."""

from bisect import bisect
from collections.abc import Iterable, Mapping

from generator.content.file_data import read_file
from generator.content.kinds import KINDS_BY_NAME
from generator.formats.yaml_edit import YamlEditor
from generator.formats.yaml_writer import comment, write_yaml

PATH = KINDS_BY_NAME["addresses"].path
PUBLISHED, REDIRECTS = "published", "redirects"
NOTE = """\
Commit this file: it keeps the addresses of the site alive.

published: every address that was ever live. A build adds those that are new.
redirects: where old addresses lead now. `python3 build.py move OLD NEW` writes them, and so may you:
  /old-page/: /offers/
  /old-site/*: /"""


def add_published(text: str, addresses: Iterable[str]) -> str:
    """The text of the file with more addresses that were published, in their places."""
    known: list[str] = (read_file(PATH, text) or {}).get(PUBLISHED) or []
    more = sorted({*addresses}.difference(known))
    if not known:
        return _write_anew(text, PUBLISHED, [write_yaml([address]) for address in more])
    editor = YamlEditor(text)
    for address in more:
        place = bisect(known, address)
        editor.add_entry((PUBLISHED, max(place - 1, 0)), address, before=not place)
    return editor.apply()


def set_redirects(text: str, redirects: Mapping[str, str]) -> str:
    """The text of the file with these redirects instead of those it has."""
    old = read_file(PATH, text) or {}
    if not old.get(REDIRECTS):
        return _write_anew(text, REDIRECTS, [write_yaml({source: target}) for source, target in redirects.items()])
    editor = YamlEditor(text)
    editor.update(old, {**old, REDIRECTS: dict(redirects)})
    return editor.apply()


def _write_anew(text: str, name: str, lines: list[str]) -> str:
    """The text with a field at its end, instead of the one it may have elsewhere."""
    if name in (read_file(PATH, text) or {}):
        editor = YamlEditor(text)
        editor.remove_field((name,))
        text = editor.apply()
    above = text.rstrip() or comment(NOTE).rstrip()
    return f"{above}\n\n{name}:\n" + "".join(f"  {line}" for line in lines)
