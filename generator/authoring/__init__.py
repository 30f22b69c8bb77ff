"""Help for editors: starting files, new levels, JSON schemas and the content reference."""

__all__ = ["json_schema", "level_insertion", "reference", "scaffolding"]
