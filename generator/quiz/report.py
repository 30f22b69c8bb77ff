"""The analysis of a quiz for people: a text with its promises and the spread of results, and a chart as an image."""

from collections.abc import Sequence
from html import escape

from generator.formats.markup import strip_marks
from generator.quiz.analysis import Analysis
from generator.quiz.scoring import build_scoring_model
from generator.schema.quiz import Quiz

# What a quiz promises, and the codes of the diagnostics that break it. The second holds by the form of the scoring.
PROMISES: dict[str, tuple[str, ...]] = {
    "every level can be reached": ("unreachable-level",),
    "a better answer never lowers the result": (),
    "every question can change the result": ("redundant-question",),
    "every answer can change the result": ("redundant-answer",),
    "every weight and every gate can change the result": ("redundant-weight", "redundant-gate", "common-factor"),
    "each level has a question that can decide it": ("unreachable-level",),
    "every value belongs to exactly one answer, within its level": (
        "band-empty", "band-gap", "band-outside-level", "band-overlap", "band-unlimited", "band-unmeasured",
    ),
}  # fmt: skip

# In characters and in pixels.
COLUMNS = 40
WIDTH, ROW, LABEL, BARS = 640, 28, 150, 330
EIGHTHS = " ▏▎▍▌▋▊▉█"


def report_quiz(name: str, quiz: Quiz, analysis: Analysis, level_names: Sequence[str]) -> str:
    """The report on the quiz of an audience of this name; the levels come lowest first."""
    head = f"{name}: {strip_marks(quiz.title)}"
    if not analysis.counts:
        return f"{head}\nno results can be worked out"
    broken = {found.code for found in analysis.findings}
    questions = _count(len(build_scoring_model(quiz).questions), "question")
    deciding = list(zip(level_names, analysis.pivotal_questions, strict=True))[1:]
    return "\n".join(
        [
            head,
            f"{questions}, {_count(sum(analysis.counts), 'pattern')} of answers",
            "",
            *(f"{'no ' if broken & {*codes} else 'yes'}  {promise}" for promise, codes in PROMISES.items()),
            "",
            "share of the patterns that lead to each level",
            chart_text(analysis.counts, level_names),
            "",
            "questions of which one answer can lead up to a level",
            *(f"{level}: {', '.join(ids) or 'none'}" for level, ids in deciding),
        ]
    )


def chart_text(counts: Sequence[int], level_names: Sequence[str]) -> str:
    """The share of the answer patterns that lead to each level: a line for each, lowest first.

    A line has the name of the level, a bar, the share and the number of patterns. A full bar is 100 %.
    """
    total, width = sum(counts), max(map(len, level_names))
    shares = [_percent(count, total) for count in counts]
    places = max(map(len, shares))
    return "\n".join(
        f"{name:<{width}}  {_bar(count, total):<{COLUMNS}}  {share:>{places}}  ({_figure(count)} of {_figure(total)})"
        for name, count, share in zip(level_names, counts, shares, strict=True)
    )


def chart_svg(counts: Sequence[int], level_names: Sequence[str], title: str) -> str:
    """The same as a standalone SVG document in the colour of the text around it; no bars where there are no counts."""
    total = sum(counts)
    rows = [(name, count, _percent(count, total)) for name, count in zip(level_names, counts, strict=False)]
    height = ROW * (len(rows) + 1)
    summary = "; ".join(f"{name}: {share}" for name, _, share in rows)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        ' role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="14" fill="currentColor">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(summary)}</desc>',
        f'<text x="0" y="{ROW - 10}" font-weight="bold">{escape(title)}</text>',
    ]
    for number, (name, count, share) in enumerate(rows, 1):
        top = ROW * number
        length = BARS * count / total
        lines += [
            f'<text x="0" y="{top + 18}">{escape(name)}</text>',
            f'<rect x="{LABEL}" y="{top + 4}" width="{BARS}" height="{ROW - 8}" opacity="0.12"/>',
            f'<rect class="bar" x="{LABEL}" y="{top + 4}" width="{length:.2f}" height="{ROW - 8}"/>',
            f'<text x="{LABEL + BARS + 10}" y="{top + 18}">{share}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


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


def _count(number: int, noun: str) -> str:
    return f"{_figure(number)} {noun}" + ("" if number == 1 else "s")


def _figure(number: int) -> str:
    """A number; of very large ones, the order of magnitude is all one can read."""
    return f"{number:,}" if number < 10**12 else f"about 10^{len(str(number)) - 1}"
