"""The types of `schema` as JSON Schema files, and which file each is for in an editor.

Draft 7 is what editors support best, and nothing of later drafts is needed.
"""

import json
from typing import Any

import msgspec

from generator.content.kinds import KINDS, ContentKind
from generator.files.layouts import WORDS_FILE
from generator.i18n.language import Words
from generator.i18n.words import PLURALS
from generator.schema.fields import iterate_groups

FOLDER = "docs/schemas"
DRAFT = "http://json-schema.org/draft-07/schema#"


def make_schemas(words: Words) -> dict[str, dict[str, Any]]:
    """Every schema by its path in the project. `words` are those of the layouts."""
    schemas = {schema_path(kind.name): make_schema(kind) for kind in KINDS}
    return {**schemas, schema_path("words"): make_words_schema(words)}


def schema_path(name: str) -> str:
    return f"{FOLDER}/{name}.schema.json"


def make_schema(kind: ContentKind) -> dict[str, Any]:
    """The schema of one kind of file, or of its front matter."""
    schema = msgspec.json.schema(kind.type)
    tags = {inner.__name__: str(inner.__struct_config__.tag or "") for _, inner in iterate_groups(kind.fields)}
    for name, part in schema["$defs"].items():
        # The names of classes tell an editor nothing.
        part["title"] = kind.path if name == kind.fields.__name__ else tags.get(name) or name.lower()
        part["description"] = " ".join(part.get("description", "").split())
    return {"$schema": DRAFT, **_wrap_references(schema)}


def _wrap_references(part: Any) -> Any:
    """Draft 7 ignores what stands beside a reference, unless the reference is within `allOf`."""
    if isinstance(part, list):
        return [_wrap_references(item) for item in part]
    if not isinstance(part, dict):
        return part
    # The way in which OpenAPI says that a field tells of which kind a group is; each kind names its own word anyway.
    part = {key: value for key, value in part.items() if key != "discriminator"}
    kept = {key: value if key in ("examples", "default") else _wrap_references(value) for key, value in part.items()}
    if "$ref" in kept and len(kept) > 1 and "$defs" not in kept:
        return {**{key: value for key, value in kept.items() if key != "$ref"}, "allOf": [{"$ref": kept["$ref"]}]}
    return kept


def make_words_schema(words: Words) -> dict[str, Any]:
    """The schema of `words.yaml`: each word that templates add, with what it says in the layouts."""
    return {
        "$schema": DRAFT,
        "title": "words.yaml",
        "description": "The words that templates add, in the language of the site. What is left out stays as it is.",
        "type": ["object", "null"],
        "properties": {name: _make_word(value) for name, value in words.items()},
        "additionalProperties": False,
    }


def _make_word(value: str | dict[str, str]) -> dict[str, Any]:
    text = {"type": ["string", "number"], "pattern": r"\S"}
    if isinstance(value, str):
        return {**text, "description": f"In English: {value}"}
    forms = {
        "type": "object",
        "properties": dict.fromkeys(PLURALS, text),
        "required": ["other"],
        "additionalProperties": False,
    }
    shown = ", ".join(f"{form}: {said}" for form, said in value.items())
    return {"anyOf": [text, forms], "description": f"In English, by number: {shown}"}


def make_editor_settings() -> dict[str, Any]:
    """Settings for Visual Studio Code: which schema is for which files.

    The front matter of Markdown is associated as well, for extensions that look at it; the common YAML
    extension does not.
    """
    patterns = {kind.name: kind.pattern for kind in KINDS} | {"words": WORDS_FILE}
    return {"yaml.schemas": {f"./{schema_path(name)}": f"content/{pattern}" for name, pattern in patterns.items()}}


def write_json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
