"""Files become a site: the kinds of content files, the loader, the model, and the rules between files."""

__all__ = [
    "body_sections",
    "checks",
    "file_data",
    "follow",
    "kinds",
    "link_check",
    "listing",
    "loader",
    "model",
    "quiz_rules",
    "rewrite",
    "routes",
    "rules",
    "status",
]
