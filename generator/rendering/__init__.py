"""Renders pages with their templates, and makes assets of styles, scripts, fonts and pictures."""

__all__ = ["assets", "brand", "pictures", "templates"]
