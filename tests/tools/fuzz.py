"""Fuzzing of what reads files: `python -m tests.tools.fuzz yaml --minutes 10 --seed 5`.

Any bytes have to become data or diagnostics, with work in proportion to their length. Where Atheris is installed, which
looks for inputs that reach code no other has reached, it draws them; elsewhere they are sound inputs with accidents.
An input that fails is left in `tests/corpus/`, where every run of the tests tries it again.
"""

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

from generator.build.manifest import VERSION, decode_manifest, encode_manifest
from generator.content.body_sections import read_lists
from generator.diagnostics.collector import DiagnosticCollector
from generator.diagnostics.diagnostic import Diagnostic, SiteError
from generator.files.names import is_inside
from generator.files.sealed import seal
from generator.files.tree import MemoryTree
from generator.formats.document import decode_text, read_markdown, read_yaml
from generator.formats.markup import Markup
from generator.strategy.documents.reader import read_strategy
from generator.strategy.drift.contradictions import find_contradictions
from generator.strategy.importing.importer import make_content, write_new_file
from tests.random_strategies import write_random
from tests.sites import CASES, ROOT, SITE, problems_of
from tests.strategies import VALID

CORPUS = ROOT / "tests" / "corpus"
Target = Callable[[bytes], object]

# Function calls that an input may take: some in any case, and so many for each byte.
CALLS, CALLS_PER_BYTE = 100_000, 1000
# Longer inputs than this show nothing that shorter ones do not.
LONGEST = 4096

PIECES = (
    "---\n", "\n", "\r", "\t", "  ", "- ", "* ", "1. ", ": ", "#", "## ", "|", ">", "[", "]", "{", "}", "(", ")", "<",
    "&", "!", "%", "@", "`", "```", "~~~", '"', "'", "\\", "*", "**", "_", "![", "](", "<!--", "-->", "<b>", "&#0;",
    "\0", "\ufeff", "\u2028", "\x85", "\x7f", "é", "\U0001f600", "٣", "²", "½", "null", "true", "-1", "1e999", "9" * 30,
    "2027-02-30", "$1K-$2K", "<<", "=", "? ", "...",
)  # fmt: skip


def fuzz_yaml(data: bytes) -> None:
    read_yaml(MemoryTree({"site.yaml": data}), "site.yaml").position_of(("contact", "email"))


def fuzz_front_matter(data: bytes) -> None:
    document = read_markdown(MemoryTree({"makers/1-new.md": data}), "makers/1-new.md")
    document.position_of(("message", "pain"))
    read_lists(document, {})


def fuzz_content(data: bytes) -> list[Diagnostic]:
    """A file of a site, told by the first byte, has the others."""
    paths = sorted(SITE)
    return list(problems_of({**SITE, paths[(data or b"0")[0] % len(paths)]: data[1:]}))


def fuzz_markdown(data: bytes) -> None:
    text, markup = decode_text(data, "text"), Markup()
    assert markup.inline(text) == markup.parser.render(text, False, "./"), "both ways of a line differ"
    assert markup.blocks(text) == markup.parser.render(text, True, "./"), "both ways of paragraphs differ"
    markup.inspect(text, block=True)
    markup.inspect(text, block=False)


def fuzz_strategy(data: bytes) -> None:
    strategy, _ = read_strategy(decode_text(data, "strategy.md"), "strategy.md")
    if strategy:
        find_contradictions(strategy)
        for path, made in make_content(strategy, DiagnosticCollector("strategy.md")).items():
            write_new_file(path, made)


def fuzz_manifest(data: bytes) -> None:
    for sealed in (data, seal(data, VERSION)):
        manifest = decode_manifest(sealed)
        if manifest:
            assert all(map(is_inside, [*manifest, *manifest.retired]))
            text = encode_manifest(manifest)
            assert (again := decode_manifest(text)) and encode_manifest(again) == text


TARGETS: dict[str, Target] = {
    name.removeprefix("fuzz_"): target for name, target in list(globals().items()) if name.startswith("fuzz_")
}


