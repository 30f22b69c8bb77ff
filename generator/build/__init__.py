"""A build from first to last: load, check, plan, render what is out of date, publish."""

__all__ = [
    "answer",
    "crew",
    "manifest",
    "memory",
    "output",
    "pipeline",
    "program",
    "stopwatch",
    "store",
    "survey",
    "workshop",
]
