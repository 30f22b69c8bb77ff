"""A page becomes text: its template, filled with its context and nothing else."""

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from jinja2.utils import Namespace
from markupsafe import Markup as Safe

from generator.diagnostics.diagnostic import Diagnostic, Position, SiteError, error_at, find_nearest, suggest
from generator.files.fingerprint import digest_bytes
from generator.files.sealed import read_sealed, write_sealed
from generator.files.tree import Tree
from generator.formats.document import read_text
from generator.formats.markup import Markup, strip_marks
from generator.i18n.language import Language, Words
from generator.pages.page import Page

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


class CompiledTemplates(BytecodeCache):
    """Compiled templates in a folder, since compiling one takes longer than rendering a page."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        data = read_sealed(f"{self.folder}/{bucket.key}")
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        write_sealed(f"{self.folder}/{bucket.key}", bucket.bytecode_to_string())


class Renderer:
    """Renders pages with the templates of a layouts folder; `shared` is the context all pages have.

    Compiled templates are kept in the folder `bytecode`, if one is named.
    """

    def __init__(self, layouts: Tree, shared: Mapping[str, Any], bytecode: str | None = None) -> None:
        self.layouts = layouts
        self.shared = dict(shared)
        self.markup = Markup()
        self._inline_safe = lru_cache(maxsize=8192)(self._make_safe)
        # The way to the top from the page at hand: components do not see the page's context, their filters must.
        self._root = "./"
        self._paths = frozenset(path for path in layouts.paths() if path.startswith(TEMPLATE_FOLDERS))
        self._closures: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self.environment = DataFirst(
            loader=FunctionLoader(self._find_source),
            bytecode_cache=CompiledTemplates(bytecode) if bytecode else None,
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
        """Compiles the templates into the bytecode cache. One that is wrong is left for the page that needs it."""
        for name in sorted(self._paths):
            with suppress(TemplateError):
                self.environment.get_template(name)

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

    def _find_source(self, name: str) -> tuple[str, str, None] | None:
        """The source of a template and the file name that tracebacks show for it: its own name."""
        source = self._load(name)
        return None if source is None else (source, name, None)

    def _load(self, name: str) -> str | None:
        if name not in self._paths:
            return None
        if name not in self._sources:
            self._sources[name] = read_text(self.layouts, name)
        return self._sources[name]

    def _problem(self, error: Exception, page: Page) -> Diagnostic:
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
        return error_at("?", f"{self.layouts.name}/{name}", Position(line), what.rstrip(".") + ".", hint)

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
