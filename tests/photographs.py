"""A site of photographs and of every kind of block, for tests and benchmarks; and what a browser loads of its pages."""

import random
import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import inspect
from PIL import Image
from playwright.sync_api import Page

from generator.content.file_data import BODY, read_file, write_file
from generator.schema.blocks import AnyBlock
from generator.schema.fields import compose_group, tagged
from tests.sites import SITE, Files, text_of

SUMMARY = "Photographs one below the other, in sizes that a screen can show, and no larger than that."
LEADS = "leads: {action: https://mail.small-site.org/, consent: Write to me.}\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 30 45 0l45 30z"/></svg>'
# With those of the next pages, a site has all of them several times.
BLOCKS_OF_PAGE = 8
OTHERS: Files = {
    "media/club.svg": SVG,
    "media/magazine.svg": SVG,
    "media/intro.mp4": b"\0\0\0\x18ftypmp42",
    "media/packing-list.pdf": b"%PDF-1.7" + bytes(400_000),
}


def draw_photo(seed: int, size: tuple[int, int]) -> Image.Image:
    """A picture that is as hard to compress as a photograph: soft shapes in colours, light from one side, and grain."""
    dice = random.Random(seed)

    def noise(width: int, height: int) -> Image.Image:
        return Image.frombytes("L", (width, height), dice.randbytes(width * height))

    soft = noise(size[0] // 12, size[1] // 12).resize(size, Image.Resampling.BICUBIC)
    grain, light = noise(*size), Image.linear_gradient("L").rotate(dice.randrange(4) * 90).resize(size)
    planes = [Image.blend(soft.transpose(Image.Transpose(way)), light, dice.uniform(0.2, 0.6)) for way in (0, 1, 3)]
    return Image.merge("RGB", [Image.blend(plane, grain, 0.05) for plane in planes])


def write_photo_site(folder: Path, count: int, size: tuple[int, int]) -> None:
    """A content folder with so many photographs, each of them on a page: in texts, fields and blocks."""
    names = [f"/media/photo-{number}.jpg" for number in range(count)]
    files: Files = {**SITE, **OTHERS, "site.yaml": text_of("site.yaml") + LEADS, **dict(list_pages(names))}
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)
    for seed, name in enumerate(names):
        place = folder / name[1:]
        if not place.exists():
            draw_photo(seed, size).save(place, quality=92)


def list_pages(names: list[str]) -> Iterator[tuple[str, str]]:
    """Two thirds of the photographs in a text and a gallery; the rest on all other pages, with blocks of all kinds."""
    third = len(names) // 3
    pictures = [{"file": name, "alt": "A photograph"} for name in names]
    text = "\n\n".join(f'![A photograph]({name} "Number {number}")' for number, name in enumerate(names[:third]))
    yield "pages/text.md", write_file("pages/text.md", {"title": "A text", "summary": SUMMARY, BODY: text})
    gallery = {"kind": "gallery", "pictures": pictures[third : 2 * third]}
    fields = {"title": "A gallery", "summary": SUMMARY.replace("one below", "one beside"), "blocks": [gallery]}
    yield "pages/gallery.md", write_file("pages/gallery.md", fields)
    rest = cycle(pictures[2 * third :])
    blocks = cycle(list_blocks())
    for path in ("home.md", "pages/about.md", *(path for path in SITE if re.match(r"(makers|users)/.*\.md", path))):
        shown = [fill(block, rest) for block in islice(blocks, BLOCKS_OF_PAGE)]
        yield path, write_file(path, {**read_file(path, text_of(path)), "picture": next(rest), "blocks": shown})


def list_blocks() -> list[dict[str, Any]]:
    """A block of each kind, as the reference has it."""
    return [compose_group(group.cls) for group in tagged(inspect.type_info(AnyBlock)).values()]


def fill(value: Any, pictures: Iterator[dict[str, str]]) -> Any:
    """A block for any page, with the next photographs in place of those of the reference."""
    if isinstance(value, str):
        return next(pictures)["file"] if re.fullmatch(r"/media/.*\.jpg", value) else value
    if isinstance(value, list):
        return [fill(each, pictures) for each in value]
    if isinstance(value, dict):
        return {key: fill(each, pictures) for key, each in value.items() if key != "after"}
    return value


class Load(NamedTuple):
    """What a browser has loaded of a page: at first, and once it was scrolled to its end. Pictures as their addresses
    with the bytes of each. `idle` are pictures that were loaded and are not on the page, `oversized` those for which a
    smaller file would have done.
    """

    first: dict[str, int]
    all: dict[str, int]
    idle: list[str]
    oversized: list[str]


LOADED = """() => Object.fromEntries(performance.getEntriesByType("resource")
    .filter((each) => each.name.includes("/assets/media/")).map((each) => [each.name, each.encodedBodySize]))"""
# The pictures that are shown: the file, how wide it is on the screen, and the files there are of it with their widths.
SHOWN = """() => [...document.images].filter((each) => each.currentSrc).map((each) => [each.currentSrc,
    each.getBoundingClientRect().width * devicePixelRatio,
    [...each.parentElement.querySelectorAll("source")].flatMap((source) => source.srcset.split(", ")
        .map((part) => part.split(" "))
        .map(([name, width]) => [new URL(name, location.href).href, parseInt(width)]))])"""


# Goes down a page by half a window, when all pictures in sight are there.
SCROLL = """async () => {
    const isInSight = ({ top, bottom, width }) => width && top < innerHeight && bottom > 0;
    const isWaiting = (image) => !image.complete && isInSight(image.getBoundingClientRect());
    for (let at = 0; at < document.body.scrollHeight; at += innerHeight / 2) {
        scrollTo({ top: at, behavior: "instant" });
        do await new Promise(requestAnimationFrame); while ([...document.images].some(isWaiting));
    }
}"""


def load_page(page: Page, address: str) -> Load:
    page.goto(address, wait_until="networkidle")
    first = page.evaluate(LOADED)
    page.evaluate(SCROLL)
    every, shown = page.evaluate(LOADED), page.evaluate(SHOWN)
    idle = sorted(every.keys() - {name for name, _, _ in shown})
    return Load(first, every, idle, [name for name, need, files in shown if is_oversized(name, need, dict(files))])


def is_oversized(name: str, need: float, files: dict[str, int]) -> bool:
    """Whether a smaller file would have been wide enough. Browsers go by `sizes`, which is about right: one step is
    nothing.
    """
    widths = sorted({width for width in files.values() if width})
    if name not in files or not widths:
        return False
    enough = next((index for index, width in enumerate(widths) if width >= need), len(widths) - 1)
    return widths.index(files[name]) > enough + 1
