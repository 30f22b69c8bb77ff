"""Mutation tests: mutmut changes the program in small ways, and a test has to fail for each of them.

`python -m tests.tools.mutants` says how many were killed and what survived; names, as in `"generator.quiz.*"`, limit it
to these. What is mutated, and the tests that have to notice, are in `pyproject.toml`. Here are those that no test can
kill, with the reason.
"""

import re
import subprocess
import sys
import sysconfig
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from generator.environment import ROOT

MUTMUT = Path(sysconfig.get_path("scripts"), "mutmut")

# What a changed line was and became, as a pattern each, and why that is the same program.
EXPLAINED: dict[tuple[str, str], str] = {
    (r"zip\(.*strict=True", r"zip\((?!.*strict=True)"): "the lists are made of one another, so they are equally long",
    (r"encode\(\"utf-8\"", r"encode\(\"UTF-8\""): "the same encoding by another name",
    (r"json\.dumps\(", r"separators=None|state, \)"): "the state is longer, and reads the same",
    (r"digest_file\(.*\) or \"\"", r"XXXX"): "the file was there a moment ago",
    (r"setdefault\(SITE, \{\}\)\[path\] = digest_file", r"XXXX"): "no file has that digest either",
    (r"self\.staging\.mkdir\(", r"parents=(None|False)|mkdir\(exist_ok"): "the output folder is there by then",
    (r"if removed else set\(\)", r"or True else set"): "it only saves time",
    (
        r"advise_answers\(level, range\(",
        r"range\(level \+ 1|len\(self\.counts\) \+ 2",
    ): "no answer speaks for such a level",
    (r"self\.numbers = \(0, ", r"\(1, "): "levels are counted from 1",
    (r"for weight in range\(1, MAX", r"range\((MAX|2)"): "a question decides no more with a weight that is no higher",
    (r"casefold\(\)\.split\(\)", r"XX"): "such texts are only compared, and have no capitals",
    (r"len\(live\) < len\(bands\)", r"<= len\(bands\)"): "where all levels are live, it proves the same twice",
    (r"len\(model\.questions\) \+ 1\)", r"(- 1|\+ 2)\)"): "it costs more than all others that a way can take",
    (r"level - 1 if question\.gate else 0", r"else 1"): "no answer speaks for a level below 1",
    (r"zip\(REASONS.*strict=False", r"strict=None|, \)"): "that is the same as strict=False",
    (r"(_in_doubt|has_begun) = False", r"= None$"): "either is no doubt",
    (r"^last = 0$", r"^last = (1|None)$"): "the first band sets it",
    (r"span\.high > covered", r"span\.high >= covered"): "both bands end there",
    (r"end: str = \"\"", r"XXXX"): "no end of a band has either name",
    (r"self\._recovering = False", r"= (None|True)$"): "nobody asks before it is set",
    (r"self\._looked_at = 0", r"None"): "neither is a time",
    (r"climb\[.*\]\.level [<>] level|step\[1\]\.level > level", r"[<>]= level"): "only levels without results",
    (
        r"for level in range\(2, level_count \+ 1\)",
        r"range\((2, level_count \+ 2|level_count)",
    ): "nothing crosses these",
    (r"_replace\(gate=False\)", r"gate=None"): "neither is a gate",
    (r"^break$", r"^return$"): "nothing comes after the loop",
    (r"os\.fspath\(error\.filename2", r"XXXX"): "that is no file of the folder either",
}


class Survivor(NamedTuple):
    """A mutant that no test noticed, and the lines it took away and put in."""

    name: str
    before: str
    after: str

    @property
    def explanation(self) -> tuple[str, str] | None:
        keys = (key for key in EXPLAINED if re.search(key[0], self.before) and re.search(key[1], self.after))
        return next(keys, None)


def run_mutmut(*arguments: str) -> str:
    return subprocess.run([str(MUTMUT), *arguments], cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout


def read_results(text: str) -> dict[str, str]:
    """What became of each mutant: `killed`, `survived`, `timeout`, `no tests` and so on."""
    return dict(re.findall(r"^ *(generator\S+): (.+)$", text, re.MULTILINE))


def read_survivor(name: str) -> Survivor:
    lines = run_mutmut("show", name).splitlines()
    before, after = ("\n".join(line[1:].strip() for line in lines if line.startswith(f"{sign} ")) for sign in "-+")
    return Survivor(name, before, after)


def main(names: list[str]) -> int:
    subprocess.run([str(MUTMUT), "run", *names], cwd=ROOT, check=True)
    results = read_results(run_mutmut("results", "--all", "true"))
    checked = {name: result for name, result in results.items() if result != "not checked"}
    survivors = [read_survivor(name) for name, result in checked.items() if result not in ("killed", "timeout")]
    unexplained = [survivor for survivor in survivors if not survivor.explanation]
    for survivor in unexplained:
        print(f"\n{survivor.name}: {checked[survivor.name]}\n- {survivor.before}\n+ {survivor.after}")
    counts = Counter(checked.values())
    killed, explained = counts["killed"] + counts["timeout"], len(survivors) - len(unexplained)
    print(f"\n{len(checked)} mutants: {killed} killed, {explained} explained, {len(unexplained)} survived")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
