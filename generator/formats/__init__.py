"""Text to data and back: YAML, front matter, Markdown, figures; and the three-way merge of such data."""

__all__ = [
    "document",
    "figures",
    "lists",
    "markdown",
    "markdown_fast",
    "markup",
    "merge",
    "slugs",
    "yaml_edit",
    "yaml_reader",
    "yaml_writer",
]
