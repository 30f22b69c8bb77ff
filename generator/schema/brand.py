"""What a site looks like: `brand` in `site.yaml`."""

from typing import Annotated

from generator.schema.media import FontAddress, PictureAddress
from generator.schema.types import Fields, doc

Color = Annotated[
    str,
    doc(
        "A colour in quotes, as without them what follows a # is a comment.",
        "#123a63",
        pattern=r"^#([0-9A-Fa-f]{3}){1,2}$",
        title="a colour such as #123a63",
    ),
]


class BrandColors(Fields, frozen=True, kw_only=True):
    """The colours of the levels: two between which they run, or one up to which they run. White has to be readable on
    each, and each on white.
    """

    low: Annotated[Color | None, doc("The colour of the first level.", "#123a63")] = None
    high: Annotated[Color | None, doc("The colour of the last level.", "#8a2f6b")] = None
    accent: Annotated[
        Color | None, doc("Instead of both: the colour of the last level; those below are darker.", "#8a2f6b")
    ] = None


class BrandFonts(Fields, frozen=True, kw_only=True):
    """Fonts of your own. The build leaves in them the characters that the site shows."""

    text: Annotated[FontAddress | None, doc("The font of all texts.", "/media/fonts/text.woff2")] = None
    display: Annotated[
        FontAddress | None,
        doc("The font of headlines; default: that of all texts.", "/media/fonts/display.woff2"),
    ] = None


class Brand(Fields, frozen=True, kw_only=True):
    """Your colours, logo, icon and fonts. Whatever is left out stays as the site comes."""

    colors: Annotated[BrandColors | None, doc("The colours of the levels.", {"low": "#123a63", "high": "#8a2f6b"})] = (
        None
    )
    logo: Annotated[
        PictureAddress | None,
        doc("Stands in the header instead of the mark and the name of the site.", "/media/logo.svg"),
    ] = None
    logo_dark: Annotated[
        PictureAddress | None,
        doc(
            "The logo for dark screens, or the same file if it can be seen on both. Without this field the logo stands "
            "on a light ground there.",
            "/media/logo-dark.svg",
        ),
    ] = None
    icon: Annotated[
        PictureAddress | None,
        doc("The icon in tabs and on the screens of phones, as wide as high; SVG, or 180 pixels.", "/media/icon.svg"),
    ] = None
    fonts: Annotated[
        BrandFonts | None,
        doc("Fonts of your own: WOFF2, WOFF, TTF or OTF.", {"text": "/media/fonts/text.woff2"}),
    ] = None
