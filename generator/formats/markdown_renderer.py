"""The HTML of Markdown where it is to be more than what `markdown-it-py` writes: for screen readers, and for styles."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

Tokens = Sequence[Token]
# How an id of the editor's own begins.
ID = re.compile(r"""<[a-z][^<>]*\sid\s*=\s*["']?""", re.IGNORECASE)
# The titles that GitHub gives quotes which begin with `[!NOTE]` and the like, and the words for them.
ALERTS = {"Note": "alert_note", "Tip": "alert_tip", "Important": "alert_important", "Warning": "alert_warning",
          "Caution": "alert_caution"}  # fmt: skip


class PageRenderer(RendererHTML):
    """A method here is the rule for the tokens that it is named for. `words` are what a page adds to a text."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        super().__init__()
        self._words = words

    def s_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<del>"

    def s_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</del>"

    def table_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A table that is too wide scrolls by itself: a region that the keyboard reaches, named for its columns."""
        cells = []
        for token in tokens[idx:]:
            if token.type == "thead_close":
                break
            cells += [read_words(token)] if token.type == "inline" else []
        label = ", ".join(filter(None, cells)) or self._say("table")
        used: dict[str, int] = env.setdefault("labels", {})
        used[label] = used.get(label, 0) + 1
        label += f" ({used[label]})" if used[label] > 1 else ""
        return f'<div class="table" role="region" tabindex="0" aria-label="{escapeHtml(label)}">\n<table>\n'

    def table_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table>\n</div>\n"

    def th_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<th scope="col"{_align(tokens[idx])}>'

    def td_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<td{_align(tokens[idx])}>"

    def list_item_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        html = self.renderToken(tokens, idx, options, env)
        if "checked" not in tokens[idx].meta:
            return html
        word, state = ("task_done", " checked") if tokens[idx].meta["checked"] else ("task_open", "")
        return f'{html}<input type="checkbox"{state} aria-label="{escapeHtml(self._say(word))}"> '

    def alert_title_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        title = tokens[idx + 1]
        word = self._say(ALERTS.get(title.content, ""))
        title.children = [Token("text", "", 0, content=word or title.content)]
        return self.renderToken(tokens, idx, options, env)

    def heading_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        return f'<{token.tag} id="{escapeHtml(_start(env) + str(token.attrGet("id")))}">'

    def html_block(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        start = _start(env)
        return ID.sub(lambda begun: begun[0] + start, tokens[idx].content) if start else tokens[idx].content

    def html_inline(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.html_block(tokens, idx, options, env)

    def footnote_ref(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        number, place = _number(tokens[idx])
        label = escapeHtml(self._say("footnote_number").replace("{number}", number))
        start = _start(env)
        return f'<sup><a href="#{start}fn-{number}" id="{start}fnref-{place}" aria-label="{label}">{number}</a></sup>'

    def footnote_block_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<section class="footnotes" aria-label="{escapeHtml(self._say("footnotes"))}">\n<ol>\n'

    def footnote_block_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<li id="{_start(env)}fn-{_number(tokens[idx])[0]}">\n'

    def footnote_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</li>\n"

    def footnote_anchor(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """The way back; to each place if several name the footnote."""
        number, place = _number(tokens[idx])
        label = self._say("footnote_back").replace("{number}", place)
        which = f"<sup>{place.removeprefix(f'{number}-')}</sup>" if place != number else ""
        return f' <a href="#{_start(env)}fnref-{place}" aria-label="{escapeHtml(label)}">↩\ufe0e{which}</a>'

    def fence(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        from generator.formats.highlighting import highlight  # few texts have code

        language = (unescapeAll(tokens[idx].info).split() or [""])[0]
        mark = f' class="language-{escapeHtml(language)}"' if language else ""
        code = highlight(tokens[idx].content, language) or escapeHtml(tokens[idx].content)
        return f'<pre><code{mark} tabindex="0">{code}</code></pre>\n'

    def code_block(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<pre><code tabindex="0">{escapeHtml(tokens[idx].content)}</code></pre>\n'

    def _say(self, word: str) -> str:
        return str(self._words.get(word, ""))


def read_words(token: Token) -> str:
    """The words of a token without marks and HTML, in one line."""
    if token.type in ("text", "text_special", "code_inline"):
        return token.content
    if token.type == "softbreak":
        return " "
    return "".join(map(read_words, token.children or ()))


def _start(env: EnvType) -> str:
    """What the ids of the text that is rendered begin with."""
    return str(env.get("start", ""))


def _align(cell: Token) -> str:
    way = str(cell.attrGet("style") or "").removeprefix("text-align:")
    return f' align="{way}"' if way else ""


def _number(footnote: Token) -> tuple[str, str]:
    """The number of a footnote, and that of the place which names it: `2`, then `2-2` if it is named again."""
    number, again = footnote.meta["id"] + 1, footnote.meta.get("subId", 0)
    return str(number), f"{number}-{again + 1}" if again else str(number)
