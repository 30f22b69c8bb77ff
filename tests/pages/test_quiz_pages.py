"""What is built of a quiz: its page, its script, and what others need to know of it."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from itertools import product
from math import inf
from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup, Tag

from generator.build.pipeline import BuildOptions, BuildReport
from generator.files.tree import MemoryTree
from generator.i18n.language import Language
from generator.pages.quiz import format_answer
from generator.pages.target import Target
from generator.quiz.scoring import build_scoring_model, score
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.schema.quiz import AnswerBand, Option
from tests import sites
from tests.languages import LANGUAGES, words_of
from tests.sites import (
    CALENDAR,
    ROOT,
    SITE,
    Files,
    build,
    edit,
    load,
    plan,
    read_folder,
    real_content,
    real_layouts,
    real_words,
    text_of,
)

KILOBYTE = 1000
QUIZ = "makers/quiz.yaml"
PROGRAM = {"quiz.js": "export const program = 1;"}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built."""
    return build(read_folder(ROOT / "content"), tmp_path_factory.mktemp("real"), real_layouts())


def open_page(root: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((root / address / "index.html").read_text(encoding="utf-8"), "html.parser")


def scripts_of(page: BeautifulSoup, root: Path, address: str) -> list[Path]:
    return [(root / address / str(script["src"])).resolve() for script in page.find_all("script", src=True)]


def audiences() -> list[str]:
    return sorted({path.partition("/")[0] for path in real_content().paths() if path.endswith("/quiz.yaml")})


# The script.


@pytest.mark.parametrize("slug", audiences())
def test_the_script_is_named_by_its_content(slug: str, real: Path) -> None:
    (script,) = (real / "assets").glob(f"quiz-{slug}.*.js")
    assert script.name == f"quiz-{slug}.{hashlib.sha256(script.read_bytes()).hexdigest()[:10]}.js"


@pytest.mark.parametrize("slug", audiences())
def test_the_page_loads_its_own_script(slug: str, real: Path) -> None:
    address = f"{slug}/quiz"
    names = [script.name for script in scripts_of(open_page(real, address), real, address)]
    assert [name.partition(".")[0] for name in names] == [f"quiz-{slug}"]


@pytest.mark.parametrize("slug", audiences())
def test_all_scripts_of_a_quiz_page_fit_into_five_kilobytes(slug: str, real: Path) -> None:
    address = f"{slug}/quiz"
    scripts = scripts_of(open_page(real, address), real, address)
    assert scripts
    assert sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts) <= 5 * KILOBYTE


def test_pages_that_need_no_script_have_none(real: Path) -> None:
    offering = {"index.html", *(f"{slug}/{page}index.html" for slug in audiences() for page in ("", "compare/"))}
    quizzes = {f"{slug}/quiz/index.html" for slug in audiences()}
    checked = 0
    for file in real.rglob("*.html"):
        path = file.relative_to(real).as_posix()
        html = file.read_text(encoding="utf-8")
        sources = re.findall(r"<script[^>]*\ssrc=\"([^\"]*)\"", html)
        names = [source.rpartition("/")[2].partition(".")[0] for source in sources]
        if path in offering or path.startswith(("compare/", "offers/")):
            assert names == ["main"], path
        elif path not in quizzes:
            assert names == (["bill"] if "data-bill" in html else []), path
            checked += 1
    assert checked > 8


def test_an_audience_without_a_quiz_has_no_script_either() -> None:
    pages = plan(target=Target(assets={"main.js": "assets/main.js"}, programs=PROGRAM))
    assert pages["makers/index.html"].context["scripts"] == ["assets/main.js"]
    assert pages["users/index.html"].context["scripts"] == []
    assert pages["users/compare/index.html"].context["visits"] == []
    assert not any(path.startswith("assets/quiz-users") for path in pages)


