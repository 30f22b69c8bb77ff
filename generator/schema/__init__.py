"""What editors may write: a type for every file and field, and the check of data against it."""

__all__ = ["fields", "files", "types", "validation"]
