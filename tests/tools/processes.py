"""Which tests start processes: a browser, Node.js, the program itself. They take most of the time.

Nobody keeps a list. A test is one of them if what it names leads to a way of starting one, through whatever functions,
classes and fixtures of the tests.
"""

import subprocess
from collections.abc import Iterable, Iterator
from inspect import unwrap
from types import CodeType, FunctionType, ModuleType

from playwright.sync_api import sync_playwright

STARTERS = (subprocess, sync_playwright)


def starts_process(things: Iterable[object]) -> bool:
    """Whether a function or a class of the tests leads to a way of starting a process."""
    todo, seen = list(things), set[int]()
    while todo:
        thing = todo.pop()
        if thing in STARTERS:
            return True
        if id(thing) not in seen:
            seen.add(id(thing))
            todo += find_named(thing)
    return False


def find_named(thing: object) -> Iterator[object]:
    """What a function or a class names, if it is one of the tests."""
    if isinstance(thing, property):
        thing = thing.fget
    thing = unwrap(thing) if callable(thing) else thing
    if not str(getattr(thing, "__module__", "")).startswith("tests."):
        return
    if isinstance(thing, type):
        yield from list(vars(thing).values())
    elif isinstance(thing, FunctionType):
        names = set(list_names(thing.__code__))
        for found in (thing.__globals__[name] for name in names if name in thing.__globals__):
            yield found
            if isinstance(found, ModuleType) and found.__name__.startswith("tests."):
                yield from (getattr(found, name) for name in names if hasattr(found, name))


def list_names(code: CodeType) -> Iterator[str]:
    """The names in a piece of code, and in what is defined within it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from list_names(constant)
