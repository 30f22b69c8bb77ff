"""jinja2 without what compiles templates; that is loaded when a template has to be compiled.

To import jinja2 is to load its lexer, parser and compiler too, which takes as long as rendering thirty pages. After
the first build the compiled templates are known, and nobody calls them.
"""

from generator.later import postpone

postpone("jinja2.bccache", "jinja2.compiler", "jinja2.lexer", "jinja2.loaders", "jinja2.parser")

from jinja2 import Environment, StrictUndefined, Template, Undefined, pass_context  # noqa: E402
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError  # noqa: E402
from jinja2.runtime import Context  # noqa: E402
from jinja2.utils import Namespace  # noqa: E402

__all__ = [
    "Context", "Environment", "Namespace", "StrictUndefined", "Template", "TemplateError",
    "TemplateNotFound", "TemplateSyntaxError", "Undefined", "pass_context",
]  # fmt: skip
