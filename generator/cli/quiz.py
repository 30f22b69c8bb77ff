"""`quiz`: prints what is proved about each quiz, and says what is wrong with it."""

import argparse
from pathlib import Path

from generator.build.crew import Crew
from generator.build.store import Ledger
from generator.build.survey import Survey, open_audiences, survey_content
from generator.cli.options import add_source_options, make_calendar, open_folder, refuse, report
from generator.content.model import Audience
from generator.content.quiz_rules import certify_quiz, check_quiz
from generator.diagnostics.diagnostic import SiteError, has_errors, sort_problems, suggest
from generator.formats.document import locate
from generator.formats.markup import strip_marks
from generator.quiz.analysis import Certificate
from generator.quiz.chart import chart_svg
from generator.quiz.report import report_quiz

EPILOG = """\
examples:
  python3 build.py quiz                           all quizzes
  python3 build.py quiz founders --svg reports    one of them, its chart as reports/founders.svg
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("audience", nargs="?", metavar="AUDIENCE", help="folder of an audience (default: all)")
    add_source_options(parser)
    parser.add_argument("--svg", metavar="FOLDER", help="write the chart of each quiz there, as an SVG image")


def run(options: argparse.Namespace) -> int:
    content, layouts = open_folder(options.content), open_folder(options.layouts)
    survey = survey_content(content, layouts, make_calendar(options), Ledger(), None, Crew())
    if has_errors(survey.problems):
        raise SiteError(survey.problems)
    audiences = choose_audiences(survey, options.audience)
    certificates = [(audience, certify_quiz(audience)) for audience in audiences]
    if options.format != "json":
        for audience, certificate in certificates:
            assert audience.quiz is not None
            print(report_quiz(audience.slug, audience.quiz, certificate, name_levels(audience)) + "\n")
    faults = [fault for audience in audiences for fault in check_quiz(survey.site, audience)]
    problems = sort_problems(locate(content, fault) for fault in faults)
    report(problems, options.format)
    if problems:
        return 1
    for audience, certificate in certificates if options.svg else ():
        write_chart(Path(options.svg), audience, certificate)
    return 0


def choose_audiences(survey: Survey, wanted: str | None) -> list[Audience]:
    """The audiences with a quiz, or the one that was asked for; ends the program where that is wrong."""
    slugs = [audience.slug for audience in survey.site.audiences if audience.has_quiz]
    if wanted is not None and wanted not in slugs:
        known = [audience.slug for audience in survey.site.audiences]
        what = "has no quiz" if wanted in known else "does not exist"
        refuse(f"the audience '{wanted}' {what}. {suggest(wanted, slugs)}")
    return list(open_audiences(survey, slugs if wanted is None else [wanted]))


def name_levels(audience: Audience) -> list[str]:
    """`1 Struggling`, and so on."""
    return [f"{level.number} {strip_marks(level.name)}" for level in audience.levels]


def write_chart(folder: Path, audience: Audience, certificate: Certificate) -> None:
    """The chart of a quiz as an SVG file."""
    place = folder / f"{audience.slug}.svg"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place.write_text(chart_svg(certificate, name_levels(audience), strip_marks(audience.name)), encoding="utf-8")
    except OSError as error:
        refuse(f"{place} cannot be written: {error.strerror}.")
