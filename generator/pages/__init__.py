"""A site becomes pages: for each kind of page, its route, its template, and all that the template sees."""

__all__ = [
    "block_gallery",
    "brand",
    "hosts",
    "layout_context",
    "mark",
    "page",
    "palette",
    "pictures",
    "planner",
    "share",
    "target",
]
