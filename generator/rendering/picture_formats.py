"""Reads a picture of any kind, and writes it as browsers want it. The one place that knows Pillow."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from generator.pages.pictures import Variant
from generator.rendering.drawing import rasterise

if TYPE_CHECKING:
    from PIL import Image

# Changes with whatever is decided here, so that pictures are made anew.
RECIPE = "1"
# More pixels than any camera has that people put on pages. What unpacks to more is refused, unread.
MOST_PIXELS = 50_000_000
# The pixels of all pictures of an animation.
MOST_MOVING_PIXELS = 100_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
# Of the ways to write a format, those in which a picture looks the same beside the original at a normal distance; drawn
# ones keep the sharp edges of their colours.
PHOTO: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    "png": {"format": "PNG", "optimize": True},
}
DRAWING: dict[str, dict[str, Any]] = {"avif": {"quality": 75, "subsampling": "4:4:4"}, "webp": {"quality": 90}}
EMBEDDED = {"image": ["png", "jpeg", "gif", "webp"]}
SVG_TAG = re.compile(rb"<svg\b[^>]*>")
SVG_SIZE = re.compile(rb"""\s(width|height|viewBox)="([^"]*)\"""")

# How many pixels a unit of an SVG is.
UNITS = {"": 1.0, "px": 1.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54, "pt": 4 / 3, "pc": 16.0}
LENGTH = re.compile(r"\s*([\d.eE+]+)\s*([a-zA-Z]*)\s*")
EMPTY = ("this file is empty.", "Put it there again.")


class PictureError(ValueError):
    """A picture that cannot be used: code, message and hint."""


def read_facts(data: bytes, path: str) -> tuple[str, int, int, bool, bool]:
    """The format of a picture, its width and height as it is seen, and whether it is transparent, and moves.

    Raises `PictureError`. All of it is read, since a part may be missing at the end.
    """
    if is_svg(path):
        return "svg", *measure_svg(clean_svg(data)), True, False
    with _open(data) as image:
        _refuse_excess(image)
        name, moves = str(image.format).lower(), _is_animated(image)
        width, height = image.size
        if _orientation(image) >= 5:
            width, height = height, width
        if name == "jpeg":
            image.draft("RGB", (width // 8, height // 8))
        transparent = _has_alpha(_load(image))
        for frame in range(1, image.n_frames if moves else 1):  # type: ignore[attr-defined]
            _load(image, frame)
    return name, width, height, transparent, moves


def is_svg(path: str) -> bool:
    return path.lower().endswith(".svg")


def encode_variants(data: bytes, variants: Sequence[Variant]) -> Iterator[tuple[Variant, bytes]]:
    """The files that are made of a picture. Raises `PictureError`."""
    if any(not variant.is_made for variant in variants):
        yield from ((variant, data) for variant in variants)
        return
    if variants and is_svg(variants[0].path):
        yield from ((variant, _draw(clean_svg(data), variant)) for variant in variants)
        return
    still = [variant for variant in variants if not variant.moves]
    if still:
        image = read_upright(data, max(variant.width for variant in still))
        for variant in still:
            scaled = _lay_on(_scale(image, variant), variant.ground)
            yield variant, _encode(scaled, variant.format, image.info.get("drawn", False))
    for variant in variants:
        if variant.moves:
            yield variant, _encode_moving(data, variant)


def read_upright(data: bytes, width: int) -> "Image.Image":
    """A picture as it is seen, in RGB or RGBA and sRGB; a large JPEG may come smaller, but no narrower than `width`."""
    from PIL import Image

    with _open(data) as image:
        _refuse_excess(image)
        drawn = image.format in ("PNG", "GIF")
        orientation = _orientation(image)
        if image.format == "JPEG":
            across = image.width if orientation < 5 else image.height
            image.draft(None, (max(1, image.width * width // across), max(1, image.height * width // across)))
        profile = image.info.get("icc_profile")
        upright = _turn(_convert(_load(image), profile), orientation)
        bare = Image.new(upright.mode, upright.size)  # without whatever else came with it
        bare.paste(upright)
        bare.info["drawn"] = drawn
    return bare


def clean_svg(data: bytes) -> bytes:
    """An SVG without scripts, events, and references to elsewhere. Raises `PictureError`."""
    import py_svg_hush  # few sites have one

    if not data.strip():
        raise PictureError("broken-picture", *EMPTY)
    if b"<svg" not in data and b":svg" not in data:
        hint = "Export it as SVG, or give it the ending of what it is."
        raise PictureError("broken-picture", "this is no SVG, whatever its name says.", hint)
    if b"<!ENTITY" in data:
        raise PictureError("broken-picture", "this SVG has entities, which may unpack to anything.", "Export it again.")
    try:
        return bytes(py_svg_hush.filter_svg(data, keep_data_url_mime_types=EMBEDDED))
    except ValueError as error:
        hint = "Export it again as SVG, with xmlns, or as PNG."
        raise PictureError("broken-picture", f"this is no SVG that can be read: {error}.", hint) from error


def measure_svg(data: bytes) -> tuple[int, int]:
    """The size of an SVG: of its view box, else its own."""
    tag = SVG_TAG.search(data)
    found = {name.decode(): value.decode() for name, value in SVG_SIZE.findall(tag[0] if tag else b"")}
    box = re.split(r"[\s,]+", found.get("viewBox", "").strip())[2:]
    for sides in (box, [found.get(side, "") for side in ("width", "height")]):
        try:
            width, height = (round(_to_pixels(side)) for side in sides)
        except (ValueError, OverflowError):
            continue
        if 0 < width <= 100_000 and 0 < height <= 100_000:
            return width, height
    given = " and ".join(f'{side}="{found[side]}"' for side in ("width", "height", "viewBox") if side in found)
    message = "this SVG does not say how wide and how high it is" + (f": it has {given}." if given else ".")
    hint = 'Write its size in pixels into its first tag, such as <svg viewBox="0 0 120 40">, or export it with one.'
    raise PictureError("broken-picture", message, hint)


def _to_pixels(length: str) -> float:
    """A length of an SVG. Raises `ValueError` if it is none by itself, such as 100%."""
    found = LENGTH.fullmatch(length)
    if not found or found[2].lower() not in UNITS:
        raise ValueError(length)
    return float(found[1]) * UNITS[found[2].lower()]


@cache
def _load_pillow() -> Any:
    """Pillow, which warns of pictures that we refuse ourselves."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    return Image


