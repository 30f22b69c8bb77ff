"""Help for editors: starting files, new levels, JSON schemas and the content reference."""

__all__ = [
    "change_set",
    "json_schema",
    "level_insertion",
    "move",
    "new_content",
    "published",
    "reference",
    "salvage",
    "scaffolding",
]
