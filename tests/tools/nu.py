"""The Nu HTML checker of the W3C, which knows the standard word for word."""

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.tools.java import require_java

JAR = Path("vnu-jar", "build", "dist", "vnu.jar")


def check_pages(packages: Path, root: Path, paths: Sequence[str], ignored: Iterable[str] = ()) -> list[str]:
    """What is wrong or doubtful in pages of a folder, a line each: `index.html: error: ...`. What has one of the
    `ignored` words in it is left out.
    """
    options = ("-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # it ends before better code would pay
    command = [require_java(), *options, "-jar", str(packages / JAR), "--format", "json", "--stdout", *paths]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.stdout, result.stderr
    start = root.as_uri().replace("file://", "file:") + "/"
    lines = [
        f"{message['url'].removeprefix(start)}: {message.get('subType') or message['type']}: {message['message']}"
        for message in json.loads(result.stdout)["messages"]
    ]
    return [line for line in lines if not any(word in line for word in ignored)]
