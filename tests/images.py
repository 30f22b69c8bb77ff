"""Pictures that tests show, drawn here as cameras, editors and programs write them."""

import struct
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

RED, BLUE = (220, 30, 30), (30, 30, 220)
ORIENTATION, GPS = 0x0112, 0x8825


def half_red(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red on its left half, blue on the right one."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    """Something that no encoder makes small, and so like a photograph."""
    plane = Image.effect_mandelbrot((width, height), (-2, -1, 1, 1), 30)
    return Image.merge("RGB", (plane, plane.rotate(180), Image.linear_gradient("L").resize((width, height))))


def write(image: Image.Image, format_: str = "JPEG", **options: Any) -> bytes:
    result = BytesIO()
    image.save(result, format_, **options)
    return result.getvalue()


def photo(width: int = 600, height: int = 400) -> bytes:
    return write(noise(width, height), quality=85)


def held_upright(width: int, height: int) -> bytes:
    """A photograph that was taken with the camera on its side, somewhere on Earth: shown, its top half is red."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (IFDRational(48), IFDRational(12), IFDRational(30))}
    stored = half_red(width, height)
    return write(stored, exif=exif, quality=95)


def swapped_profile() -> bytes:
    """An ICC profile of a colour space like sRGB, but that its red is the green of sRGB, and the other way round."""
    columns = {"r": (0.385, 0.717, 0.097), "g": (0.436, 0.222, 0.014), "b": (0.143, 0.061, 0.714)}
    tags = {
        f"{name}XYZ".encode(): b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(part * 65536) for part in parts))
        for name, parts in columns.items()
    }
    tags |= {f"{name}TRC".encode(): b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(2.2 * 256)) for name in "rgb"}
    start, table, body = 132 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        table += name + struct.pack(">2I", start + len(body), len(data))
        body += data
    white = struct.pack(">3i", 63190, 65536, 54061)
    head = b"\0\0\0\0" + b"\x02\x10\0\0" + b"mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28) + white + bytes(48)
    return struct.pack(">I", start + len(body)) + head + struct.pack(">I", len(tags)) + table + body


def moving(format_: str = "GIF", frames: int = 3, size: tuple[int, int] = (60, 40)) -> bytes:
    pictures = [Image.new("RGB", size, (80 * number, 0, 0)) for number in range(frames)]
    return write(pictures[0], format_, save_all=True, append_images=pictures[1:], duration=[100, 200, 300], loop=0)


def read(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image