def test_a_site_without_a_quiz_has_scripts_only_where_something_is_compared() -> None:
    files = {path: text for path, text in SITE.items() if path != QUIZ}
    pages = plan(files, Target(assets={"main.js": "assets/main.js"}, programs=PROGRAM))
    scripted = {path for path, page in pages.items() if page.context.get("scripts")}
    compared = {
        path for path in pages if path.endswith(".html") and ("compare/" in path or path == "offers/index.html")
    }
    assert scripted == compared


def test_layouts_without_the_program_have_the_page_alone() -> None:
    pages = plan()
    assert pages["makers/quiz/index.html"].context["scripts"] == []
    assert not any(path.endswith(".js") for path in pages)


def script_of(files: Files, program: str = "go();") -> tuple[str, str]:
    """Path and text of the script of the small site's quiz."""
    pages = plan(files, Target(programs={"quiz.js": program}))
    ((path, page),) = [(path, page) for path, page in pages.items() if path.startswith("assets/")]
    return path, page.context["text"]


def test_the_script_holds_what_decides_a_result_and_no_word_of_the_page() -> None:
    text = script_of(SITE)[1]
    data = json.loads(text.splitlines()[0].removeprefix("const quiz=").rstrip(";"))
    assert data["questions"] == [{"levels": [1, 2], "weight": 1, "gate": False, "metric": False}]
    assert data["path"] == "makers/quiz/"
    assert data.keys() == {"path", "version", "questions"}
    assert text.splitlines()[1:] == ["go();"]


def test_another_program_or_another_scheme_gives_the_script_another_name() -> None:
    names = {
        script_of(SITE)[0],
        script_of(SITE, "go(1);")[0],
        script_of(edit(QUIZ, "{text: Much, level: 2}", "{text: Much, level: 2}\n      - {text: All, level: 2}"))[0],
        script_of(edit(QUIZ, "id: skill", "id: talent"))[0],
    }
    assert len(names) == 4


def test_another_wording_leaves_the_script_as_it_is() -> None:
    assert script_of(edit(QUIZ, "What can you do?", "What are you able to do?")) == script_of(SITE)


# What is built again.


def rebuild(output: Path, files: Files, layouts: Files) -> BuildReport:
    return sites.rebuild(files, output, MemoryTree(layouts, "layouts"), BuildOptions(CALENDAR))


def test_a_changed_program_makes_the_pages_of_quizzes_stale_and_no_others(tmp_path: Path) -> None:
    layouts = read_folder(ROOT / "layouts")
    rebuild(tmp_path, SITE, layouts)
    (old,) = (tmp_path / "assets").glob("quiz-makers.*.js")
    changed = layouts["js/quiz.js"] + b"\nexport const more = 1;\n"  # type: ignore[operator]
    report = rebuild(tmp_path, SITE, {**layouts, "js/quiz.js": changed})
    (new,) = {*(tmp_path / "assets").glob("quiz-makers.*.js")} - {old}
    assert report.rendered == {f"assets/{new.name}": "new", "makers/quiz/index.html": "content changed"}
    assert report.manifest.retired == (f"assets/{old.name}",)
    assert new.name in (tmp_path / "makers/quiz/index.html").read_text(encoding="utf-8")


def test_a_script_that_is_up_to_date_is_not_made_again(tmp_path: Path) -> None:
    layouts = read_folder(ROOT / "layouts")
    rebuild(tmp_path, SITE, layouts)
    report = rebuild(tmp_path, edit("makers/1-new.md", "You are new.", "You are very new."), layouts)
    assert "makers/new/index.html" in report.rendered
    assert not [path for path in report.rendered if path.endswith(".js")]
    assert report.removed == []


