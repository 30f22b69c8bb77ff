"""The form of a strategy document: read into values, and written from them.

A value keeps its line in the document, so that later stages can report it.
"""

__all__ = ["levels", "messages", "model", "modules", "ranges", "reader", "structure", "tables", "writer"]
