"""The form of a strategy document: its Markdown as values, and the values as Markdown again."""

__all__ = [
    "collector",
    "levels",
    "markdown_tree",
    "messages",
    "modules",
    "names",
    "offers",
    "ranges",
    "reader",
    "strategy",
    "writer",
]
