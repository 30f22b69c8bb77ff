"""The share of answer patterns for each level as a bar chart: for a terminal, and as an image for reports."""

from collections.abc import Sequence
from html import escape

from generator.quiz.analysis import Certificate

COLUMNS = 40
WIDTH, ROW, LABEL, BARS = 640, 28, 150, 330
EIGHTHS = " ▏▎▍▌▋▊▉█"


def chart_text(certificate: Certificate, names: Sequence[str] = ()) -> str:
    """One line for each level, lowest first: name, bar, share, number of patterns. A full bar is 100 %."""
    rows = _rows(certificate, names)
    width = max((len(name) for name, _, _ in rows), default=0)
    places = max((len(share) for _, share, _ in rows), default=0)
    return "\n".join(
        f"{name:<{width}}  {_bar(count, certificate.total):<{COLUMNS}}  {share:>{places}}  {_of(count, certificate)}"
        for name, share, count in rows
    )


def chart_svg(certificate: Certificate, names: Sequence[str] = (), title: str = "Results") -> str:
    """The same as an SVG document that needs nothing else; it takes the colour of the text around it."""
    rows = _rows(certificate, names)
    height = ROW * (len(rows) + 1)
    summary = "; ".join(f"{name}: {share}" for name, share, _ in rows)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        ' role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="14" fill="currentColor">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(summary)}</desc>',
        f'<text x="0" y="{ROW - 10}" font-weight="bold">{escape(title)}</text>',
    ]
    for number, (name, share, count) in enumerate(rows, 1):
        top = ROW * number
        length = BARS * count / certificate.total
        lines += [
            f'<text x="0" y="{top + 18}">{escape(name)}</text>',
            f'<rect x="{LABEL}" y="{top + 4}" width="{BARS}" height="{ROW - 8}" opacity="0.12"/>',
            f'<rect class="bar" x="{LABEL}" y="{top + 4}" width="{length:.2f}" height="{ROW - 8}"/>',
            f'<text x="{LABEL + BARS + 10}" y="{top + 18}">{share}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


def _rows(certificate: Certificate, names: Sequence[str]) -> list[tuple[str, str, int]]:
    """Name, share and number of patterns of each level."""
    return [
        (names[index] if index < len(names) else f"Level {index + 1}", _percent(count, certificate.total), count)
        for index, count in enumerate(certificate.counts)
    ]


def _percent(count: int, total: int) -> str:
    """A share to a tenth of a percent. What is possible never reads as 0, nor what is uncertain as 100."""
    tenths = (2000 * count + total) // (2 * total)
    if count and not tenths:
        return "< 0.1 %"
    if count < total and tenths == 1000:
        return "> 99.9 %"
    return f"{tenths // 10}.{tenths % 10} %"


def _bar(count: int, total: int) -> str:
    eighths = max(8 * COLUMNS * count // total, 1 if count else 0)
    return EIGHTHS[8] * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def _of(count: int, certificate: Certificate) -> str:
    """The exact numbers; of very many patterns, their order of magnitude is all one can read."""
    if certificate.total < 10**12:
        return f"({count:,} of {certificate.total:,})"
    return f"({count:.3g} of {certificate.total:.3g})" if certificate.total < 10**300 else ""
