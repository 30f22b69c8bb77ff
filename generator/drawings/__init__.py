"""What blocks draw, as numbers: fields in, places and figures out. Nothing here knows HTML, words or files.

Each module has a function that draws, and one that says what cannot be drawn. Coordinates are those of a picture that
is `WIDTH` wide, and are rounded, so that every machine writes the same.
"""

__all__ = ["axis", "bars", "bill", "matrix", "network", "network_checks", "ranges", "schedule"]
