"""Checks a built site, whatever has built it: reads the files that visitors get, and nothing else."""

__all__ = ["checks"]
