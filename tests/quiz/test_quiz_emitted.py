"""The script of a quiz, as it is served, is run in a JavaScript engine and compared with the reference in Python."""

import json
import random
from collections.abc import Iterator, Sequence
from math import prod
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec import structs

from generator.build.check import load_content
from generator.quiz import scoring as reference
from generator.quiz.script import PROGRAM, version_of, write_script
from generator.rendering.assets import collect_assets
from generator.schema.quiz import Quiz
from tests.quizzes import Pattern, ask, asked, change_option, change_question, patterns, quiz_of, random_quizzes
from tests.sites import CALENDAR, real_content, real_layouts
from tests.tools.node import run_script

TOOL = Path(__file__).resolve().parent.parent / "tools" / "answers.mjs"
MILLION = 10**6
Cases = list[tuple[Quiz, list[Pattern]]]


@pytest.fixture(scope="module")
def program() -> str:
    return collect_assets(real_layouts()).programs[PROGRAM]


@pytest.fixture(scope="module")
def real_quizzes() -> dict[str, Quiz]:
    audiences = load_content(real_content(), real_layouts(), CALENDAR)[0].audiences
    return {audience.slug: audience.quiz for audience in audiences if audience.quiz}


def run(folder: Path, cases: Cases, program: str, *expected: Path) -> list[Any]:
    """The output of the scripts: a list for each case, with a list for each pattern. If a file says what is expected,
    the first case with another output is the last.
    """
    jobs = []
    for number, (quiz, answers) in enumerate(cases):
        script = folder / f"{number}.mjs"
        script.write_text(write_script(quiz, "makers/quiz/", program), encoding="utf-8")
        jobs.append((str(script), answers))
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    return list(run_script(TOOL, folder / "jobs.json", *expected))


def expect(module: ModuleType, quiz: Quiz, answers: Pattern) -> list[Any]:
    """The output of the reference, or of a changed copy of it, for a pattern, in the form the tool prints."""
    model = module.build_scoring_model(quiz)
    found = module.explain(model, answers)
    changes = module.minimal_improvement(model, answers)
    fragment = ".".join([version_of(quiz), *(str(answer + 1) for answer in answers)])
    return [
        found.level,
        found.median,
        list(found.held_back),
        list(found.deciding),
        [list(change) for change in changes],
        list(module.find_sureness(model, answers)),
        fragment,
        list(answers),
    ]


def sample(quiz: Quiz, count: int, dice: random.Random) -> list[Pattern]:
    """Random patterns of answers to a quiz that has too many to list."""
    sizes = [len(question.options) for question in asked(quiz)]
    return [tuple(dice.randrange(size) for size in sizes) for _ in range(count)]


def assert_equal(cases: Cases, found: Sequence[Sequence[Any]]) -> None:
    for (quiz, answers), results in zip(cases, found, strict=True):
        for pattern, result in zip(answers, results, strict=True):
            assert result == expect(reference, quiz, pattern), (quiz, pattern)


def small_cases(count: int, dice: random.Random) -> Cases:
    """Random quizzes, with every pattern of answers to them."""
    return [(quiz, list(patterns(quiz))) for quiz in random_quizzes(dice, count, metric=True)]


def test_script_and_reference_agree_on_every_pattern_of_the_real_quizzes(
    program: str, real_quizzes: dict[str, Quiz], tmp_path: Path
) -> None:
    cases = [(quiz, list(patterns(quiz))) for quiz in real_quizzes.values()]
    assert all(1000 < len(answers) <= MILLION for _, answers in cases)
    assert_equal(cases, run(tmp_path, cases, program))


def test_script_and_reference_agree_on_every_pattern_of_random_quizzes(
    program: str, tmp_path: Path, dice: random.Random
) -> None:
    cases = small_cases(60, dice)
    assert_equal(cases, run(tmp_path, cases, program))


def test_script_and_reference_agree_on_a_large_sample_where_there_are_more_than_a_million_patterns(
    program: str, tmp_path: Path, dice: random.Random
) -> None:
    eleven = quiz_of(*(ask("1234", weight=1 + i % 3, gate=i % 5 == 2) for i in range(11)))
    forty = quiz_of(*(ask("123456", weight=1 + i % 3, gate=i % 10 == 3) for i in range(40)))
    cases = [(eleven, sample(eleven, 4000, dice)), (forty, sample(forty, 150, dice))]
    assert all(prod(len(question.options) for question in asked(quiz)) > MILLION for quiz, _ in cases)
    assert_equal(cases, run(tmp_path, cases, program))


def test_a_draft_question_is_not_asked(program: str, tmp_path: Path) -> None:
    quiz = quiz_of(ask("1234"), ask("1234", weight=9, gate=True, draft=True), ask("4321"), ask("1234"))
    cases = [(quiz, list(patterns(quiz)))]
    assert len(cases[0][1]) == 4**3
    assert_equal(cases, run(tmp_path, cases, program))


