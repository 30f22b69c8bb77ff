"""Modules of libraries that are loaded when something in them is called, if ever.

A small build is mostly loading, and libraries load more than it uses.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any


class Later(ModuleType):
    """Stands in for a module: what is taken from it loads the module when it is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return partial(_call, self.__name__, name)


def postpone(*names: str) -> None:
    """Lets stand-ins take the place of modules that have not been loaded."""
    for name in names:
        sys.modules.setdefault(name, Later(name))


def _call(module: str, name: str, *arguments: object, **named: object) -> object:
    _forget(module)
    return getattr(import_module(module), name)(*arguments, **named)


def _forget(name: str) -> None:
    if isinstance(sys.modules.get(name), Later):
        del sys.modules[name]


@contextmanager
def load_lightly() -> Iterator[None]:
    """What is loaded meanwhile does without two modules that take 7 ms: `inspect`, unless it calls something in it,
    and `typing_extensions`, which has nothing that this Python lacks. Both are there for whatever comes after.
    """
    hidden = "typing_extensions" not in sys.modules
    postpone("inspect")
    if hidden:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        _forget("inspect")
        if hidden:
            del sys.modules["typing_extensions"]
