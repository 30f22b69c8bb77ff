"""A site becomes pages: for each kind of page, its address, its template, and all that the template sees."""

__all__ = [
    "admin",
    "admin_forms",
    "comparison_tables",
    "context",
    "hosts",
    "layout_context",
    "page",
    "planner",
    "well_known_files",
]
