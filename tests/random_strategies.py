"""Strategy documents made at random, in the form but with whatever a strategist may write."""

import random
from collections.abc import Iterator

PEOPLE = ("Bakers", "Night Nurses", "Founders/Makers", "R&D Teams", "Menschen im Büro", "Ärzte", "Riders & Co")
LEVEL_NAMES = ("Struggling", "Surviving", "Thriving", "Driving", "Leading", "Beyond", "Étoile")
WORDS = ("tea", "own", "the model", "R&D", "“quoted”", "it's", "50% of it", "$5K-$10K", "3-5", "a — dash", "<b>x</b>",
         "[link](https://example.org/a)", "`x`", "no", "1:30", "{{ x }}", "naïve", "#1", "and", "or", "to",
         "(so far)", "API costs", "2,000+", "level best", "Module 3")  # fmt: skip
VERBS = ("Learn", "Build", "Ask", "Fine-tune", "Read")
METRICS = (("${}K", "annual salary"), ("€{},000", "monthly revenue"), ("{}", "students a year"), ("{}", "beds"))


def write_random(dice: random.Random) -> str:
    return "\n".join(_write(dice)) + "\n"


def _write(dice: random.Random) -> Iterator[str]:
    count = dice.randint(2, 5)
    shared = dice.sample(LEVEL_NAMES, count)
    groups = {
        name: shared if dice.random() < 0.6 else dice.sample(LEVEL_NAMES, dice.randint(2, 5))
        for name in dice.sample(PEOPLE, dice.randint(1, 3))
    }
    yield f"# {_say(dice, 3)}"
    yield "\n**Course:** The Course"
    if dice.random() < 0.5:
        yield "\n## The Levels: an Overview\n"
        yield from (f"{index}. **{name}** - {_say(dice, 3)}" for index, name in enumerate(shared, 1))
    for name, levels in groups.items():
        yield f"\n## {name.upper() if dice.random() < 0.3 else name}"
        yield from _write_levels(dice, levels)
    yield "\n## Mapping of Modules"
    for index in range(count - 1):
        yield f"\n### Part {index + 1} Stage (Modules {index * 2 + 1}-{index * 2 + 2})"
        yield f"**Serves:** Level {index + 1} → Level {index + 2}"
        yield from _list(dice, 2)
    if dice.random() < 0.7:
        yield from _write_questions(dice, groups)
    if dice.random() < 0.8:
        yield from _write_messages(dice, groups)
    if dice.random() < 0.8:
        yield "\n## Success Metrics"
        for name, levels in groups.items():
            yield f"\n### {name}"
            for index in range(1, len(levels)):
                yield f"\n**Level {index} → Level {index + 1} Success:**"
                yield from _list(dice, 2)
    yield "\n*Last updated: May 2027*"


def _write_levels(dice: random.Random, levels: list[str]) -> Iterator[str]:
    amount, metric = dice.choice(METRICS)
    ends = sorted(dice.sample(range(1, 90), len(levels)))
    for index, name in enumerate(levels):
        band = f"{amount.format(ends[index])}{'+' if index + 1 == len(levels) else ''} {metric}"
        if index + 1 < len(levels):
            band = f"{amount.format(ends[index])} - {amount.format(ends[index + 1])} {metric}"
        yield f"\n### Level {index + 1}: {name}"
        yield f"\n**Currency Metric:** {band}{' (or nothing yet)' if dice.random() < 0.2 else ''}"
        yield "\n**Symptoms:**"
        yield from _list(dice, dice.randint(1, 5), nested=True)
        yield "\n**Keys to Success:**"
        for _ in range(dice.randint(1, 5)):
            yield f"- **{dice.choice(VERBS)}** {_say(dice, 4)}"
        everything = index + 1 == len(levels)
        yield "\n**Module Alignment:** " + (
            "All modules mastered" if everything else f"Modules {index * 2 + 1}-{index * 2 + 2}"
        )


def _write_questions(dice: random.Random, groups: dict[str, list[str]]) -> Iterator[str]:
    yield "\n## Self-Assessment Questions"
    for name, levels in groups.items():
        yield f"\n### For {name}:\n\n**Ask yourself:**"
        yield from (f"{number}. {_say(dice, 4)}?" for number in range(1, dice.randint(2, 4)))
        yield "\n**Your Level:**"
        yield from (f"- **{level}:** {_say(dice, 2)}, {_say(dice, 3)}" for level in levels)


def _write_messages(dice: random.Random, groups: dict[str, list[str]]) -> Iterator[str]:
    yield "\n## Messages by Level"
    names = next(iter(groups.values()))
    for number, name in enumerate(names, 1):
        yield f"\n**{name} (Level {number}):**"
        texts = [f'"{dice.choice(VERBS)} {number} times {index}"' for index in range(len(groups))]
        yield f"- Focus: {' or '.join(texts)}" if dice.random() < 0.5 else f"- Focus: {_say(dice, 3)}"
        yield f"- Pain: {_say(dice, 3)}"
        yield f"- Promise: {_say(dice, 4)}"
        offers = ["Free webinar", f"intro course (${dice.randint(5, 99)})", "core (€1,997 alone, €2,997 together)",
                  "$99-$199 workbook", "a mastermind"]  # fmt: skip
        yield f"- Offer: {', '.join(dice.sample(offers, dice.randint(1, 3)))}"


def _list(dice: random.Random, count: int, nested: bool = False) -> Iterator[str]:
    for _ in range(count):
        yield f"- {_say(dice, 5)}"
        if nested and dice.random() < 0.2:
            yield f"  - {_say(dice, 3)}"
            yield f"  - {_say(dice, 3)}"


def _say(dice: random.Random, count: int) -> str:
    return " ".join(["Some", *dice.choices(WORDS, k=count)])
