"""The language of a site: its words, and how it writes numbers, money and ranges."""

__all__ = [
    "amounts",
    "conventions",
    "editor_words",
    "headings",
    "hyphenation",
    "language",
    "level_words",
    "metric_words",
    "module_words",
    "prices",
    "words",
]
