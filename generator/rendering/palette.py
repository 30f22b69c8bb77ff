"""The style sheet with the colours of levels."""

from collections.abc import Iterable

from generator.pages.palette import MOUNTAIN, Family, colors_of


def write_palette(totals: Iterable[int], family: Family = MOUNTAIN) -> str:
    """The style sheet of all levels, for audiences with these numbers of levels.

    An element with `data-levels` holds all colours of that many levels, and those in it with `data-level` take theirs:
    so nothing has to know what it stands in. A style attribute would need a hole in the content security policy.
    """
    known = sorted({*totals})
    if not known:
        return ""
    light = [_write_levels(total, False, family) for total in known]
    dark = [_write_levels(total, True, family) for total in known]
    levels = [
        f'[data-level="{level}"]{{--level:{level};--stratum:var(--stratum-{level});'
        f"--slab:var(--slab-{level},var(--stratum-{level}));--tint:var(--tint-{level})}}\n"
        for level in range(1, known[-1] + 1)
    ]
    return "".join([*light, *levels, "@media screen and (prefers-color-scheme:dark){\n", *dark, "}\n"])


def _write_levels(total: int, dark: bool, family: Family) -> str:
    lines = [] if dark else [f"--levels:{max(total, 2)}"]
    for level in range(1, total + 1):
        colors = colors_of((level - 1) / max(total - 1, 1), dark, family)
        lines += [f"--slab-{level}:{colors.rock}"] if dark else []
        lines += [f"--stratum-{level}:{colors.stratum}", f"--tint-{level}:{colors.tint}"]
    return f'[data-levels="{total}"]{{{";".join(lines)}}}\n'
