"""Which characters can be seen."""

import re
import unicodedata

# Characters without ink that are no blanks to `str.strip`, and fillers that Unicode takes for letters.
SIGNLESS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)


def shows_something(text: str) -> bool:
    """Whether there is a character in a text that can be seen."""
    return any(unicodedata.category(sign)[0] not in "CZM" for sign in SIGNLESS.sub("", text))
