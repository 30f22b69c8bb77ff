"""jinja2 without what compiles templates; that is loaded when a template has to be compiled.

To import jinja2 is to load its lexer, parser and compiler too, which takes as long as rendering thirty pages. After
the first build the compiled templates are known, and nobody calls them.
"""

import sys
from collections.abc import Callable
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
    if isinstance(sys.modules[module], Later):
        del sys.modules[module]
    return getattr(import_module(module), name)(*arguments, **named)


postpone("jinja2.bccache", "jinja2.compiler", "jinja2.lexer", "jinja2.loaders", "jinja2.parser")

from jinja2 import Environment, StrictUndefined, Template, Undefined, pass_context  # noqa: E402
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError  # noqa: E402
from jinja2.runtime import Context  # noqa: E402
from jinja2.utils import Namespace  # noqa: E402

__all__ = [
    "Context", "Environment", "Namespace", "StrictUndefined", "Template", "TemplateError",
    "TemplateNotFound", "TemplateSyntaxError", "Undefined", "pass_context",
]  # fmt: skip
