"""Renders a page: its template, given the context of the page and nothing else."""

import re
from collections.abc import Mapping
from functools import cache, cached_property
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
    UndefinedError,
    pass_context,
    select_autoescape,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup as Safe
from markupsafe import escape

from generator.content.addresses import TemplateIds, name_within
from generator.diagnostics.diagnostic import Diagnostic, Position, SiteError, error_at, find_nearest, suggest
from generator.files.fingerprint import digest_bytes
from generator.files.sealed import read_sealed, write_sealed
from generator.files.tree import Tree
from generator.formats.document import read_text
from generator.formats.markup import Markup, strip_marks
from generator.formats.titles import split_sentences
from generator.i18n.conventions import Conventions
from generator.i18n.hyphenation import needs_soft_hyphens
from generator.i18n.language import Language, Words
from generator.pages.page import Page
from generator.rendering.links import join_links, take_out_links
from generator.rendering.media_links import finish_media, place_media
from generator.rendering.soft_hyphens import add_soft_hyphens
from generator.rendering.styles import PageStyles, StylePart, hash_style

# The templates that a template names, as `jinja2.meta` would find them by parsing it, which takes as long as compiling.
REFERENCE = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+(?:["']([^"']+)["']|(\S+))""")
# The ids of elements; what stands in comments is not on the page.
ID = re.compile(r'''<\w[^<>]*?\sid="([^"]+)"''')
HEADING = re.compile(r"#|==|--")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
# A text may show a picture, which this component shows, without the template saying so.
TEXT = re.compile(r"\|\s*(?:blocks|inline)\b")
PICTURE = "components/picture.html"
TEMPLATE_FOLDERS = ("base.html", "pages/", "partials/", "components/", "files/")


class SuggestingUndefined(StrictUndefined):
    """What stands for a name that a dict does not have. Its use is an error, which says what was probably meant."""

    # Names with an underscore are how jinja2 lets a kind of undefined be made: others might be names in templates.
    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or not isinstance(self._undefined_obj, dict):
            return super()._undefined_message
        near = find_nearest(str(self._undefined_name), self._undefined_obj)
        return f"there is no '{self._undefined_name}' here" + (f", but there is '{near}'" if near else "")


class ItemFirstEnvironment(Environment):
    """Takes `level.keys` to be the item `keys` of a dict, where jinja2 would take it to be the method."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates in a folder, since compiling one takes longer than rendering a page.

    Other than jinja2's own cache in a folder, it does not run what was damaged there.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        data = read_sealed(f"{self.folder}/{bucket.key}")
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        write_sealed(f"{self.folder}/{bucket.key}", bucket.bytecode_to_string())


