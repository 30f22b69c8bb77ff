"""How languages write things, asked once: answers of `cldr` are kept, and between builds in the cache folder.

The same few figures stand on many pages, and Babel takes 100 µs for one; loading Babel takes a third of
the time of building a small site.
"""

from functools import cache

# Of a site with more figures than this, those asked for last are kept.
MOST = 4096


@cache
def open_answers() -> dict[str, str]:
    """The answers that are known, by question."""
    return {}


def ask(name: str, *arguments: str | float) -> str:
    """The answer of a function of `cldr`."""
    answers = open_answers()
    question = "\0".join((name, *map(str, arguments)))
    answer = answers.get(question)
    if answer is None:
        from generator.i18n import cldr

        answer = str(getattr(cldr, name)(*arguments))
        if len(answers) >= MOST:
            answers.clear()
        answers[question] = answer
    return answer
