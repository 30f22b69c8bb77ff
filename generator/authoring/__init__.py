"""Help for editors: starting files, new levels, JSON schemas and the content reference."""

__all__ = ["change_set", "json_schema", "level_insertion", "new_content", "reference", "salvage", "scaffolding"]
