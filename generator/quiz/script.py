"""The JavaScript of a quiz: what decides a result, and behind it the program that all quizzes share.

The data is the scoring model and nothing a visitor reads: texts are in the page, where they are rendered and
made safe like any other. `version` identifies the model. It is part of links to a result and of what a browser
stores, so that answers are never scored by a model they were not given to.
"""

import json
from collections.abc import Sequence

from generator.files.fingerprint import digest_bytes
from generator.quiz.scoring import build_scoring_model
from generator.schema.quiz import Quiz

# The asset that holds the program, and what the file of an audience's quiz is called before its digest.
PROGRAM = "quiz.js"


def name_script(audience: str) -> str:
    return f"quiz-{audience}.js"


def write_script(quiz: Quiz, address: str, program: str, live: Sequence[int] = ()) -> str:
    """The text of the JavaScript file of a quiz that lives at an address; it ends with a line end.

    `live` are the numbers of the levels that it knows, all of them if it is empty.
    """
    data = {"path": address, "version": version_of(quiz, live), "questions": _model_data(quiz, live)}
    return f"const quiz={_compact(data)};\n{program.strip()}\n"


def version_of(quiz: Quiz, live: Sequence[int] = ()) -> str:
    """A digest of everything that decides a result, the order of questions and answers included."""
    ids = [question.id for question in quiz.questions if not question.draft]
    return digest_bytes(_compact([ids, _model_data(quiz, live)]).encode())[:8]


def _model_data(quiz: Quiz, live: Sequence[int]) -> list[dict[str, object]]:
    return [
        {
            "levels": question.levels,
            "weight": question.weight,
            "gate": question.gate,
            "metric": question.is_metric,
        }
        for question in build_scoring_model(quiz, live).questions
    ]


def _compact(data: object) -> str:
    return json.dumps(data, separators=(",", ":"))
