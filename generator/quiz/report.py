"""The certificate of a quiz as a text for people: its promises, the spread of results, what decides."""

from collections.abc import Sequence

from generator.formats.markup import strip_marks
from generator.quiz.analysis import Certificate
from generator.quiz.chart import chart_text
from generator.quiz.scoring import read_scheme
from generator.quiz.validation import Kind
from generator.schema.quiz import Quiz

# What a quiz promises, and the defects that break it. The second holds by the form of the scoring.
PROMISES: dict[str, tuple[Kind, ...]] = {
    "every level can be reached": ("unreachable-level",),
    "a better answer never lowers the result": (),
    "every question can change the result": ("idle-question",),
    "every answer can change the result": ("idle-answer",),
    "every weight and every gate can change the result": ("idle-weight", "idle-gate", "common-factor"),
    "each level has a question that can decide it": ("unreachable-level",),
    "every value belongs to exactly one answer, within its level": (
        "band-empty", "band-gap", "band-overlap", "band-outside-level", "band-unmeasured",
    ),
}  # fmt: skip


def report_quiz(name: str, quiz: Quiz, certificate: Certificate, names: Sequence[str]) -> str:
    """The report on the quiz of an audience of this name; `names` are those of its levels, lowest first."""
    head = f"{name}: {strip_marks(quiz.title)}"
    if not certificate.counts:
        return f"{head}\nno results can be worked out"
    broken = {defect.kind for defect in certificate.defects}
    size = _count(len(read_scheme(quiz).questions), "question"), _count(certificate.total, "pattern")
    return "\n".join(
        [
            head,
            f"{size[0]}, {size[1]} of answers",
            "",
            *(f"{'no ' if broken & {*kinds} else 'yes'}  {promise}" for promise, kinds in PROMISES.items()),
            "",
            "share of the patterns that lead to each level",
            chart_text(certificate, names),
            "",
            "questions of which one answer can lead up to a level",
            *(
                f"{name}: {', '.join(ids) or 'none'}"
                for name, ids in list(zip(names, certificate.deciders, strict=True))[1:]
            ),
        ]
    )


def _count(number: int, noun: str) -> str:
    """A number with its noun; of very large ones, the order of magnitude is all one can read."""
    figure = f"{number:,}" if number < 10**12 else f"about 10^{len(str(number)) - 1}"
    return f"{figure} {noun}" + ("" if number == 1 else "s")
