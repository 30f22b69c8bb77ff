"""Each page of a small site as Markdown beside it, and `llms.txt`, which lists them: for programs that read.

A text has what its page says, without menus and styles. It is in no sitemap.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from generator.content import routes
from generator.content.media import find_kind
from generator.content.model import AudienceSummary, LevelSummary
from generator.formats.markdown_links import change_addresses
from generator.formats.slugs import resolve_link
from generator.i18n.language import Language
from generator.pages.page import BLOCKS, Page, PageFactory
from generator.pages.target import Target
from generator.schema.seo import is_listed

FILE, LIST, TEMPLATE = "index.md", "llms.txt", "files/plain_text.txt"
# What a level says: words for headings, and the part of its context, which is a text or a list.
LEVEL_PARTS = (
    ("symptoms", "symptoms"), ("row_pain", "pain"), ("row_promise", "promise"), ("keys_to_success", "keys"),
    ("success", "success"),
)  # fmt: skip
# A bar within a cell of a table.
BAR = "\\|"
# The parts of blocks that are read, in the order of the page.
BLOCK_PARTS = (
    "value", "question", "text", "answer", "name", "role", "price", "summary", "source", "description", "caption",
    "items", "offers", "rows",
)  # fmt: skip


def add_texts(factory: PageFactory, pages: Iterable[Page]) -> Iterator[Page]:
    """The pages, and a text behind each that has an address of its own and is not kept from search engines."""
    for page in pages:
        yield page
        if routes.is_small(factory.site) and page.path.endswith("index.html") and _is_public(page, factory.target):
            root = page.context["root"]
            text = _write_page(page.context, factory.language)
            text = change_addresses(text, partial(resolve_link, root=root))
            yield Page(page.path.removesuffix("index.html") + FILE, TEMPLATE, {"text": text, "root": root})


def _is_public(page: Page, target: Target) -> bool:
    return "page" in page.context and (target.preview or not page.context["page"]["noindex"])


def plan_list(factory: PageFactory) -> Page:
    """What there is to read, in the form of https://llmstxt.org."""
    site, say = factory.site, factory.language.say
    parts = [f"# {site.settings.name}", f"> {site.settings.tagline}" if site.settings.tagline else ""]
    own = [
        (file.title or say(file.kind.menu_word or "home"), file.route, file.summary)
        for file in site.files.values()
        if file.kind.has_route and is_listed(file.seo)
    ]
    parts.append(_link_all(factory, own))
    for audience in site.audiences:
        pages: list[tuple[AudienceSummary | LevelSummary, str]] = [(audience, routes.audience_route(audience.slug))]
        if routes.is_small(site):
            pages += [(level, routes.level_route(audience.slug, level.slug)) for level in audience.levels]
        listed = ((page.title, route, page.summary) for page, route in pages if is_listed(page.seo))
        parts.append(f"## {audience.name}\n\n{_link_all(factory, listed)}")
    return Page(LIST, TEMPLATE, {"text": change_addresses(_join(parts), str)})


def _link_all(factory: PageFactory, pages: Iterable[tuple[str, str, str | None]]) -> str:
    base, file = factory.target.base_url or "./", FILE if routes.is_small(factory.site) else ""
    return "\n".join(
        f"- [{' '.join(title.split())}]({base}{route}{file})" + (f": {summary}" if summary else "")
        for title, route, summary in pages
    )


def _write_page(context: Mapping[str, Any], language: Language) -> str:
    """What a page says, in the order of the page: its title, its texts, and what it lists."""
    page, level = context["page"], context.get("level") or {}
    own = context.get(page["kind"])
    title = own.get("title") if isinstance(own, dict) else None
    parts = [f"# {title or page['title']}", page["description"]]
    parts += [text for name, part in BLOCKS if (text := (context.get(name) or {}).get(part))]
    for word, name in LEVEL_PARTS:
        if said := level.get(name):
            parts.append(f"## {language.say(word)}\n\n" + (said if isinstance(said, str) else _write_items(said)))
    parts += _write_lists(context)
    for blocks in (context.get("blocks") or {}).values():
        parts += [_join(_list_texts(block)) for block in blocks]
    return _join(parts)


def _list_texts(value: Any) -> Iterator[str]:
    """What a block says, below its title. A button says nothing."""
    if isinstance(value, dict) and value.get("kind") != "action":
        if title := value.get("title"):
            yield f"## {title}"
        if write := WRITTEN.get(str(value.get("kind"))):
            yield write(value)
        for name in BLOCK_PARTS if not write else ("caption",):
            yield from _list_texts(value.get(name))
    elif isinstance(value, list):
        for item in value:
            yield from [" | ".join(item)] if item and isinstance(item, list) else _list_texts(item)
    elif isinstance(value, str):
        yield value


def _write_code(block: Mapping[str, Any]) -> str:
    longest = max(map(len, re.findall("`{3,}", block["code"])), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{block['language'] or ''}\n{block['code']}\n{fence}"


def _write_cells(block: Mapping[str, Any]) -> str:
    rows = [block["head"], ["---"] * len(block["head"]), *block["rows"]]
    return "\n".join(f"| {' | '.join(' '.join(cell.replace('|', BAR).split()) for cell in row)} |" for row in rows)


def _write_download(block: Mapping[str, Any]) -> str:
    """A link to the file, unless it is a picture: those have other addresses."""
    return f"[{block['text']}](/{block['address']})" if find_kind(block["address"]) != "picture" else str(block["text"])


# Blocks that are more than texts one below the other.
WRITTEN: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "code": _write_code,
    "table": _write_cells,
    "download": _write_download,
}


def _write_lists(context: Mapping[str, Any]) -> Iterator[str]:
    match context["page"]["kind"]:
        case "curriculum":
            for stage in context["stages"]:
                names = [module["name"] for module in stage["modules"] if module["name"]]
                said = "\n".join(f"- {text}" for text in (*names, *stage["topics"], *stage["outcomes"]))
                yield f"## {stage['name']}\n\n{stage['range']}\n\n{said}"
        case "audience" | "level":
            steps = [step for step in context["steps"] if not step["current"]]
            yield "\n".join(f"{step['number']}. {step['name']}: {step['title']}" for step in steps)
        case "quiz_choice":
            yield "\n".join(f"- {choice['name']}: {choice['title']}" for choice in context["choices"])
        case "comparison":
            yield from _write_table(context["table"])
        case "quiz":
            for question in context["quiz"]["questions"]:
                yield f"## {question['text']}\n\n" + "\n".join(f"- {option['text']}" for option in question["options"])
    if context["page"]["kind"] in ("level", "offers"):
        for offer in context["offers"]:
            yield f"**{offer['name']}** ({offer['price']}). {offer['summary'] or ''}".strip()


def _write_table(table: Mapping[str, Any]) -> Iterator[str]:
    """What is compared, row by row: what each column says there."""
    for row in (row for group in table["groups"] for row in group["rows"]):
        said = []
        for column, cell in zip(table["columns"], row["cells"], strict=True):
            texts = [cell["text"], *(item["text"] for item in cell["items"]), *(link["text"] for link in cell["links"])]
            said += [f"- {column['name']}: {'; '.join(filter(None, texts))}"] if any(texts) else []
        yield f"## {row['label']}\n\n" + "\n".join(said)


def _write_items(items: Iterable[Mapping[str, Any]], indent: str = "") -> str:
    lines = []
    for item in items:
        lines.append(f"{indent}- " + item["text"].replace("\n", f"\n{indent}  "))
        if item["items"]:
            lines.append(_write_items(item["items"], indent + "  "))
    return "\n".join(lines)


def _join(parts: Iterable[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
