"""Pictures as they come from cameras and programs, and as they are served."""

import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from generator.content.media import MediaFile
from generator.files.tree import MemoryTree
from generator.pages.pictures import WIDTHS, Variant, list_variants
from generator.rendering.picture_formats import PictureError, clean_svg, encode_variants, read_facts
from generator.rendering.pictures import FACTS, PictureMaker
from tests import images
from tests.images import BLUE, RED, half_red, held_upright, moving, photo, read, swapped_profile, write

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">%s</svg>'


class Threads:
    """Two threads, and what they said of their progress."""

    jobs, quick = 2, False

    def __init__(self) -> None:
        self.said: list[tuple[str, int, int]] = []

    def report(self, what: str, done: int, total: int) -> None:
        self.said.append((what, done, total))


def examine(data: bytes, name: str = "a.jpg") -> MediaFile:
    (file,) = PictureMaker(MemoryTree({f"media/{name}": data}), None, Threads()).examine([f"media/{name}"]).values()
    return file


def make(data: bytes, name: str = "a.jpg") -> dict[str, bytes]:
    """What is made of a picture, by format and width."""
    variants = list_variants(examine(data, name))
    return {f"{variant.format}-{variant.width}": made for variant, made in encode_variants(data, variants)}


def is_near(colour: object, other: tuple[int, int, int], most: int = 12) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - two) <= most for one, two in zip(colour, other, strict=False))


def test_a_picture_is_made_in_the_widths_that_it_has() -> None:
    made = make(photo(700, 350))
    assert list(made) == ["avif-400", "avif-640", "avif-700", "webp-400", "webp-640", "webp-700", "jpg-700"]
    for name, data in made.items():
        image = read(data)
        assert image.format in ("AVIF", "WEBP", "JPEG")
        assert image.size == (int(name.partition("-")[2]), round(int(name.partition("-")[2]) / 2))


def test_no_picture_is_made_wider_than_the_widest_that_is_needed() -> None:
    file = examine(photo(2500, 100))
    assert [variant.width for variant in list_variants(file) if variant.format == "webp"] == list(WIDTHS)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    exif = Image.Exif()
    exif[images.ORIENTATION] = orientation
    seen = images.noise(120, 80)
    turn = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    stored = seen if turn is None else seen.transpose(Image.Transpose(turn))
    file, made = examine(write(stored, exif=exif, quality=95)), make(write(stored, exif=exif, quality=95))
    assert (file.width, file.height) == (120, 80)
    shown = read(made["jpg-120"]).convert("RGB")
    for place in ((10, 10), (110, 10), (10, 70), (60, 40)):
        assert is_near(shown.getpixel(place), seen.getpixel(place), 40)  # type: ignore[arg-type]


def test_nothing_is_left_of_where_a_picture_was_taken() -> None:
    source = held_upright(600, 400)
    assert read(source).getexif().get_ifd(images.GPS)
    for data in make(source).values():
        image = read(data)
        assert not image.getexif() and "icc_profile" not in image.info and b"Exif" not in data[:200]
        assert not {"exif", "xmp", "comment", "photoshop"} & image.info.keys()
        upper, lower = image.convert("RGB").getpixel((200, 100)), image.convert("RGB").getpixel((200, 500))
        assert is_near(upper, RED, 30) and is_near(lower, BLUE, 30)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_the_colours_of_another_space_are_those_of_srgb(mode: str) -> None:
    """In this space red is what green is in sRGB."""
    source = Image.new("RGB", (60, 40), (250, 0, 0)).convert(mode)
    shown = read(make(write(source, "PNG", icc_profile=swapped_profile()), "a.png")["png-60"])
    assert is_near(shown.convert("RGB").getpixel((5, 5)), (0, 250, 0)) and "icc_profile" not in shown.info


def test_a_profile_that_is_none_changes_nothing() -> None:
    shown = read(make(write(half_red(60, 40), icc_profile=b"no profile"))["jpg-60"])
    assert is_near(shown.getpixel((5, 5)), RED)


