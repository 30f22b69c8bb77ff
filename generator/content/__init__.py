"""Files become a site: the kinds of content files, the loader, the model, and the rules between files."""

__all__ = [
    "addresses",
    "body_sections",
    "checks",
    "content_files",
    "file_data",
    "kinds",
    "loader",
    "media",
    "model",
    "new_slugs",
    "placeholders",
    "quiz_rules",
    "rewrite",
    "routes",
    "status",
    "unfinished",
    "videos",
    "visible",
]
