"""What editors may write: a type for every file and field, and the check of data against it.

These types are the single source of what is allowed. Loading validates against them; the JSON Schema files, the
content reference, the starting files of `new` and the forms of the browser editor are generated from them.
Markdown may appear in any text that a page shows.
"""

__all__ = [
    "addresses",
    "amount_blocks",
    "audience",
    "block",
    "blocks",
    "brand",
    "curriculum",
    "drawn_blocks",
    "fields",
    "level",
    "media",
    "offers",
    "page",
    "quiz",
    "seo",
    "site",
    "strategy",
    "types",
    "validation",
]
