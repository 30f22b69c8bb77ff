"""A build from first to last: load, check, plan, render what is out of date, publish."""

__all__ = ["cache", "check", "load", "manifest", "output", "pipeline", "render", "uptodate", "workers"]