class Renderer:
    """Renders pages with the templates of a layouts folder; `shared` is the context that all pages have.

    Compiled templates are kept in `bytecode_folder`, if one is named.
    """

    def __init__(
        self,
        layouts: Tree,
        shared: Mapping[str, Any],
        bytecode_folder: str | None = None,
        conventions: Conventions | None = None,
    ) -> None:
        self.layouts = layouts
        self._conventions = conventions
        self.shared = dict(shared)
        self.markup = Markup(self.shared.get("words", {}))
        self._page_styles = PageStyles([StylePart(*part) for part in self.shared.get("styles", ())])
        # Leads from the page that is being rendered to the top of the site. Filters need it in components too, where
        # the context of the page is not to be seen.
        self._root = "./"
        self._template = ""
        self._media: Mapping[str, Any] = {}
        self._paths = frozenset(path for path in layouts.paths() if path.startswith(TEMPLATE_FOLDERS))
        self._load = cache(self._read)
        self.closure_digest = cache(self._digest_closure)
        self.list_ids = cache(self._list_ids)
        self.environment = ItemFirstEnvironment(
            loader=FunctionLoader(self._find_source),
            bytecode_cache=CompiledTemplates(bytecode_folder) if bytecode_folder else None,
            autoescape=select_autoescape(),
            undefined=SuggestingUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        # A filter that takes the context is not applied by jinja2 when it compiles a template, as others are where they
        # are given a literal: what these do depends on the page and its language.
        self.environment.filters.update(
            inline=self._inline, blocks=self._blocks, plain=strip_marks, fill=self._fill, plural=self._plural,
            number=self._number, sentences=split_sentences, code=_show_code, styles=self._styles, style_hash=hash_style,
        )  # fmt: skip

    @cached_property
    def _language(self) -> Language:
        words: Words = self.shared["words"]
        return Language(self.shared["lang"], words, self._conventions)

    def render(self, page: Page) -> str:
        """The text of a page. Raises `SiteError` with the template's file and line."""
        self._root = str(page.context.get("root", "./"))
        self._template = page.template
        self._media = page.context.get("media", {})
        try:
            text = self.environment.get_template(page.template).render({**self.shared, **page.context})
        except SiteError:
            raise
        except Exception as error:  # a template is a program, and may fail in any way
            raise SiteError([self._explain(error, page)]) from error
        text = finish_media(text, self._media, self._root)
        if withdrawn := page.context.get("withdrawn"):
            text = take_out_links(text, withdrawn)
        if not page.template.startswith("pages/"):
            return text
        text = join_links(text)
        if not needs_soft_hyphens(str(self.shared.get("lang"))):
            return text
        return add_soft_hyphens(text, self._language)

    def _digest_closure(self, name: str) -> str:
        """A digest of a template and of all that it extends, includes and imports."""
        parts = [f"{part} {self.template_digests[part]}" for part in sorted(self.closure(name))]
        return digest_bytes("\n".join(parts).encode())

    @cached_property
    def template_digests(self) -> dict[str, str]:
        """The digest of each template, by name."""
        return {name: digest_bytes((self._load(name) or "").encode()) for name in sorted(self._paths)}

    def find_changed(self, name: str, known: Mapping[str, str]) -> list[str]:
        """Which of a template and of all that it uses have other digests than the known ones."""
        return sorted(part for part in self.closure(name) if self.template_digests[part] != known.get(part))

    def closure(self, name: str) -> set[str]:
        """The names of a template and of all that it uses, directly or not."""
        found, waiting = set[str](), [name]
        while waiting:
            part = waiting.pop()
            if part in found or part not in self._paths:
                continue
            found.add(part)
            source = self._load(part) or ""
            waiting += [PICTURE] if TEXT.search(source) else []
            for literal, computed in REFERENCE.findall(source):
                # A name worked out at run time may be any template.
                waiting += sorted(self._paths) if computed else [literal]
        return found

    def _list_ids(self, name: str) -> TemplateIds:
        """The ids in a template and in all that it uses; `level-{{ step.number }}` is any number behind `level-`."""
        sources = (COMMENT.sub("", self._load(part) or "") for part in self.closure(name))
        ids = {id_ for source in sources for id_ in ID.findall(source)}
        numbered = {
            re.escape(start) + r"\d+" for start, mark, _ in (id_.partition("{{") for id_ in ids) if mark and start
        }
        fixed = frozenset(id_ for id_ in ids if "{" not in id_)
        return TemplateIds(fixed, "|".join(sorted({*map(re.escape, fixed), *numbered})))

    def _find_source(self, name: str) -> tuple[str, str, None] | None:
        """The source of a template and the file name that tracebacks show for it: its own name."""
        source = self._load(name)
        return None if source is None else (source, name, None)

    def _read(self, name: str) -> str | None:
        return read_text(self.layouts, name) if name in self._paths else None

    def _explain(self, error: Exception, page: Page) -> Diagnostic:
        """Where in which template it went wrong; jinja2 names the template as the file of its frames."""
        import traceback

        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in self._paths]
        name, line = (frames[-1].filename, frames[-1].lineno or 0) if frames else (page.template, 0)
        hint = f"While rendering '{page.path}'."
        match error:
            case TemplateSyntaxError():
                code, name, line, what = "template-syntax", error.name or name, error.lineno, str(error.message)
            case TemplateNotFound():
                is_own = str(error.name) == page.template
                what = "this template is missing" if is_own else f"there is no template '{error.name}'"
                code, hint = "missing-template", suggest(str(error.name), self._paths)
            case UndefinedError():
                code, what = "undefined-name", str(error)
                unknown = re.fullmatch(r"'(\w+)' is undefined", what)
                near = find_nearest(unknown[1], {**self.shared, **page.context}) if unknown else None
                hint = f"Did you mean '{near}'?" if near else hint
            case RecursionError():
                code, what = "endless-include", "a template includes itself without end"
            case TemplateError():
                code, what = "template-error", str(error)
            case _:
                code, what = "template-error", f"{type(error).__name__}: {error}"
        return error_at(code, self.layouts.name_of(name), Position(line), what.rstrip(".") + ".", hint)

    @pass_context
    def _inline(self, _: Context, text: str) -> Safe:
        return self._place_media(self.markup.inline(_require_text(text), self._root))

    @pass_context
    def _blocks(self, _: Context, text: str, *place: int) -> Safe:
        """A text of paragraphs; `place` is where it stands on its page, if there are more: in which block, and there as
        which one of a list.
        """
        start = name_within(*place) if place else ""
        # Only a text with a heading has ids, which may be those of the page.
        is_alone = not place and HEADING.search(_require_text(text))
        reserved = self.list_ids(self._template).pattern if is_alone else ""
        return self._place_media(self.markup.blocks(_require_text(text), self._root, reserved, start))

    def _place_media(self, html: str) -> Safe:
        return Safe(place_media(html, self._media, self._root, self._show_picture))  # noqa: S704 - the markup is sanitised

    def _show_picture(self, picture: Mapping[str, Any], width: int | None, caption: str | None) -> str:
        """A picture of a text, by the component of the layouts."""
        sizes = {"sizes": f"{width}px"} if width else {}
        if width:
            height = round(picture["height"] * width / picture["width"])
            picture = {**picture, "width": width, "height": height}
        show = self.environment.get_template(PICTURE).module.picture  # type: ignore[attr-defined]
        return str(show(picture=picture, root=self._root, caption=caption, **sizes)).strip()

    @pass_context
    def _fill(self, _: Context, text: str, /, **values: object) -> str:
        return self._language.fill(text, values)

    @pass_context
    def _plural(self, _: Context, forms: str | dict[str, str], count: int) -> str:
        return self._language.fill(self._language.choose(forms, count), {"count": count})

    @pass_context
    def _styles(self, _: Context, body: str) -> Safe:
        return Safe(self._page_styles.find(_require_text(body), self._root))  # noqa: S704 - it is a part of the layouts

    @pass_context
    def _number(self, _: Context, value: float) -> str:
        return self._language.number(value)


def _show_code(code: str, language: str | None) -> Safe:
    from generator.formats.highlighting import highlight  # few pages have code

    return Safe((highlight(code, language or "") or escape(code)).rstrip("\n"))  # noqa: S704 - the library escapes it, too


def _require_text(text: object) -> str:
    """Raises `TypeError` for what is no text; an undefined name raises an error of its own where it is made a text."""
    if isinstance(text, (str, Undefined)):
        return str(text)
    raise TypeError(f"expected text, found {type(text).__name__}")
