#!/usr/bin/env python3
"""A page of photographs, by this program and by Hugo: the same widths and formats, at the same settings of quality.

Says how long both take, cold and warm, how large the files are, and how near the pictures are to the photographs (SSIM,
1 is the same). Run it with the interpreter of the program's environment, which draws the photographs.
"""

import argparse
import os
import shutil
import statistics
import sys
from pathlib import Path

from generators import HERE, ROOT, Command, Hugo
from PIL import Image, ImageMath
from timing import Run, time_command

PAGE = "---\ntitle: Photographs\nsummary: A page with nothing but photographs, to see how long these take.\n---\n\n"
FORMATS = ("avif", "webp", "jpg")
# The width at which the pictures are compared with the photographs.
WIDTH = 1280


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, metavar="FOLDER", help="where peers and sites go")
    parser.add_argument("--photos", type=int, default=60, help="how many (default: 60)")
    options = parser.parse_args()
    work = options.work.resolve()
    hugo = Hugo(work)
    version = hugo.install()
    photos = draw_photos(work / "photos", options.photos)
    commands = {"ours": write_ours(work / "pictures-ours", photos), "hugo": write_hugo(work / "pictures-hugo", photos)}
    commands["hugo"].words[0] = find_binary(hugo)
    print(f"{len(photos)} photographs of 3000 x 2000; Hugo {version}; {os.cpu_count()} processors")
    for scenario in ("cold", "warm"):
        runs = {name: time_command(command) for name, command in commands.items()}
        print("; ".join(f"{scenario} {name}: {describe(run)}" for name, run in runs.items()))
        print(f"{scenario}, ours to Hugo: {runs['ours'].cpu / max(runs['hugo'].cpu, 0.01):.2f} of the processors' time")
    for format_ in FORMATS:
        print(f"{format_}: " + "; ".join(f"{name} {weigh(work, name, photos, format_)}" for name in commands))
    return 0


def describe(run: Run) -> str:
    return f"{run.wall:.1f} s, {run.cpu:.1f} s of processors, {run.peak:.0f} MiB"


def draw_photos(folder: Path, count: int) -> list[Path]:
    """Pictures that are as hard to compress as photographs: soft shapes in colours, and grain."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [folder / f"photo-{number}.jpg" for number in range(count)]
    for place in found:
        if not place.exists():
            soft = Image.effect_noise((250, 167), 90).resize((3000, 2000), Image.Resampling.BICUBIC)
            grain = Image.effect_noise((3000, 2000), 14)
            turned = [soft.transpose(Image.Transpose(way)) for way in (0, 1, 3)]
            Image.merge("RGB", [Image.blend(plane, grain, 0.25) for plane in turned]).save(place, quality=92)
    return found


def write_ours(folder: Path, photos: list[Path]) -> Command:
    shutil.rmtree(folder, ignore_errors=True)
    content = folder / "content"
    time_command(Command([sys.executable, str(ROOT / "build.py"), "new", "site", str(content)], ROOT, {}))
    shutil.copytree(photos[0].parent, content / "media")
    page = content / "pages" / "photographs.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(PAGE + "\n\n".join(f"![A photograph](/media/{photo.name})" for photo in photos))
    words = [sys.executable, str(ROOT / "build.py"), "build", "--quiet", "--content", str(content)]
    return Command([*words, "--output", str(folder / "output")], ROOT, {"PYRAMID_CACHE": str(folder / "cache")})


def write_hugo(folder: Path, photos: list[Path]) -> Command:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "peers" / "hugo_pictures", folder)
    shutil.copytree(photos[0].parent, folder / "assets")
    words = ["hugo", "--quiet", "--source", str(folder), "--destination", str(folder / "output")]
    return Command(words, folder, {"HUGO_CACHEDIR": str(folder / "cache")})


def find_binary(hugo: Hugo) -> str:
    packages = Path(hugo.python()).parent.parent.glob("lib/python3*/site-packages/hugo/binaries/hugo*")
    return str(next(packages))


def weigh(work: Path, name: str, photos: list[Path], format_: str) -> str:
    """The size of all files of a format, and how near those of one width are to the photographs."""
    files = list((work / f"pictures-{name}" / "output").rglob(f"*.{format_}"))
    near = []
    for photo in photos[:10]:
        of_photo = [file for file in files if file.name.startswith((f"{photo.stem}-", f"{photo.stem}_"))]
        shown = next(image for image in map(Image.open, of_photo) if image.width == WIDTH)
        near.append(compare(Image.open(photo).resize(shown.size, Image.Resampling.BICUBIC), shown))
    return f"{sum(file.stat().st_size for file in files) / 1e6:.2f} MB, SSIM {statistics.mean(near):.4f}"


def compare(first: Image.Image, second: Image.Image) -> float:
    """The structural similarity of two pictures: the mean over squares of 8 pixels, of their lightness."""
    one, two = (image.convert("RGB").convert("L").convert("F") for image in (first, second))

    def mean(formula: str) -> Image.Image:
        product = {"x": lambda v: v["a"] * 1, "y": lambda v: v["b"] * 1, "xx": lambda v: v["a"] * v["a"],
                   "yy": lambda v: v["b"] * v["b"], "xy": lambda v: v["a"] * v["b"]}[formula]  # fmt: skip
        return ImageMath.lambda_eval(product, a=one, b=two).reduce(8)

    def similarity(v: dict[str, Image.Image]) -> Image.Image:
        light = (v["x"] * v["y"] * 2 + 6.5025) / (v["x"] * v["x"] + v["y"] * v["y"] + 6.5025)
        spread = v["xx"] - v["x"] * v["x"] + v["yy"] - v["y"] * v["y"] + 58.5225
        return light * ((v["xy"] - v["x"] * v["y"]) * 2 + 58.5225) / spread

    found = ImageMath.lambda_eval(similarity, **{name: mean(name) for name in ("x", "y", "xx", "yy", "xy")})
    return statistics.mean(found.get_flattened_data() if hasattr(found, "get_flattened_data") else found.getdata())


if __name__ == "__main__":
    sys.exit(main())
