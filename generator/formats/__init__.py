"""Text to data and back: YAML, front matter, Markdown, figures; and the three-way merge of such data."""

__all__ = [
    "document",
    "facts",
    "figures",
    "lists",
    "markdown",
    "markdown_fast",
    "markdown_tables",
    "markdown_tree",
    "markdown_writer",
    "markup",
    "merge",
    "names",
    "plain_text",
    "quotes",
    "ranges",
    "slugs",
    "titles",
    "yaml_edit",
    "yaml_reader",
    "yaml_writer",
]
