"""The two largest libraries of a build, loaded lightly. Imported before all that uses them, and would load more."""

from generator.later import load_lightly

with load_lightly():
    import msgspec

    import generator.jinja as templates

__all__ = ["msgspec", "templates"]
