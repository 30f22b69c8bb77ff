"""Edits of a content folder, drawn by chance: what editors, and their tools, may do to files that name each other.

A step is a verb with what it is about, plain enough for JSON: `["move", "makers/1-new.md", "makers/3-new.md"]`. What
can be drawn follows from the registry of content kinds and their types: a new kind is edited as soon as it has a row.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

import yaml

from generator.authoring.reference import compose_example
from generator.content.file_data import write_file
from generator.content.kinds import KINDS, match_path
from generator.diagnostics.diagnostic import Keys, SiteError
from generator.formats.document import FRONT_MATTER
from generator.formats.yaml_reader import load_yaml
from generator.schema.fields import note_fields
from tests.sites import SITE, Files

Step = list[Any]
History = list[Files]

SLUGS = ("about", "able", "makers", "users", "new", "compare", "quiz", "offers", "renamed", "with space")
# What a value may become, besides any other value of the site and any example of its type.
VALUES = (None, "", [], {}, 0, 1, 2, 3, -1, True, "renamed", "/", "/about/", "/makers/able/", "/nowhere/", "2001-01-01")


def complete(files: Files) -> Files:
    """The files, and an example of each kind of which there is none."""
    there = {found[0].name for path in files if (found := match_path(path))}
    more = {
        kind.file_path(audience="makers", number=3, slug="sample"): kind for kind in KINDS if kind.name not in there
    }
    return {**files, "words.yaml": "home: Start\n"} | {
        path: write_file(path, compose_example(kind)) for path, kind in more.items()
    }


START = complete(SITE)


# Files and folders. A path that ends in / stands for all that is below it.


def delete(files: Files, path: str) -> None:
    for each in _below(files, path):
        del files[each]


def empty(files: Files, path: str) -> None:
    files.update(dict.fromkeys(_below(files, path), ""))


def bring_back(files: Files, path: str) -> None:
    """As it was in the beginning."""
    files.update({each: START[each] for each in _below(START, path)})


def copy(files: Files, path: str, other: str) -> None:
    files.update({each.replace(path, other, 1): files[each] for each in _below(files, path)})


def move(files: Files, path: str, other: str) -> None:
    files.update({each.replace(path, other, 1): files.pop(each) for each in _below(files, path)})


def cut_line(files: Files, path: str, number: int) -> None:
    text = files.get(path)
    if isinstance(text, str):
        lines = text.splitlines(keepends=True)
        files[path] = "".join(lines[:number] + lines[number + 1 :])


def rename(files: Files, old: str, new: str) -> None:
    """A text that several files may have becomes another, wherever it stands."""
    files.update(
        {path: text.replace(old, new) for path, text in files.items() if isinstance(text, str) and old in text}
    )


def _below(files: Files, path: str) -> list[str]:
    return [each for each in files if each == path or (path.endswith("/") and each.startswith(path))]


# Fields and the entries of lists, by their keys


def drop(files: Files, path: str, keys: list[str | int]) -> None:
    _change(files, path, keys, lambda group, key: group.pop(key))


def repeat(files: Files, path: str, keys: list[str | int]) -> None:
    _change(files, path, keys, lambda group, key: group.insert(key, deepcopy(group[key])))


def put(files: Files, path: str, keys: list[str | int], value: Any) -> None:
    _change(files, path, keys, lambda group, key: group.__setitem__(key, value))


def _change(files: Files, path: str, keys: list[str | int], change: Callable[[Any, Any], object]) -> None:
    """Changes the group that has the last of the keys. What is not there, or no longer, is left alone."""
    data = read_fields(files, path)
    with suppress(KeyError, IndexError, TypeError, AttributeError):
        group = data
        for key in keys[:-1]:
            group = group[key]
        change(group, keys[-1])
        text = str(files[path])
        fields = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        front = FRONT_MATTER.match(text)
        files[path] = text[: front.start(1)] + fields + text[front.end(1) :] if front else fields


def read_fields(files: Files, path: str) -> Any:
    """What is written in YAML in a file; None where it cannot be read."""
    text = files.get(path)
    if not isinstance(text, str) or not path.endswith((".md", ".yaml")):
        return None
    front = FRONT_MATTER.match(text)
    with suppress(SiteError):
        return load_yaml(front[1] if front else text, path) if front or path.endswith(".yaml") else None
    return None


# Series of steps

# Those that may well leave a sound site come up more often.
VERBS = (delete, empty, bring_back, copy, move, cut_line, drop, repeat, put, put, put, rename, rename, rename)
VERBS_BY_NAME: dict[str, Callable[..., None]] = {verb.__name__: verb for verb in VERBS}


def take(history: History, step: Step) -> None:
    """Adds to a history what becomes of its last files; `undo` takes away what was added last."""
    verb, *about = step
    if verb == "undo":
        del history[max(1, len(history) - 1) :]
        return
    files = dict(history[-1])
    VERBS_BY_NAME[verb](files, *about)
    history.append(files)


def draw_step(files: Files, dice: random.Random) -> Step:
    """Any edit of these files."""
    path = dice.choice(sorted(files) or ["home.md"])
    if "/" in path and dice.random() < 0.1:
        path = path[: path.index("/") + 1]
    verb = dice.choice((delete, empty, copy, move) if path.endswith("/") else VERBS)
    if verb in (copy, move):
        return [verb.__name__, path, _draw_path(path, dice)]
    if verb is bring_back:
        return [verb.__name__, dice.choice(sorted(START))]
    if verb is cut_line:
        return [verb.__name__, path, dice.randrange(1 + str(files.get(path, "")).count("\n"))]
    if verb is rename:
        words = [value for _, value in walk(read_fields(files, path)) if value and isinstance(value, str)]
        return [verb.__name__, dice.choice(words or ["makers"]), dice.choice([*SLUGS[-2:], *words])]
    if verb in (drop, repeat, put):
        return _draw_change(verb.__name__, files, path, dice)
    return [verb.__name__, path]


def _draw_path(path: str, dice: random.Random) -> str:
    """Another name: of the same kind if it has one, or of another audience."""
    found = match_path(path)
    if path.endswith("/"):
        return f"{dice.choice(SLUGS)}/"
    if not found or not found[1]:
        return dice.choice(sorted(START))
    kind, parameters = found
    name = dice.choice(sorted(parameters))
    value = str(dice.randint(1, 4)) if name == "number" else dice.choice(SLUGS)
    return kind.file_path(**{**parameters, name: value})


def _draw_change(verb: str, files: Files, path: str, dice: random.Random) -> Step:
    places = [keys for keys, _ in walk(read_fields(files, path)) if keys]
    if verb == "repeat":
        places = [keys for keys in places if isinstance(keys[-1], int)]
    examples = list(_list_examples(path))
    if verb == "put" and examples and dice.random() < 0.6:
        return [verb, path, *dice.choice(examples)]
    if not places:
        return ["bring_back", path]
    keys = dice.choice(places)
    if verb != "put":
        return [verb, path, list(keys)]
    pairs = [pair for each in sorted(files) for pair in walk(read_fields(files, each))]
    others = [value for where, value in pairs if where[-1:] == keys[-1:]]
    return [verb, path, list(keys), dice.choice(dice.choice((VALUES, others)))]


def _list_examples(path: str) -> Iterator[tuple[Keys, Any]]:
    """Every field that a file may have, with its examples."""
    found = match_path(path)
    for note in note_fields(found[0].fields) if found else ():
        keys = [0, note.name] if found and found[0].is_list else [note.name]
        yield from ((keys, example) for example in note.examples)


def walk(data: Any, keys: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Every value in the data, and the keys that lead to it."""
    yield keys, data
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield from walk(value, (*keys, key))


def shorten(steps: list[Step], fails: Callable[[list[Step]], bool]) -> list[Step]:
    """The steps without those that a failure does not need."""
    at = 0
    while at < len(steps):
        shorter = steps[:at] + steps[at + 1 :]
        if fails(shorter):
            steps = shorter
        else:
            at += 1
    return steps
