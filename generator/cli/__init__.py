"""The command line: one module a command."""

__all__ = ["main", "no_change", "options"]