# A piece of the minified program and its replacement.
SCRIPT_MUTANTS = [
    ("2*weightFrom(levels,level)>total", "2*weightFrom(levels,level)>=total"),
    ("2*weightFrom(levels,level)>total", "weightFrom(levels,level)>total"),
    ("levels[i]<least?0:weight", "levels[i]<=least?0:weight"),
    ("levels[i]<least?0:weight", "levels[i]<least?0:1"),
    ("level+1:Infinity", "level:Infinity"),
    ("level+1:Infinity", "level+2:Infinity"),
    ("Math.min(...levels.map((level,i)=>(questions[i].gate", "Math.max(...levels.map((level,i)=>(questions[i].gate"),
    ("levels[i]===level?weight:0", "levels[i]>=level?weight:0"),
    ("levels[i]===level&&", ""),
    ("&&questions[i].weight===most", ""),
    ("held.length?held:heaviest", "heaviest"),
    ("explain(change(i,end(...levels))).level!==", "explain(change(i,end(...levels))).median!=="),
    ("[Math.max,Math.min]", "[Math.min,Math.max]"),
    ("indexOf(level)});", "lastIndexOf(level)-1});"),
    ("cap<median&&", ""),
    ("levels[i]+1===cap", "levels[i]===cap"),
    ("explain(answers).level+1;const change", "explain(answers).level+2;const change"),
    ("levels[i]<goal-1;", "levels[i]<goal;"),
    ("(shut?[goal-1,goal]:[goal])", "[goal]"),
    ("target<goal?0:question.weight", "question.weight"),
    (":change)+target-levels[i]", ":change)"),
    (":change)+target-levels[i]", ":1)+target-levels[i]"),
    ("return shut?found:", "return "),
    ("Math.floor(total/2)+1-", "Math.floor(total/2)-"),
    ("Math.max(0,need-gain)", "Math.max(0,need-1)"),
    ("other.cost<one.cost", "other.cost<=one.cost"),
    ("[...changes,...rest.changes]", "[...rest.changes,...changes]"),
    ("answer+1)].join", "answer)].join"),
    ("write(answers)===fragment", "!write(answers)"),
]


@pytest.fixture(scope="module")
def truth(program: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Cases, list[Any], Path]:
    """Some random quizzes, small ones first, the output of the unchanged script for them, and a file with that."""
    folder = tmp_path_factory.mktemp("truth")
    cases = sorted(small_cases(25, random.Random(11)), key=lambda case: len(case[1]))
    found = run(folder, cases, program)
    assert_equal(cases, found)
    (folder / "expected.json").write_text(json.dumps(found), encoding="utf-8")
    return cases, found, folder / "expected.json"


@pytest.mark.parametrize(("piece", "change"), SCRIPT_MUTANTS)
def test_a_mutant_planted_in_the_script_is_caught(
    piece: str, change: str, program: str, truth: tuple[Cases, list[Any], Path], tmp_path: Path
) -> None:
    assert program.count(piece) >= 1, f"{piece} is not in the script"
    cases, expected, file = truth
    assert run(tmp_path, cases, program.replace(piece, change), file) != expected


REFERENCE_MUTANTS = [
    ("if 2 * weight < model.weight:", "if 2 * weight <= model.weight:"),
    ("weight += question.weight", "weight += 1"),
    ("[level + 1 for level", "[level + 2 for level"),
    ("return min(gates", "return max(gates"),
    ("result = min(median, cap)", "result = median"),
    ("if level == result}", "if level >= result}"),
    ("held_back or heaviest", "heaviest"),
    ("== max(weights.values())", ">= 1"),
    ("!= result for others", "> result for others"),
    ("question.highest), count", "question.lowest), count"),
    ("if cap < median and", "if"),
    ("score(model, answers) + 1\n    here", "score(model, answers) + 2\n    here"),
    ("is_shut = question.gate and", "is_shut = question.gate or"),
    ("(goal - 1, goal)", "(goal,)"),
    ("question.weight if target >= goal else 0", "question.weight"),
    ("price + target - level,", "price,"),
    ("one.changes + other.changes", "other.changes + one.changes"),
    ("= min(options)", "= max(options)"),
    ("return found if is_shut else", "return"),
    ("model.weight // 2 + 1 - here", "model.weight // 2 - here"),
    ("max(0, need - choice.gain)", "max(0, need - 1)"),
]


@pytest.mark.parametrize(("piece", "change"), REFERENCE_MUTANTS)
def test_a_mutant_planted_in_the_reference_is_caught(
    piece: str, change: str, truth: tuple[Cases, list[Any], Path]
) -> None:
    source = Path(reference.__file__).read_text(encoding="utf-8")
    assert source.count(piece) >= 1, f"{piece} is not in the reference"
    mutant = ModuleType("mutant")
    exec(compile(source.replace(piece, change), "mutant", "exec"), mutant.__dict__)  # noqa: S102 - our own text
    assert any(differs(mutant, quiz, pattern, result) for quiz, pattern, result in triples(*truth[:2]))


def triples(cases: Cases, found: list[Any]) -> Iterator[tuple[Quiz, Pattern, Any]]:
    for (quiz, answers), results in zip(cases, found, strict=True):
        for pattern, result in zip(answers, results, strict=True):
            yield quiz, pattern, result


def differs(module: ModuleType, quiz: Quiz, pattern: Pattern, result: Any) -> bool:
    try:
        return bool(expect(module, quiz, pattern) != result)
    except (ValueError, IndexError):
        return True


def test_the_version_changes_with_everything_that_decides_a_result() -> None:
    quiz = quiz_of(ask("1234"), ask("1234", gate=True), ask("1234"))
    changed = [
        quiz,
        change_question(quiz, 0, id="other"),
        change_question(quiz, 0, weight=2),
        change_question(quiz, 0, gate=True),
        change_option(quiz, 0, 0, level=2),
        quiz_of(*quiz.questions, ask("1234")),
        structs.replace(quiz, questions=quiz.questions[::-1]),
    ]
    assert len({version_of(other) for other in changed}) == len(changed)


def test_the_version_does_not_change_with_wording_or_drafts() -> None:
    quiz = quiz_of(ask("1234"), ask("1234"))
    draft = structs.replace(ask("14", draft=True), id="draft")
    assert version_of(change_question(quiz, 0, text="Well?", why="Because.")) == version_of(quiz)
    assert version_of(change_option(quiz, 1, 2, text="Yes")) == version_of(quiz)
    assert version_of(structs.replace(quiz, questions=(draft, *quiz.questions, draft))) == version_of(quiz)
