"""Checks of a built site, which know nothing but its files."""

__all__ = ["checks"]
