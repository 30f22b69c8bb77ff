"""Files of `content/media/` as fields name them: pictures, videos, fonts, and all that there is."""

from typing import Annotated

from generator.schema.types import Fields, doc

PICTURE_ENDINGS = ("jpg", "jpeg", "png", "webp", "avif", "gif", "svg")
VIDEO_ENDINGS = ("mp4", "webm")
FONT_ENDINGS = ("woff2", "woff", "ttf", "otf")


def _pattern(endings: tuple[str, ...]) -> str:
    # Capitals, written out: JSON Schema has no flag for them.
    either = "|".join("".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else sign for sign in end) for end in endings)
    return rf"^/media/.*\.({either})$"


PictureAddress = Annotated[
    str,
    doc(
        "A picture in `content/media/`.",
        "/media/team.jpg",
        pattern=_pattern(PICTURE_ENDINGS),
        title=f"a picture in content/media/, such as /media/team.jpg ({', '.join(PICTURE_ENDINGS)})",
    ),
]
VideoAddress = Annotated[
    str,
    doc(
        "A video in `content/media/`.",
        "/media/intro.mp4",
        pattern=_pattern(VIDEO_ENDINGS),
        title="a video in content/media/, such as /media/intro.mp4",
    ),
]
FontAddress = Annotated[
    str,
    doc(
        "A font in `content/media/`.",
        "/media/fonts/text.woff2",
        pattern=_pattern(FONT_ENDINGS),
        title=f"a font in content/media/, such as /media/fonts/text.woff2 ({', '.join(FONT_ENDINGS)})",
    ),
]
MediaAddress = Annotated[
    str,
    doc(
        "A file in `content/media/`.",
        "/media/syllabus.pdf",
        pattern=r"^/media/.+\.[A-Za-z0-9]+$",
        title="a file in content/media/, such as /media/syllabus.pdf",
    ),
]
PERCENT = r"(100|[0-9]{1,2})%"


AltText = Annotated[
    str,
    doc(
        'What there is to see, for people who do not see it. `""` where the picture is decoration.',
        "Four people around a table",
        title='what there is to see, or "" where the picture is decoration',
    ),
]
Focus = Annotated[
    str,
    doc(
        "What stays in sight where the layout cuts the picture: a side, or how far from the left and from the top.",
        "top",
        "30% 70%",
        pattern=rf"^(center|top|bottom|left|right|{PERCENT} {PERCENT})$",
        title="center, top, bottom, left, right, or two percentages such as 30% 70%",
    ),
]


class Picture(Fields, frozen=True, kw_only=True):
    """A picture and what it shows."""

    file: Annotated[PictureAddress, doc(None, "/media/team.jpg")]
    alt: AltText
    focus: Focus = "center"


# What `picture:` is on a page; each kind of page says where it shows it.
PagePicture = Annotated[
    Picture | None,
    doc("A picture of the page.", {"file": "/media/team.jpg", "alt": "Four people around a table", "focus": "top"}),
]
