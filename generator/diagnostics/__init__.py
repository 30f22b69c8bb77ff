"""What is wrong with a site, and how a report of it reads in a terminal, on CI and in a browser."""

__all__ = ["collector", "diagnostic", "snippets"]
