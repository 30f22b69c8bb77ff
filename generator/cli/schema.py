"""`schema`: writes what is generated from the types: JSON Schema files, editor settings, the content reference."""

import argparse
from pathlib import Path

from generator.authoring.json_schema import make_editor_settings, make_schemas, write_json
from generator.authoring.reference import REFERENCE, write_reference
from generator.cli.options import ROOT, add_format_option, report
from generator.diagnostics.diagnostic import WHOLE_FILE, SiteError, error_at
from generator.files.atomic_write import atomic_write
from generator.files.tree import DiskTree, MemoryTree
from generator.i18n.language import Words
from generator.i18n.words import load_words

SETTINGS = ".vscode/settings.json"
EXTENSIONS = ".vscode/extensions.json"
YAML_EXTENSION = "redhat.vscode-yaml"
EPILOG = """\
The files lie in docs/ and .vscode/, and are committed: run this after a change of generator/schema/ or of
layouts/words.yaml.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing; report files that are not up to date")
    add_format_option(parser)


def run(options: argparse.Namespace, root: Path = ROOT) -> int:
    words, problems = load_words(DiskTree(root / "layouts", "layouts"), MemoryTree({}))
    if problems:
        raise SiteError(problems)
    stale = {path: text for path, text in make_documents(words).items() if read(root / path) != text}
    if options.check:
        message, hint = "this file is not up to date with the types.", "Run python3 build.py schema."
        report([error_at("stale-schema", path, WHOLE_FILE, message, hint) for path in stale], options.format)
        return 1 if stale else 0
    for path, text in stale.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        atomic_write(root / path, text.encode())
    if options.format == "text":
        print("\n".join(f"{path}: written" for path in stale) or "Everything is up to date.")
    return 0


def make_documents(words: Words) -> dict[str, str]:
    """Every generated file by its path in the project."""
    schemas = {path: write_json(schema) for path, schema in make_schemas(words).items()}
    return {
        **schemas,
        SETTINGS: write_json(make_editor_settings()),
        EXTENSIONS: write_json({"recommendations": [YAML_EXTENSION]}),
        REFERENCE: write_reference(words),
    }


def read(path: Path) -> str | None:
    return path.read_bytes().decode() if path.exists() else None