def _open(data: bytes) -> "Image.Image":
    from PIL import UnidentifiedImageError

    if not data:
        raise PictureError("broken-picture", *EMPTY)
    try:
        image: Image.Image = _load_pillow().open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        message, hint = "this is no picture that can be read.", "Save it again as JPEG or PNG."
        if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
            message, hint = "this is a picture from an iPhone (HEIC), whatever its name says.", "Save it as JPEG."
        raise PictureError("broken-picture", message, hint) from error
    except Exception as error:  # a decoder may fail in any way over what is in a file
        raise _broken(error) from error
    return image


def _load(image: "Image.Image", frame: int = 0) -> "Image.Image":
    try:
        if frame:
            image.seek(frame)
        image.load()
    except Exception as error:  # as above
        raise _broken(error) from error
    return image


def _broken(error: Exception) -> PictureError:
    message = f"this picture is damaged: {str(error).rstrip('.')}."
    return PictureError("broken-picture", message, "Put it there again, or save it again as JPEG or PNG.")


def _refuse_excess(image: "Image.Image") -> None:
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        message = f"this picture has {pixels / 1e6:,.0f} million pixels."
        raise PictureError("large-picture", message, f"Save it with at most {MOST_PIXELS // 1_000_000} million.")
    if _is_animated(image) and pixels * getattr(image, "n_frames", 1) > MOST_MOVING_PIXELS:
        message = "this animation has too many pixels."
        raise PictureError("large-picture", message, "Make it shorter or smaller, or a video of it.")


