"""`new`: writes a starting file, complete and valid, and never over one that is there."""

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from generator.authoring.level_insertion import Newcomer, Proposal, insert_level
from generator.authoring.scaffolding import LONGEST_NAME, start_audience, start_page, start_site
from generator.build.survey import Content, load_content
from generator.cli.options import (
    add_folder_options,
    add_format_option,
    open_folder,
    parse_count,
    refuse,
    report,
)
from generator.content.loader import Calendar
from generator.content.model import Audience
from generator.diagnostics.diagnostic import Diagnostic, SiteError, sort_diagnostics, suggest, warning_at
from generator.files.tree import DiskFolder, Folder, MemoryFolder
from generator.formats.document import locate
from generator.formats.slugs import make_slug
from generator.i18n.words import load_words

KINDS = ("audience", "level", "page", "site")
EPILOG = """\
examples:
  python3 build.py new audience "Team leads"                        a folder with two levels and a quiz
  python3 build.py new level "Getting there" --audience founders     after the last level
  python3 build.py new level "Getting there" --audience founders --at 2
  python3 build.py new page "About us"
  python3 build.py new site my-site/content                          a whole small content folder

An audience, a level and a page begin as drafts. With --at, the later levels move up by one: their files
are renamed, and the quiz follows. The band of the level below is split in two, at --from or near its
middle. What you have to check is told with its line; an error in the quiz is an answer for the new level
that only you can write.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, metavar="|".join(KINDS), help="what to begin")
    parser.add_argument("name", metavar="NAME", help="its name on the site; for a site, the folder to make")
    parser.add_argument("--audience", metavar="FOLDER", help="for a level: the audience it belongs to")
    parser.add_argument("--at", type=parse_count, metavar="N", help="for a level: its number (default: the next)")
    parser.add_argument(
        "--from", dest="boundary", type=parse_amount, metavar="VALUE",
        help="for a level: where its band meets that of the level below, or above where there is none below",
    )  # fmt: skip
    parser.add_argument("--slug", metavar="SLUG", help="its name in file names and addresses (default: from NAME)")
    add_folder_options(parser)
    add_format_option(parser)


def run(options: argparse.Namespace) -> int:
    if options.kind == "site":
        return make_site(options)
    if options.kind != "level" and (options.at or options.boundary is not None or options.audience):
        refuse("--at, --from and --audience are for levels.")
    folder, layouts = open_folder(options.content), open_folder(options.layouts)
    files = read_files(folder)
    content, before = load_content(folder, layouts, Calendar(date.today(), drafts=True))
    slug = choose_slug(options, content.site.settings.language)
    name = options.name.strip()
    if options.kind == "level":
        proposal = propose_level(options, files, content, slug)
    else:
        words = content.site.words
        made = (
            start_audience(name, slug, words) if options.kind == "audience" else {f"pages/{slug}.md": start_page(name)}
        )
        checks = [warning_at("?", next(iter(made)), (), "this is a draft.", "Write it, then delete 'draft'.")]
        if any(path in files for path in made):
            refuse(f"{folder.name}/{slug if options.kind == 'audience' else min(made)} is there already.")
        proposal = Proposal({}, made, checks)
    refuse_overwriting(folder, files, proposal)
    after = MemoryFolder(proposal.apply(files), folder.name)
    faults = find_faults(after, layouts, before)
    # Only an editor can write the answers that a new level needs; anything else is a reason not to begin.
    if any(options.kind != "level" or not problem.path.endswith("/quiz.yaml") for problem in faults):
        raise SiteError(faults)
    apply(Path(folder.root), proposal)
    tell(proposal, after, options, faults)
    return 0


def make_site(options: argparse.Namespace) -> int:
    """A whole content folder, where there is none yet."""
    root = Path(options.name)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        refuse(f"'{options.name}' is there already.")
    layouts = open_folder(options.layouts)
    words, _ = load_words(layouts, MemoryFolder({}))
    name = root.resolve().name if root.resolve().name != "content" else root.resolve().parent.name
    title = re.sub(r"[-_.\s]+", " ", name).strip()[:LONGEST_NAME] or "My site"
    proposal = Proposal({}, start_site(title[0].upper() + title[1:], words), [])
    apply(root, proposal)
    tell(proposal, MemoryFolder(proposal.written, options.name), options)
    return 0


def propose_level(options: argparse.Namespace, files: Mapping[str, str], content: Content, slug: str) -> Proposal:
    audience = choose_audience(options.audience, content)
    number = options.at or len(audience.levels) + 1
    if number > len(audience.levels) + 1:
        refuse(f"--at {number} would leave a gap: {audience.slug} has {len(audience.levels)} levels.")
    if options.boundary is not None and all(level.metric is None for level in audience.levels):
        refuse(f"--from has no meaning here: the levels of {audience.slug} have no 'metric'.")
    if slug in [level.slug for level in audience.levels]:
        refuse(f"{audience.slug} has a level with the slug '{slug}' already. Choose another with --slug.")
    newcomer = Newcomer(number, options.name.strip(), slug, options.boundary)
    try:
        return insert_level(files, content.site, audience, newcomer, content.site.words)
    except ValueError as error:
        refuse(f"--from {error}.")


def choose_audience(wanted: str | None, content: Content) -> Audience:
    audiences = {audience.slug: audience for audience in content.audiences}
    if wanted is None and len(audiences) == 1:
        return content.audiences[0]
    if wanted is None:
        refuse(f"say which audience the level is for: --audience {' or '.join(sorted(audiences)[:8])}.")
    wanted = wanted.rstrip("/").rpartition("/")[2]
    if wanted not in audiences:
        refuse(f"there is no audience '{wanted}'. {suggest(wanted, audiences)}")
    return audiences[wanted]


def choose_slug(options: argparse.Namespace, language: str) -> str:
    name = options.name.strip()
    if not name or len(name) > LONGEST_NAME:
        refuse(f"a name has 1 to {LONGEST_NAME} characters to begin with.")
    slug = str(options.slug or make_slug(name, language))
    if not slug:
        refuse(f"'{name}' has no letters for an address. Give one: --slug some-words.")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        refuse(f"'{slug}' is no slug: small letters, digits and single hyphens.")
    return slug


def read_files(folder: DiskFolder) -> dict[str, str]:
    """The text of every file, its line ends as they are."""
    texts: dict[str, str] = {}
    for path in folder.paths():
        try:
            texts[path] = folder.read(path).decode()
        except (OSError, UnicodeDecodeError):
            continue  # loading the site tells what is wrong with it
    return texts


def refuse_overwriting(folder: DiskFolder, files: Mapping[str, str], proposal: Proposal) -> None:
    """Ends the program where a file would be lost, or a folder that is there be taken for a new audience."""
    kept = {proposal.moved.get(path, path) for path in files}
    fresh = [path for path in proposal.written if path not in kept]
    fresh += [path.partition("/")[0] for path in fresh if path.endswith("/audience.md")]
    for path in [*fresh, *(set(proposal.moved.values()) - proposal.moved.keys())]:
        if Path(folder.root, path).exists():
            refuse(f"{folder.name}/{path} is there already.")


def find_faults(after: Folder, layouts: Folder, before: list[Diagnostic]) -> list[Diagnostic]:
    """The errors that the site would have and did not have before: an address taken twice, say."""
    try:
        load_content(after, layouts, Calendar(date.today(), drafts=True))
    except SiteError as error:
        known = {(problem.path, problem.message) for problem in before}
        errors = (problem for problem in error.diagnostics if problem.severity == "error")
        return [problem for problem in errors if (problem.path, problem.message) not in known]
    return []


def apply(root: Path, proposal: Proposal) -> None:
    """Moves and writes the files. A new file is never written over another."""
    for old, new in proposal.moved.items():
        (root / old).rename(root / new)
    for path, text in proposal.written.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())


def tell(proposal: Proposal, after: Folder, options: argparse.Namespace, faults: Sequence[Diagnostic] = ()) -> None:
    """Which files there are now, what to check, and what has to be written before the site builds again."""
    checks = sort_diagnostics([*(locate(after, fault) for fault in proposal.checks), *faults])
    if options.format == "json":
        print(json.dumps(shape_outcome(proposal, checks, after.name), indent=1, ensure_ascii=False))
        return
    for old, new in reversed(proposal.moved.items()):
        print(f"{after.name}/{old}: now {after.name}/{new}")
    for path in sorted(proposal.written):
        print(f"{after.name}/{path}: written")
    report(checks, options.format)


def shape_outcome(proposal: Proposal, checks: list[Diagnostic], name: str) -> dict[str, Any]:
    return {
        "moved": {f"{name}/{old}": f"{name}/{new}" for old, new in proposal.moved.items()},
        "written": sorted(f"{name}/{path}" for path in proposal.written),
        "checks": [
            {
                "path": check.path,
                "line": check.line,
                "severity": check.severity,
                "message": check.message,
                "hint": check.hint,
            }
            for check in checks
        ],
    }


def parse_amount(text: str) -> int | float:
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number such as 150000")
    return float(text) if "." in text else int(text)