def run_target(name: str, data: bytes) -> None:
    """Tries an input. Raises what the program raises, or `AssertionError` where it does not keep a promise."""
    warm_up(name)
    with bound_work(CALLS + CALLS_PER_BYTE * len(data)), suppress(SiteError):
        TARGETS[name](data)


@lru_cache
def warm_up(name: str) -> None:
    """What is worked out once and kept is not the work of any one input."""
    TARGETS[name](sound_inputs(name)[0])


@contextmanager
def bound_work(most: int) -> Iterator[None]:
    """Raises `AssertionError` as soon as there have been more calls of functions in the block."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")
        if calls > most:
            sys.setprofile(None)
            raise AssertionError(f"more than {most} calls")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)


def sound_inputs(name: str) -> list[bytes]:
    """What accidents happen to."""
    texts = {path: text if isinstance(text, bytes) else text.encode() for path, text in SITE.items()}
    match name:
        case "content":
            return [bytes([number]) + texts[path] for number, path in enumerate(sorted(texts))]
        case "strategy":
            return [VALID.encode(), *(write_random(random.Random(seed)).encode() for seed in range(3))]
        case "markdown":
            return [b"Some *words*, **bold** and `code`.\n\n- [a](/b/)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
                    (CASES / "attacks.txt").read_bytes()[:LONGEST]]  # fmt: skip
        case "manifest":
            return [b'{"templates":{"a":"b"},"retired":["c"],"files":{"":{"index.html":["d","e"]}}}']
    ending = ".yaml" if name == "yaml" else ".md"
    return [text for path, text in texts.items() if path.endswith(ending)]


def draw_input(name: str, dice: random.Random) -> bytes:
    """A sound input with some accidents."""
    inputs = sound_inputs(name)
    data = bytearray(dice.choice(inputs))
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        start = dice.randint(0, len(data))
        end = min(len(data), start + dice.choice((0, 0, 1, 3, 20, 200)))
        other, place = dice.choice(inputs), dice.randrange(LONGEST)
        piece, span = dice.choice(PIECES).encode(), bytes(data[start:end])
        splice = other[place % len(other) :][: dice.choice((5, 50, 500))]
        data[start:end] = dice.choice((b"", piece, piece, span * 2, span * 50, splice, dice.randbytes(2)))
    return bytes(data[:LONGEST])


def try_input(name: str, data: bytes, corpus: Path) -> None:
    """Keeps an input that fails, by the name that libFuzzer gives it too."""
    try:
        run_target(name, data)
    except BaseException:
        place = corpus / name / f"crash-{hashlib.sha1(data, usedforsecurity=False).hexdigest()}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        print(f"{place} fails; see it with: python3 build.py test -k corpus", file=sys.stderr)
        raise


def fuzz_by_chance(name: str, seed: int, minutes: float, corpus: Path = CORPUS) -> int:
    dice, end, count = random.Random(seed), time.process_time() + 60 * minutes, 0
    while time.process_time() < end:
        try_input(name, draw_input(name, dice), corpus)
        count += 1
    print(f"{name}: {count} inputs by chance, seed {seed}")
    return 0


def fuzz_by_coverage(name: str, seed: int, minutes: float) -> int:
    """Ends the process."""
    import atheris

    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(sound_inputs(name)):
            Path(folder, str(number)).write_bytes(data)
        kept = CORPUS / name
        kept.mkdir(parents=True, exist_ok=True)
        limits = (f"-seed={seed}", f"-max_total_time={60 * minutes:.0f}", f"-max_len={LONGEST}")
        # What is slow is told by `bound_work`, on any machine alike.
        options = (*limits, "-print_final_stats=1", "-report_slow_units=86400", f"-artifact_prefix={kept}/")
        atheris.Setup([sys.argv[0], *options, folder, str(kept)], lambda data: try_input(name, data, CORPUS))
        atheris.Fuzz()
    return 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.fuzz")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=1)
    options = parser.parse_args(arguments)
    fuzz = fuzz_by_coverage if find_spec("atheris") else fuzz_by_chance
    return fuzz(options.target, options.seed, options.minutes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
