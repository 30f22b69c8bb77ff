"""Writes what `markdown_tree` reads: labels, lists and tables."""

from collections.abc import Iterable, Mapping, Sequence

from generator.formats.markdown_tree import SourceText


def join_blocks(blocks: Iterable[str]) -> str:
    return "\n\n".join(filter(None, blocks))


def write_labels(texts: Mapping[str, str | None]) -> str:
    """A line for each text, with its label."""
    return "\n".join(f"**{label}:** {text}" for label, text in texts.items() if text)


def write_list(label: str, lines: Sequence[str]) -> str:
    """A label and the lines below it; nothing if there are none."""
    return "\n".join([f"**{label}:**", *lines]) if lines else ""


def write_bullets(bullets: Iterable[SourceText], indent: str = "") -> list[str]:
    lines: list[str] = []
    for bullet in bullets:
        lines += [f"{indent}- {bullet.text}", *write_bullets(bullet.children, f"{indent}  ")]
    return lines


def write_numbered(texts: Iterable[SourceText]) -> list[str]:
    """The lines of a numbered list."""
    lines: list[str] = []
    for number, source in enumerate(texts, 1):
        lines += [f"{number}. {source.text}", *write_bullets(source.children, "    ")]
    return lines


def write_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
