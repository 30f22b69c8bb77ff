"""Pages become text, and styles, scripts and fonts become assets."""

__all__ = ["assets", "templates"]