def test_inks_become_colours() -> None:
    source = write(half_red(60, 40, "CMYK"))
    assert read(source).mode == "CMYK"
    shown = read(make(source)["jpg-60"])
    assert shown.mode == "RGB" and is_near(shown.getpixel((5, 5)), RED, 30)


def test_sixteen_bits_of_grey_are_not_all_white() -> None:
    image = Image.new("I;16", (60, 40), 0x8000)
    shown = read(make(write(image, "PNG"), "a.png")["png-60"])
    assert is_near(shown.convert("RGB").getpixel((5, 5)), (128, 128, 128), 2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_png_of_any_kind_is_read(mode: str) -> None:
    image = Image.new("I;16", (60, 40), 1000) if mode == "I;16" else half_red(60, 40, mode)
    assert make(write(image, "PNG"), "a.png").keys() == {"avif-60", "webp-60", "png-60"}


def palette(transparency: int | bytes) -> bytes:
    image = half_red(60, 40).quantize(4)
    return write(image, "PNG", transparency=transparency)


@pytest.mark.parametrize(
    "source", [palette(0), palette(b"\x00\xff\xff\xff"), write(Image.new("RGBA", (60, 40)), "PNG")]
)
def test_what_can_be_seen_through_stays_so(source: bytes) -> None:
    file, made = examine(source, "a.png"), make(source, "a.png")
    assert file.is_transparent
    for data in made.values():
        assert read(data).convert("RGBA").getchannel("A").getextrema()[0] == 0


def test_a_picture_that_could_be_seen_through_and_is_not_has_no_such_channel() -> None:
    assert not examine(write(half_red(60, 40, "RGBA"), "PNG"), "a.png").is_transparent


@pytest.mark.parametrize(
    ("format_", "made"), [("GIF", ["webp-60", "gif-60"]), ("WEBP", ["webp-60"]), ("PNG", ["webp-60"])]
)
def test_what_moves_still_moves(format_: str, made: list[str]) -> None:
    source = moving(format_)
    found = make(source, f"a.{format_.lower()}")
    assert list(found) == made
    for data in found.values():
        assert getattr(read(data), "n_frames", 1) == 3
    assert found.get("gif-60", source) == source


def test_a_second_picture_within_a_photograph_is_none_that_moves() -> None:
    first, second = half_red(60, 40), half_red(30, 20)
    assert not examine(write(first, "MPO", save_all=True, append_images=[second])).is_animated


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.gif"])
def test_a_picture_is_what_it_is_whatever_its_name_says(name: str) -> None:
    assert examine(write(half_red(60, 40), "PNG"), name).format == "png"


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_picture_that_ends_anywhere_is_reported_or_read(format_: str) -> None:
    whole = write(images.noise(160, 120), format_)
    for end in [*range(0, len(whole) - 50, len(whole) // 20), len(whole) // 2 + 1]:
        fault = examine(whole[:end]).fault
        assert fault and fault.code == "broken-picture" and fault.message and fault.hint, end


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_picture_with_damage_anywhere_ends_in_no_traceback(format_: str, dice: random.Random) -> None:
    whole = write(images.noise(80, 60), format_)
    for _ in range(40):
        damaged = bytearray(whole)
        for _ in range(dice.randint(1, 20)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        file = examine(bytes(damaged))
        if not file.fault:
            assert len(list(encode_variants(bytes(damaged), list_variants(file)))) == len(list_variants(file))


def test_a_picture_that_would_fill_the_memory_is_refused_unread() -> None:
    """A PNG of a few bytes says that it has 10 thousand million pixels."""
    head = (100_000).to_bytes(4) + (100_000).to_bytes(4) + b"\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + len(head).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4)
    data += b"\0\0\0\0IDAT" + zlib.crc32(b"IDAT").to_bytes(4)
    fault = examine(data, "a.png").fault
    assert fault and (fault.code, fault.message) == ("large-picture", "this picture has 10,000 million pixels.")


def test_a_picture_of_too_many_bytes_is_refused_unread() -> None:
    fault = examine(bytes(25_000_001)).fault
    assert fault and fault.code == "large-picture"


def test_what_acts_is_taken_out_of_a_drawing() -> None:
    acts = [
        b"<script>x()</script>", b'<g onload="x()" onclick="x()"/>', b'<a href="javascript:x()"><path d="M0 0"/></a>',
        b"<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        b'<image href="https://elsewhere.org/x.png"/>', b"<style>@import 'https://elsewhere.org/x.css';</style>",
        b'<rect style="fill:url(https://elsewhere.org/x)"/>', b'<use href="https://elsewhere.org/x.svg#a"/>',
        b'<animate attributeName="href" to="javascript:x()"/>', b"<metadata>x()</metadata>",
    ]  # fmt: skip
    for act in acts:
        cleaned = clean_svg(SVG % (act + b'<rect width="4" height="4"/>'))
        assert b"<rect" in cleaned and b"x()" not in cleaned.replace(b'to="javascript:x()"', b""), act
        assert b"elsewhere" not in cleaned and b"on" not in cleaned.split(b"<svg")[1].split(b">")[0]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 40 20"', (40, 20)), ('width="30px" height="10"', (30, 10)), ('viewBox="0,0,40,20"', (40, 20)),
        ('width="100%" height="100%" viewBox="0 0 1.6 2.4"', (2, 2)),
    ],
)  # fmt: skip
def test_a_drawing_has_the_size_of_its_view_box(attributes: str, size: tuple[int, int]) -> None:
    file = examine(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode(), "a.svg")
    assert (file.width, file.height) == size


@pytest.mark.parametrize("attributes", ["", 'width="100%" height="100%"', 'viewBox="0 0 0 0"', 'viewBox="0 0 inf 1"'])
def test_a_drawing_without_a_size_is_reported(attributes: str) -> None:
    with pytest.raises(PictureError):
        read_facts(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode(), "a.svg")


@pytest.fixture
def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read from now on."""
    read_paths: list[str] = []
    plain: Callable[[MemoryTree, str], bytes] = MemoryTree.read

    def read_file(tree: MemoryTree, path: str) -> bytes:
        read_paths.append(path)
        return plain(tree, path)

    monkeypatch.setattr(MemoryTree, "read", read_file)
    monkeypatch.setattr(MemoryTree, "digest", lambda tree, path: str(hash(tree.files[path])))
    monkeypatch.setattr(MemoryTree, "size", lambda tree, path: len(tree.files[path]))
    return read_paths


def test_what_is_known_and_made_is_kept_by_content(tmp_path: Path, count_reads: list[str]) -> None:
    tree = MemoryTree({"media/a.jpg": photo(), "media/b.jpg": photo(500, 300), "media/c.pdf": b"%PDF"})

    def run(paths: list[str]) -> list[tuple[Variant, bytes]]:
        maker = PictureMaker(tree, str(tmp_path), Threads())
        variants = [variant for file in maker.examine(paths).values() for variant in list_variants(file)]
        return list(maker.make(variants))

    first = run(["media/a.jpg", "media/b.jpg"])
    assert sorted(count_reads) == sorted(["media/a.jpg", "media/b.jpg"] * 2)
    count_reads.clear()
    assert run(["media/a.jpg", "media/b.jpg"]) == first
    assert not count_reads
    assert run(["media/c.pdf"])[0][1] == b"%PDF"
    maker = PictureMaker(tree, str(tmp_path), Threads())
    maker.forget_others({first[0][0].key})
    assert {path.name for path in tmp_path.iterdir()} == {FACTS, first[0][0].key}
    assert run(["media/a.jpg", "media/b.jpg"]) == first


def test_the_same_bytes_come_out_with_any_number_of_threads() -> None:
    tree = MemoryTree({f"media/{number}.jpg": photo(400 + number, 300) for number in range(5)})
    made = []
    for jobs in (1, 4):
        threads = Threads()
        threads.jobs = jobs
        maker = PictureMaker(tree, None, threads)
        made.append(list(maker.make(v for file in maker.examine(tree.paths()).values() for v in list_variants(file))))
        assert threads.said[-1] == ("pictures", 5, 5)
    assert made[0] == made[1]
