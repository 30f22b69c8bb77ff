"""Names to slugs: the small letters, digits and hyphens of a file name and an address; headings to their ids."""

import re
import unicodedata

# Letters that are not a plain letter with a mark; the marks of others fall away.
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ŋ": "ng", "\u0131": "i",
}  # fmt: skip
GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue"}
APOSTROPHES = re.compile(r"['’\u02bc]")
# Letters, marks, digits and what joins them, as Unicode sorts them.
ANCHOR_SIGNS = {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"}
MARKS = dict.fromkeys(range(0x300, 0x370))


def make_slug(name: str, language: str = "en") -> str:
    """The slug of a name; empty where it has no letter that ASCII knows, as in most scripts but Latin."""
    letters = {**LETTERS, **GERMAN} if language.partition("-")[0] == "de" else LETTERS
    text = APOSTROPHES.sub("", unicodedata.normalize("NFC", name).lower())
    text = "".join(letters.get(character, character) for character in text)
    text = re.sub(r"[^\w\s]|_", " ", unicodedata.normalize("NFKD", text).translate(MARKS))
    return "-".join(re.findall(r"[a-z0-9]+", text.encode("ascii", "ignore").decode()))


def make_anchor(heading: str) -> str:
    """The id of a heading as GitHub makes it: letters of any script, digits, `_` and `-`; a hyphen for each blank."""
    kept = (sign for sign in heading.strip().lower() if sign in "- " or unicodedata.category(sign) in ANCHOR_SIGNS)
    return "".join(kept).replace(" ", "-")
