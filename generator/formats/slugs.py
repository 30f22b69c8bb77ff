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
    letters = find_letters(language)
    text = APOSTROPHES.sub("", unicodedata.normalize("NFC", name).lower())
    text = "".join(letters.get(character, character) for character in text)
    text = re.sub(r"[^\w\s]|_", " ", unicodedata.normalize("NFKD", text).translate(MARKS))
    return "-".join(re.findall(r"[a-z0-9]+", text.encode("ascii", "ignore").decode()))


def find_letters(language: str) -> dict[str, str]:
    """What stands in a slug for letters that are not in it."""
    return {**LETTERS, **GERMAN} if language.partition("-")[0] == "de" else LETTERS


def make_anchor(heading: str) -> str:
    """The id of a heading as GitHub makes it: letters of any script, digits, `_` and `-`; a hyphen for each blank."""
    kept = (sign for sign in heading.strip().lower() if sign in "- " or unicodedata.category(sign) in ANCHOR_SIGNS)
    return "".join(kept).replace(" ", "-")


def resolve_link(target: str, root: str) -> str:
    """A link an editor wrote, on a page from which the top of the site is `root`: `/founders/` becomes relative, and
    `/media/My%20Photo.JPG` the address of that file.
    """
    if not target.startswith("/") or target.startswith("//"):
        return target
    if target.startswith("/media/"):
        path, sign, part = re.match(r"([^?#]*)([?#]?)(.*)", target, re.DOTALL).groups()  # type: ignore[union-attr]
        return f"{root}{make_address(path)}{sign}{part}"
    return root + target[1:]


def make_address(path: str) -> str:
    """The address of a file that people have named as they like: `/media/Über uns (1).PDF` becomes
    `media/ueber-uns-1.pdf`. Addresses that say the same with or without `%20` are one.
    """
    if "%" in path:
        from urllib.parse import unquote  # takes 7 ms

        path = unquote(path)
    return "/".join(_make_name(name) for name in path.strip("/").split("/"))


def _make_name(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return make_slug(name, "de") or _hash_name(name)
    return f"{make_slug(stem, 'de') or _hash_name(stem)}.{ending.lower()}"


def _hash_name(name: str) -> str:
    """For a name without a letter that ASCII knows."""
    from hashlib import sha256

    return sha256(unicodedata.normalize("NFC", name).encode("utf-8", "surrogateescape")).hexdigest()[:8]