def _is_animated(image: "Image.Image") -> bool:
    """Whether it moves; a second picture within a JPEG is a preview."""
    return image.format in ("GIF", "PNG", "WEBP", "AVIF") and getattr(image, "n_frames", 1) > 1


def _has_alpha(image: "Image.Image") -> bool:
    if image.mode in ("RGBA", "LA", "PA"):
        alpha: Any = image.getchannel("A").getextrema()
        return bool(alpha[0] < 255)
    return "transparency" in image.info


def _orientation(image: "Image.Image") -> int:
    """How a camera was held, as EXIF says it: 5 and more, when it lay on its side."""
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception:  # EXIF that cannot be read says nothing
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _turn(image: "Image.Image", orientation: int) -> "Image.Image":
    turns = _load_pillow().Transpose
    turn = {
        2: turns.FLIP_LEFT_RIGHT, 3: turns.ROTATE_180, 4: turns.FLIP_TOP_BOTTOM, 5: turns.TRANSPOSE,
        6: turns.ROTATE_270, 7: turns.TRANSVERSE, 8: turns.ROTATE_90,
    }.get(orientation)  # fmt: skip
    return image if turn is None else image.transpose(turn)


def _convert(image: "Image.Image", profile: bytes | None) -> "Image.Image":
    """In RGB, or RGBA where something is to be seen through, with the colours of sRGB."""
    transparent = _has_alpha(image)
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits of grey
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode not in ("RGB", "CMYK", "L", "LAB"):
        alpha = image.convert("RGBA").getchannel("A") if transparent else None
        image = image.convert("L" if image.mode in ("1", "LA") else "RGB")
    else:
        alpha = image.convert("RGBA").getchannel("A") if transparent else None
    image = _to_srgb(image, profile) if profile else image
    image = image.convert("RGB")
    if alpha:
        image.putalpha(alpha)
    return image


def _to_srgb(image: "Image.Image", profile: bytes) -> "Image.Image":
    """The same colours in sRGB; as they are, where the profile is none for such a picture."""
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except Exception:  # a profile is a program of its own, and may be wrong in any way
        return image
    return converted or image


def _scale(image: "Image.Image", variant: Variant) -> "Image.Image":
    size = (variant.width, variant.height)
    return image if image.size == size else image.resize(size, _load_pillow().Resampling.LANCZOS)


def _lay_on(image: "Image.Image", ground: str) -> "Image.Image":
    """A picture on a ground of that colour, if one is given."""
    from PIL import Image

    if not ground:
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, ground), image.convert("RGBA")).convert("RGB")


def _draw(svg: bytes, variant: Variant) -> bytes:
    """An SVG as it is, or as a picture of points."""
    if variant.format == "svg":
        return svg
    return rasterise(svg.decode(), variant.width, variant.height, variant.ground)


def _encode(image: "Image.Image", format_: str, drawn: bool) -> bytes:
    result = BytesIO()
    image.save(result, **PHOTO[format_] | (DRAWING.get(format_, {}) if drawn else {}))
    return result.getvalue()


def _encode_moving(data: bytes, variant: Variant) -> bytes:
    """All pictures of an animation, as long as they were seen."""
    from PIL import ImageSequence

    if variant.format == "gif":
        return data
    with _open(data) as image:
        loops = image.info.get("loop", 1)
        frames, durations = [], []
        for frame in ImageSequence.Iterator(image):
            durations.append(int(frame.info.get("duration", 100)) or 100)
            frames.append(_scale(frame.convert("RGBA"), variant))
    result = BytesIO()
    options: dict[str, Any] = {"duration": durations, "loop": loops, "quality": 78, "method": 2}
    frames[0].save(result, "WEBP", save_all=True, append_images=frames[1:], **options)
    return result.getvalue()
