"""What is timed: a cold build, a build after which nothing has changed, and a build after one edit."""

from generators import Generator
from samples import Sample
from timing import Run, time_command


def build_cold(generator: Generator, sample: Sample, turn: int) -> Run:
    """A first build: neither output nor caches are there."""
    generator.remove_caches(sample)
    return time_command(generator.command(sample))


def build_again(generator: Generator, sample: Sample, turn: int) -> Run:
    """The same command, and nothing has changed."""
    return time_command(generator.command(sample))


def build_edited(generator: Generator, sample: Sample, turn: int) -> Run:
    """A new word in one symptom of one level; it has to reach that level's page and the comparison."""
    audience = sample.make_audience(sample.audiences // 2 + 1)
    level = audience.levels[1]
    path = generator.site_of(sample) / generator.level_file(audience, level)
    before = path.read_text(encoding="utf-8")
    word = f"edited{turn}{generator.name}"
    path.write_text(before.replace("## Symptoms\n\n- ", f"## Symptoms\n\n- {word} ", 1), encoding="utf-8")
    try:
        run = time_command(generator.command(sample))
    finally:
        path.write_text(before, encoding="utf-8")
    for address in (f"{audience.slug}/{level.slug}", f"{audience.slug}/compare"):
        page = generator.output_of(sample) / address / "index.html"
        if word not in page.read_text(encoding="utf-8"):
            raise RuntimeError(f"{generator.name}: the edit did not reach {page}")
    return run


# In this order: each leaves what the next one needs. The latency of `serve` belongs here as well.
SCENARIOS = {"cold": build_cold, "nothing changed": build_again, "one edit": build_edited}
