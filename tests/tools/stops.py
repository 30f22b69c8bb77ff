"""Stops a build at each of its steps: `python -m tests.tools.stops FOLDER kill|full` prints what was wrong after it.

A step is a rename, a removal or a file that is opened for writing, in the output folder. `kill` ends the process there,
`full` makes the step fail as on a full disk. After each stop no page may name a file that is not there, the report has
to be true, and the next build has to make the site that a build from nothing makes.
"""

import builtins
import errno
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.build.cache import Cache
from generator.build.manifest import decode_manifest
from generator.build.output import LOCK, MANIFEST, STAGING
from generator.build.pipeline import BuildOptions
from generator.diagnostics.diagnostic import SiteError
from tests.sites import ABOUT, CALENDAR, SITE, TARGET, Files, edit, read_folder, rebuild, text_of, tiny_layouts, without

# Every page differs, the style and a script are other ones, a page is new, and one has gone.
OTHER = edit("site.yaml", "Small Site", "Other Site", without("makers/quiz.yaml", "users/2-found.md"))
OTHER["users/2-later.md"] = text_of("users/2-found.md")
OTHER["pages/more.md"] = text_of(ABOUT).replace("About us", "More").replace("page about us", "page with more")
REFERENCE = re.compile(rb"""(?:href|src)="([^"#?:]+)[^":]*\"""")


class Steps:
    """Counts the steps of a build in a folder, and stops at one of them."""

    def __init__(self, root: Path, stop: int, act: Callable[[str], None]) -> None:
        self.root, self.stop, self.act, self.count = str(root), stop, act, 0
        for module, name in ((os, "replace"), (os, "rename"), (os, "unlink"), (os, "rmdir"), (builtins, "open")):
            setattr(module, name, self.wrap(getattr(module, name), name))

    def wrap(self, real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def step(path: Any, *arguments: Any, **named: Any) -> Any:
            writes = name != "open" or "w" in str(arguments[:1] or named.get("mode", ""))
            if writes and str(path).startswith(self.root) and not str(path).endswith(LOCK):
                self.count += 1
                if self.count > self.stop:
                    self.act(str(path))
            return real(path, *arguments, **named)

        return step


def build(files: Files, root: Path, style: str) -> None:
    rebuild(files, root, tiny_layouts({"css/base.css": style}), BuildOptions(CALENDAR, TARGET), Cache())


def kill(_: str) -> None:
    os._exit(9)


def fill(path: str) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)


def stop_at(root: Path, step: int, kind: str) -> tuple[bool, str]:
    """Builds in a copy of this process. Returns whether it was stopped, and what a failed build said of the output."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        steps = Steps(root, step, kill if kind == "kill" else fill)
        said = "done"
        try:
            build(OTHER, root, "b{top:1px}")
        except SiteError as error:
            said = error.outcome
        os.write(writer, f"{steps.count > step} {said}".encode())
        os._exit(0)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reader) as pipe:
        stopped, _, said = pipe.read().partition(" ")
    return os.waitstatus_to_exitcode(status) == 9 or stopped == "True", said


def find_missing(files: Files) -> set[str]:
    """What pages name that is not there, but for the pages that a build had no time to remove."""
    missing = set()
    for path, data in files.items():
        if path.endswith(".html") and path != "404.html":
            assert isinstance(data, bytes)
            for target in map(bytes.decode, REFERENCE.findall(data)):
                place = os.path.normpath(os.path.join(os.path.dirname(path), target))
                if place not in files and os.path.normpath(f"{place}/index.html") not in files:
                    missing.add(f"{path} names {target}")
    return missing


def visible(files: Files) -> Files:
    """The site without what only builds read, and without the assets of the build before."""
    data = files.get(MANIFEST, b"")
    manifest = decode_manifest(data if isinstance(data, bytes) else data.encode())
    hidden = {MANIFEST, *(manifest.retired if manifest else ())}
    return {path: data for path, data in files.items() if path not in hidden and not path.startswith(STAGING)}


def without_manifest(files: Files) -> Files:
    return {path: data for path, data in files.items() if path != MANIFEST}


def main(folder: Path, kind: str) -> None:
    build(SITE, folder / "old", "a{top:1px}")
    build(OTHER, folder / "new", "b{top:1px}")
    old, new = read_folder(folder / "old"), visible(read_folder(folder / "new"))
    step, stopped = 0, True
    while stopped:
        root = folder / "site"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(folder / "old", root)
        stopped, said = stop_at(root, step, kind)
        left = read_folder(root)
        for line in sorted(find_missing({path: data for path, data in left.items() if not path.startswith(STAGING)})):
            print(f"step {step}: {line}")
        if (
            kind == "full"
            and stopped
            and said != "done"
            and (said == "nothing was written.") != (without_manifest(left) == without_manifest(old))
        ):
            print(f"step {step}: the report says '{said}'")
        build(OTHER, root, "b{top:1px}")
        if visible(read_folder(root)) != new:
            print(f"step {step}: the next build does not mend it")
        step += 1
    print(f"{step - 1} stops")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