def test_a_script_whose_quiz_is_gone_is_removed_by_the_build_after_the_next(tmp_path: Path) -> None:
    layouts = read_folder(ROOT / "layouts")
    rebuild(tmp_path, SITE, layouts)
    files = {path: text for path, text in SITE.items() if path != QUIZ}
    rebuild(tmp_path, files, layouts)
    assert list((tmp_path / "assets").glob("quiz-*"))
    rebuild(tmp_path, edit("site.yaml", "Small Site", "Other Site", files), layouts)
    assert not list((tmp_path / "assets").glob("quiz-*"))
    assert not (tmp_path / "makers/quiz").exists()


# Without JavaScript: the form and the rule on paper.


class Printed(NamedTuple):
    """A question as it stands on the page: the level beside each answer, how often it counts, whether it limits."""

    levels: list[int]
    times: int
    limits: bool


def read_question(fieldset: Tag) -> Printed:
    rule = fieldset.select_one(".quiz_form__rule")
    text = rule.text if rule else ""
    times = re.search(r"Counts (\d+) times", text)
    levels = [int(points.text.removeprefix("Level ")) for points in fieldset.select(".quiz_form__points")]
    return Printed(levels, int(times[1]) if times else 1, "Your level is at most one above this answer." in text)


def work_out_on_paper(questions: list[Printed], answers: tuple[int, ...]) -> int:
    """The level by the four steps of the worksheet."""
    levels = [question.levels[answer] for question, answer in zip(questions, answers, strict=True)]
    row: list[int] = []
    for question, level in zip(questions, levels, strict=True):
        row += [level] * question.times
    row.sort()
    middle = row[len(row) // 2 - 1] if len(row) % 2 == 0 else row[len(row) // 2]
    limits = [level for question, level in zip(questions, levels, strict=True) if question.limits]
    return min(middle, min(limits) + 1) if limits else middle


@pytest.mark.parametrize("slug", audiences())
def test_the_rule_on_paper_gives_the_same_level_for_every_pattern(slug: str, real: Path) -> None:
    printed = [read_question(fieldset) for fieldset in open_page(real, f"{slug}/quiz").select("fieldset")]
    content = load(read_folder(ROOT / "content"))
    quiz = next(audience.quiz for audience in content.audiences if audience.slug == slug)
    assert quiz
    model = build_scoring_model(quiz)
    found = 0
    for answers in product(*(range(len(question.levels)) for question in model.questions)):
        assert work_out_on_paper(printed, answers) == score(model, answers), answers
        found += 1
    assert found > 1000


@pytest.mark.parametrize("slug", audiences())
def test_the_worksheet_tells_the_whole_rule(slug: str, real: Path) -> None:
    words = real_words()
    page = open_page(real, f"{slug}/quiz")
    steps = [step.get_text(strip=True) for step in page.select(".quiz_form__worksheet ol li")]
    assert steps == [words[f"worksheet_{step}"] for step in ("tick", "line", "middle", "gate")]


def test_a_worksheet_without_gates_does_not_speak_of_them(tmp_path: Path) -> None:
    page = open_page(build(SITE, tmp_path, real_layouts()), "makers/quiz")
    assert real_words()["worksheet_gate"] not in page.text


@pytest.mark.parametrize("slug", audiences())
def test_the_form_sends_nothing_anywhere(slug: str, real: Path) -> None:
    (form,) = open_page(real, f"{slug}/quiz").select("form")
    assert form["method"] == "dialog"
    assert not form.has_attr("action")
    (send,) = form.select("button[type=submit], button:not([type]), input[type=submit]")
    assert send.has_attr("disabled"), "the Enter key would send the form in a browser that does not know `dialog`"


@pytest.mark.parametrize("slug", audiences())
def test_every_level_is_one_click_away(slug: str, real: Path) -> None:
    links = {str(link["href"]) for link in open_page(real, f"{slug}/quiz").select(".quiz_form__worksheet a")}
    levels = [path for path in real_content().paths() if re.fullmatch(rf"{slug}/\d+-.*\.md", path)]
    assert len(links) == len(levels) == 4
    assert all((real / slug / "quiz" / link / "index.html").resolve().is_file() for link in links)


@pytest.mark.parametrize("slug", audiences())
def test_the_page_is_the_same_for_everybody(slug: str, real: Path) -> None:
    """Results, and what is known of a visitor, are hidden in what is served."""
    page = open_page(real, f"{slug}/quiz")
    assert len(page.select("[data-result]")) == 4
    assert all(section.has_attr("hidden") for section in page.select("[data-result], [data-part=before]"))


# Links of the result.


def links_below(root: Path, address: str) -> Iterator[tuple[str, str]]:
    """File and fragment of each link in the results of a quiz, and in the ways to its answers."""
    page = open_page(root, address)
    ways = [link for template in page.select(".quiz_form template") for link in template.find_all("a")]
    for link in [*page.select("[data-result] a[href]"), *ways]:
        path, _, fragment = str(link["href"]).partition("#")
        if not path.startswith("mailto:"):
            yield str((root / address / path / "index.html").resolve()), fragment


@pytest.mark.parametrize("slug", audiences())
def test_links_of_results_and_ways_lead_to_what_they_name(slug: str, real: Path) -> None:
    links = set(links_below(real, f"{slug}/quiz"))
    assert {fragment.partition("-")[0] for _, fragment in links} == {"", "key", "module", "level", "offer"}
    for file, fragment in links:
        text = Path(file).read_text(encoding="utf-8")
        assert not fragment or f'id="{fragment}"' in text, (file, fragment)


def test_a_way_names_the_key_of_the_level_below() -> None:
    files = edit(QUIZ, "{text: Much, level: 2}", "{text: Much, level: 2, reached_by: {key: 2, module: 1}}")
    options = plan(files)["makers/quiz/index.html"].context["quiz"]["questions"][0]["options"]
    assert options[0]["way"] is None
    assert options[1]["way"] == {
        "key": {"text": "**Do** the second thing", "path": "makers/new/#key-2"},
        "module": {"number": 1, "name": "Beginnings", "path": "curriculum/#module-1"},
    }


def test_a_level_that_is_not_live_has_no_result_and_its_keys_are_not_shown(tmp_path: Path) -> None:
    files = edit("makers/1-new.md", "name: New", "name: New\ndraft: true")
    files = edit(QUIZ, "{text: Much, level: 2}", "{text: Much, level: 2, reached_by: {key: 2}}", files)
    page = open_page(build(files, tmp_path, real_layouts()), "makers/quiz")
    assert [result["data-result"] for result in page.select("[data-result]")] == ["2"]
    assert not page.select(".quiz_form template")
    assert "second thing" not in page.text


def test_a_draft_question_is_not_on_the_page() -> None:
    files = edit(QUIZ, "  - id: skill", "  - id: later\n    text: Later?\n    draft: true\n    options:\n"
                 "      - {text: Yes, level: 9}\n      - {text: No, level: 9}\n  - id: skill")  # fmt: skip
    context = plan(files)["makers/quiz/index.html"].context
    assert [(question["number"], question["id"]) for question in context["quiz"]["questions"]] == [(1, "skill")]
    assert context["quiz"]["count"] == 1


@pytest.mark.parametrize(
    ("draft", "marks"),
    [
        (None, ["$10K to under $50K", "$50K to under $200K", "$200K or more"]),
        (3, ["$10K to under $200K", "$200K or more"]),
        (4, ["$10K to under $50K", "$50K or more"]),
    ],
)
def test_the_way_up_leaves_out_what_marks_the_next_live_level(draft: int | None, marks: list[str]) -> None:
    files = read_folder(ROOT / "content")
    for path in [path for path in files if path.startswith(f"founders/{draft}-")]:
        files[path] = files[path].replace(b"---\n", b"---\ndraft: true\n", 1)  # type: ignore[arg-type]
    results = plan(files)["founders/quiz/index.html"].context["results"]
    found = [[mark["label"], mark["answer"], mark["question"]] for result in results for mark in result["marks"]]
    assert found == [["Monthly recurring revenue", answer, 0] for answer in marks]
    assert results[-1]["marks"] == []


def test_a_question_without_a_label_is_named_by_its_text(tmp_path: Path) -> None:
    labelled = edit(QUIZ, "id: skill", "id: skill\n    label: Your *skill*")
    for files, name, is_hidden in ((SITE, "What can you do?", False), (labelled, "Your skill", True)):
        (label,) = open_page(build(files, tmp_path / name, real_layouts()), "makers/quiz").select("[data-label]")
        assert (label.text, label.has_attr("hidden")) == (name, is_hidden)


@pytest.mark.parametrize("tag", ["en", *LANGUAGES])
def test_how_sure_a_result_is_stands_in_the_plural_of_the_language(tag: str, tmp_path: Path) -> None:
    questions = "".join(
        f"  - id: q{number}\n    text: Question {number}?\n    options:\n"
        "      - {text: Little, level: 1}\n      - {text: Much, level: 2}\n"
        for number in range(1, 7)
    )
    files = {**SITE, "site.yaml": f"{text_of('site.yaml')}language: {tag}\n"}
    output = build({**files, QUIZ: f"title: Where are you?\nquestions:\n{questions}"}, tmp_path, real_layouts())
    said = {
        str(part["data-say"]): part.text.replace("\xad", "")
        for part in open_page(output, "makers/quiz").select("[data-result='2'] [data-part=sure] [data-say]")
    }
    words = words_of(tag)
    forms = {"one": "1", "few": "2", "many": "5", "other": "6"} if tag == "pl" else {"one": "1", "other": "6"}
    for way in ("up", "down"):
        word = words[f"result_{way}"]
        assert isinstance(word, dict)
        for form, count in forms.items():
            expected = word["many" if tag == "pl" and form == "other" else form]
            assert said[f"{way}-{count}"] == expected.replace("{count}", count)
        assert said[f"{way}-0"] == words[f"result_{way}_none"]
    assert len(said) == 1 + 2 * 7


# What answers say.

SALARY = Metric(name="annual salary", unit="$", period="year")
BEDS = Metric(name="beds", unit="beds")
LEVELS = (Band(low=60_000, high=100_000), Band(low=100_000, high=150_000), Band(low=150_000))


@pytest.mark.parametrize(
    ("option", "metric", "expected"),
    [
        (Option(text="Yes", level=1), SALARY, "Yes"),
        (Option(band="level", level=1), SALARY, "Under $100K"),
        (Option(band="level", level=2), SALARY, "$100K to under $150K"),
        (Option(band="level", level=3), SALARY, "$150K or more"),
        (Option(band="level", text="or still at school", level=1), SALARY, "Under $100K, or still at school"),
        (Option(band=AnswerBand(high=10), level=1), BEDS, "Under 10 beds"),
        (Option(band=AnswerBand(low=10, high=20), level=2), BEDS, "10 to under 20 beds"),
        (Option(band=AnswerBand(low=20), level=3), BEDS, "20 beds or more"),
        (Option(band=AnswerBand(low=0, high=7.5), level=1), Metric(name="share", unit="%"), "Under 7.5%"),
    ],
)
def test_a_band_is_put_into_words(option: Option, metric: Metric, expected: str) -> None:
    assert format_answer(option, metric, LEVELS, Language("en", real_words())) == expected


def test_the_wording_of_a_band_is_that_of_the_language() -> None:
    words = {**real_words(), "values_between": "{low} bis unter {high}", "values_from": "ab {low}"}
    german = Language("de", words)
    assert german.values(10_000, 25_000, Metric(name="Umsatz", unit="€")) == "10.000\xa0€ bis unter 25.000\xa0€"
    assert german.values(1_500, inf, Metric(name="Betten", unit="Betten")) == "ab 1.500 Betten"
