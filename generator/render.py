"""A page becomes text: its template, filled with its context and nothing else."""

import marshal
import re
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from types import CodeType
from typing import Any, cast

from markupsafe import Markup as Safe
from markupsafe import _escape_inner, escape  # type: ignore[attr-defined]

from generator.folders import Folder
from generator.jinja import (
    Context,
    Environment,
    Namespace,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    pass_context,
)
from generator.language import Language
from generator.markup import Markup, strip_marks
from generator.model import Words
from generator.page import Page
from generator.problems import Place, Problem, SiteError, find_nearest, suggest
from generator.source import read_text
from generator.stamps import digest_bytes
from generator.store import Store

REFERENCE = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+(?:["']([^"']+)["']|(\S+))""")
TEMPLATE_FOLDERS = ("base.html", "pages/", "partials/", "components/", "files/")


class Missing(StrictUndefined):
    """A name that is not there; using it says which one is."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or not isinstance(self._undefined_obj, dict):
            return super()._undefined_message
        near = find_nearest(str(self._undefined_name), self._undefined_obj)
        return f"there is no '{self._undefined_name}' here" + (f", but there is '{near}'" if near else "")


class DataFirst(Environment):
    """Looks a name up among the items of a dict before its methods: `level.keys` is what it says."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def escape_text(value: Any) -> str:
    """What a template shows of a value: as `escape` does, which then marks its result as safe, for nobody to see. That
    takes four times as long, and there are more than a hundred values on a page.
    """
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    return value if kind is Safe else escape(value)


class CompiledTemplates:
    """A loader of templates as jinja2 has compiled them, since that takes longer than rendering a page: the last of
    each name in this process, and in the store, if there is one. `read` gives the source of a name.
    """

    def __init__(self, read: Callable[[str], str | None], store: Store | None) -> None:
        self.read = read
        self.store = store

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:  # noqa: A002 - the name is jinja2's
        """A template. Raises `TemplateNotFound`, `TemplateSyntaxError`."""
        source = self.read(name)
        if source is None:
            raise TemplateNotFound(name)
        code = self.find(name, source) or self.compile(environment, name, source)
        template = environment.template_class.from_code(environment, code, globals or {})
        template.root_render_func.__globals__["escape"] = escape_text
        return template

    def find(self, name: str, source: str) -> CodeType | None:
        """What is kept of a template, if it was made of this source."""
        known, code = open_compiled().get(name, ("", None))
        if known == source:
            return code
        data = self.store.read_template(name, source) if self.store else None
        if data is None:
            return None
        open_compiled()[name] = source, marshal.loads(data)  # noqa: S302 - the store knows its own files
        return open_compiled()[name][1]

    def compile(self, environment: Environment, name: str, source: str) -> CodeType:
        """Tracebacks show the name of the template for its frames."""
        code = environment.compile(source, name, name)
        open_compiled()[name] = source, code
        if self.store:
            self.store.write_template(name, source, marshal.dumps(code))
        return code


@cache
def open_compiled() -> dict[str, tuple[str, CodeType]]:
    """What all renderers of this process share: source and code by name."""
    return {}


class Renderer:
    """Renders pages with the templates of a layouts folder; `shared` is the context all pages have.

    Compiled templates are kept in the store, if there is one.
    """

    def __init__(self, layouts: Folder, shared: Mapping[str, Any], store: Store | None = None) -> None:
        self.layouts = layouts
        self.shared = dict(shared)
        self.markup = Markup()
        self._inline_safe = lru_cache(maxsize=8192)(self._make_safe)
        # The way to the top from the page at hand: components do not see the page's context, their filters must.
        self._root = "./"
        self._paths = frozenset(path for path in layouts.paths() if path.startswith(TEMPLATE_FOLDERS))
        self._closures: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._templates = CompiledTemplates(self._load, store)
        self.environment = DataFirst(
            loader=cast(Any, self._templates),
            autoescape=lambda name: name is not None and not name.endswith((".txt", "_headers", "_redirects")),
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        # Those that depend on the page or its language take the context, so that jinja2 does not work them out
        # once and for all where a template applies them to a literal.
        self.environment.filters.update(
            inline=self._inline, blocks=self._blocks, plain=strip_marks, fill=self._fill, plural=self._plural,
            number=self._number,
        )  # fmt: skip
        self.environment.globals.clear()
        self.environment.globals.update(range=range, dict=dict, namespace=Namespace)

    @cached_property
    def _language(self) -> Language:
        words: Words = self.shared["words"]
        return Language(self.shared["lang"], words)

    def render(self, page: Page) -> str:
        """The text of a page. Raises `SiteError` with the template's file and line."""
        self._root = str(page.context.get("root", "./"))
        try:
            return self.environment.get_template(page.template).render({**self.shared, **page.context})
        except SiteError:
            raise
        except Exception as error:  # a template is a program, and may fail in any way
            raise SiteError([self._problem(error, page)]) from error

    def compile_all(self) -> None:
        """Compiles the templates into the store. One that is wrong is left for the page that needs it."""
        for name in sorted(self._paths):
            source = self._load(name)
            with suppress(TemplateError):
                self._templates.compile(self.environment, name, source or "")

    def closure_digest(self, name: str) -> str:
        """A digest of a template and of all that it extends, includes and imports."""
        if name not in self._closures:
            parts = [f"{part} {self.template_digests[part]}" for part in sorted(self.closure(name))]
            self._closures[name] = digest_bytes("\n".join(parts).encode())
        return self._closures[name]

    @cached_property
    def template_digests(self) -> dict[str, str]:
        """The digest of each template, by name."""
        return {name: digest_bytes((self._load(name) or "").encode()) for name in sorted(self._paths)}

    def closure(self, name: str) -> set[str]:
        """The names of a template and of all that it uses, directly or not."""
        found, waiting = set[str](), [name]
        while waiting:
            part = waiting.pop()
            if part in found or part not in self._paths:
                continue
            found.add(part)
            for literal, computed in REFERENCE.findall(self._load(part) or ""):
                # A name worked out at run time may be any template.
                waiting += sorted(self._paths) if computed else [literal]
        return found

    def _load(self, name: str) -> str | None:
        if name not in self._paths:
            return None
        if name not in self._sources:
            self._sources[name] = read_text(self.layouts, name)
        return self._sources[name]

    def _problem(self, error: Exception, page: Page) -> Problem:
        """Where in which template it went wrong; jinja2 names the template as the file of its frames."""
        import traceback

        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in self._paths]
        name, line = (frames[-1].filename, frames[-1].lineno or 0) if frames else (page.template, 0)
        hint = f"While rendering '{page.path}'."
        match error:
            case TemplateSyntaxError():
                name, line, what = error.name or name, error.lineno, str(error.message)
            case TemplateNotFound() if str(error.name) == page.template:
                what, hint = "this template is missing", suggest(page.template, self._paths)
            case TemplateNotFound():
                what, hint = f"there is no template '{error.name}'", suggest(str(error.name), self._paths)
            case TemplateError():
                what = str(error)
                unknown = re.fullmatch(r"'(\w+)' is undefined", what)
                near = find_nearest(unknown[1], {**self.shared, **page.context}) if unknown else None
                hint = f"Did you mean '{near}'?" if near else hint
            case RecursionError():
                what = "a template includes itself without end"
            case _:
                what = f"{type(error).__name__}: {error}"
        return Problem(Place(f"{self.layouts.name}/{name}", line), what.rstrip(".") + ".", hint)

    @pass_context
    def _inline(self, _: Context, text: str) -> Safe:
        if type(text) is not str:
            self._demand(text)
        return self._inline_safe(text, self._root)

    @pass_context
    def _blocks(self, _: Context, text: str) -> Safe:
        self._demand(text)
        return Safe(self.markup.blocks(text, self._root))  # noqa: S704 - the markup is sanitised

    def _make_safe(self, text: str, root: str) -> Safe:
        return Safe(self.markup.inline(text, root))  # noqa: S704 - the markup is sanitised

    @pass_context
    def _fill(self, _: Context, text: str, **values: object) -> str:
        return self._language.fill(text, values)

    @pass_context
    def _plural(self, _: Context, forms: str | dict[str, str], count: int) -> str:
        return self._language.choose(forms, count)

    @pass_context
    def _number(self, _: Context, value: float) -> str:
        return self._language.number(value)

    def _demand(self, text: Any) -> None:
        if isinstance(text, str):
            return
        if isinstance(text, Undefined):
            str(text)  # a strict undefined says which name it is
        else:
            raise TypeError(f"expected text, found {type(text).__name__}")
