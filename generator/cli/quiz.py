"""`quiz`: prints what is proved about each quiz, and says what is wrong with it."""

import argparse
from pathlib import Path

from generator.build.cache import Cache
from generator.build.load import LoadedSite, Resources, load_site
from generator.cli.options import add_source_options, make_calendar, open_folder, open_layouts, refuse, report
from generator.content.model import Audience
from generator.content.quiz_rules import analyse_quiz, check_quiz
from generator.diagnostics.diagnostic import Diagnostic, SiteError, has_errors, sort_diagnostics, suggest
from generator.files.atomic_write import atomic_write
from generator.formats.document import locate
from generator.formats.markup import strip_marks
from generator.quiz.report import chart_svg, report_quiz

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
    content, layouts = open_folder(options.content), open_layouts(options.layouts)
    loaded = load_site(content, layouts, make_calendar(options), Cache(), Resources())
    if has_errors(loaded.diagnostics):
        raise SiteError(loaded.diagnostics)
    problems: list[Diagnostic] = []
    charts: dict[str, str] = {}
    for audience in choose_audiences(loaded, options.audience):
        assert audience.quiz is not None
        analysis = analyse_quiz(audience, audience.quiz)
        names = [f"{level.number} {strip_marks(level.name)}" for level in audience.live_levels]
        if options.format != "json":
            print(report_quiz(audience.slug, audience.quiz, analysis, names) + "\n")
        problems += [locate(content, problem) for problem in check_quiz(loaded.site, audience)]
        charts[f"{audience.slug}.svg"] = chart_svg(analysis.counts, names, strip_marks(audience.name))
    report(sort_diagnostics(problems), options.format)
    if has_errors(problems) or (problems and options.strict):
        return 1
    if options.svg:
        for name, chart in charts.items():
            atomic_write(Path(options.svg, name), chart.encode())
    return 0


def choose_audiences(loaded: LoadedSite, wanted: str | None) -> list[Audience]:
    """The audiences with a quiz, or the one that was asked for; ends the program where that is wrong."""
    slugs = [audience.slug for audience in loaded.site.audiences if audience.has("quiz")]
    if wanted is None:
        return [loaded.audiences[slug] for slug in slugs]
    if wanted not in slugs:
        what = "has no quiz" if wanted in loaded.audiences else "does not exist"
        refuse(f"the audience '{wanted}' {what}. {suggest(wanted, slugs)}")
    return [loaded.audiences[wanted]]
