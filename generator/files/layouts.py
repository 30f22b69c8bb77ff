"""What pages look like: the program's layouts, others as whole as they are, or only what differs from them."""

import os
import re
from collections.abc import Callable, Mapping
from functools import cached_property

from generator.files.names import name_from_here
from generator.files.program import CODE_FOLDER
from generator.files.scan import Obstacle
from generator.files.tree import DiskTree, Record, find_top, join_digests

PROGRAM_LAYOUTS = CODE_FOLDER.parent / "layouts"
# Layouts that have this file are whole: every template needs it.
WORDS_FILE = "words.yaml"
# What may come in addition to the program's layouts: files of folders in which all count.
ADDITION = re.compile(r"(components|css|fonts|js|partials|static|words)/")
# Notes for people.
NOTE = re.compile(r"(readme|licen[cs]e)\b", re.IGNORECASE)


class Layouts:
    """A folder of layouts as a tree. Where it has no words it lies over the program's layouts: of two files with the
    same path its own counts.

    `recorded` returns what an earlier build has recorded of an input, by its name in `inputs`.
    """

    def __init__(self, root: str, name: str, recorded: Callable[[str], Mapping[str, Record]] = lambda _: {}) -> None:
        self.own = DiskTree(root, name, recorded("layouts"))
        self._recorded = recorded

    @property
    def name(self) -> str:
        return self.own.name

    @property
    def inputs(self) -> dict[str, DiskTree]:
        """The folders that count, the own one first."""
        if WORDS_FILE in self.own.below("") or os.path.realpath(self.own.root) == os.path.realpath(PROGRAM_LAYOUTS):
            return {"layouts": self.own}
        return {"layouts": self.own, "program layouts": self._program}

    @property
    def obstacles(self) -> Mapping[str, Obstacle]:
        return {path: obstacle for tree in reversed(self._trees) for path, obstacle in tree.obstacles.items()}

    def name_of(self, path: str) -> str:
        """What reports call a file or folder: by where it lies."""
        return self._find(path).name_of(path)

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted({path for tree in self._trees for path in tree.paths()}))

    def tops(self) -> list[str]:
        return sorted({top for tree in self._trees for top in tree.tops()})

    def below(self, top: str) -> tuple[str, ...]:
        return tuple(sorted({path for tree in self._trees for path in tree.below(top)}))

    def read(self, path: str) -> bytes:
        """The content of a file. Raises `OSError`."""
        return self._find(path).read(path)

    def size(self, path: str) -> int:
        return self._find(path).size(path)

    def learn(self, digests: Mapping[str, str]) -> None:
        for path, digest in digests.items():
            self._find(path).learn({path: digest})

    def digest(self, path: str) -> str:
        return self._find(path).digest(path)

    def digest_folder(self, top: str) -> str:
        return join_digests(self, top)

    @property
    def replaceable(self) -> frozenset[str]:
        """The files that an own one may replace: those of the program, unless these layouts are whole."""
        return frozenset(path for tree in self._trees[1:] for path in tree.paths())

    def split_own(self) -> tuple[list[str], list[str]]:
        """Own files that replace one of the program's or come in addition, and those that do neither, whose names are
        likely to be misspelt; notes for people are in neither list. Whole layouts have no file of the second kind.
        """
        known = self.replaceable
        own = [path for path in self.own.paths() if not NOTE.match(path)]
        counting = [path for path in own if not known or path in known or ADDITION.match(path)]
        return counting, sorted({*own} - {*counting})

    @property
    def _trees(self) -> tuple[DiskTree, ...]:
        return tuple(self.inputs.values())

    @cached_property
    def _program(self) -> DiskTree:
        return DiskTree(PROGRAM_LAYOUTS, name_from_here(PROGRAM_LAYOUTS), self._recorded("program layouts"))

    def _find(self, path: str) -> DiskTree:
        """The folder whose file of this path counts; the own one for what is nowhere."""
        trees = (tree for tree in self._trees if path in tree.obstacles or path in tree.below(find_top(path)))
        return next(trees, self.own)
