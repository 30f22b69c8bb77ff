"""The words of a heading, without what people and programs decorate them with."""

import re

# The words in front of a title that only count it; signs and colours; the id that some programs put behind it.
COUNTED = re.compile(
    r"(?:(?:part|section|chapter|teil|abschnitt|kapitel|partie|parte)\s+\w{1,4}\s*[:.)–—-]+|\d+(?:\.\d+)+[.)]?|\d+[.)]"
    r"|[IVX]+[.)]|[A-H][.)])\s+",
    re.IGNORECASE,
)
PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u2793\u2795-\u27a0\u2b00-\u2bff\ufe0f\u200d\u20e3\u00ad]+")
HEADING_ID = re.compile(r"\s*\{#[^{}]*\}\s*$")
# A word of a few letters and a period is more likely an abbreviation; small ones such as "it" and "on" rarely are.
SENTENCE_END = re.compile(
    r"(?<=\w{3}[.!?…。！？])\s+|(?<=\b[a-z]{2}[.!?…])(?<!\bvs\.)(?<!\bal\.)(?<!\bca\.)(?<!\bcf\.)\s+(?=[A-Z])"
)
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def clean_title(title: str) -> str:
    """A heading, a label or the name in a cell without pictures, emphasis, backslashes and the id behind it."""
    plain = ESCAPE.sub(r"\1", PICTURES.sub(" ", HEADING_ID.sub("", title)))
    return " ".join(re.sub(r"\*\*|__|^[*`]+|[*`]+$", "", plain).split()).strip(" :：")


def strip_count(title: str) -> str:
    """A clean title without the number in front."""
    return COUNTED.sub("", title, count=1) if COUNTED.match(title) else title


def split_sentences(title: str) -> list[str]:
    """A headline by its sentences. One with marks stays whole: they may begin in one sentence and end in another."""
    return SENTENCE_END.split(title) if not re.search(r"[*_`<\[]", title) else [title]
