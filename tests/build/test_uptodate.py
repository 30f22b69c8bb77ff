"""The up-to-date check: its state, and what it asks of the environment."""

from pathlib import Path

import pytest

from generator.build.uptodate import read_state, recorded_files, write_state
from generator.files.recorded import Environment


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    state = {"command": [["--drafts"], "\udcff"], "inputs": {"content": ["/x", {"a": [1, 2, 3, 4, "d"]}]}}
    write_state(tmp_path / "new", state)
    assert read_state(tmp_path / "new") == state
    assert recorded_files(state, "content") == {"a": [1, 2, 3, 4, "d"]}
    for other, name in ((None, "content"), ({"day": None}, "content"), (state, "layouts")):
        assert recorded_files(other, name) == {}


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"3 00000000\n[]", None])
def test_a_state_that_is_damaged_counts_as_missing(tmp_path: Path, damage: bytes | None) -> None:
    write_state(tmp_path, {"report": ["", "output", 3]})
    place = tmp_path / "state.json"
    data = place.read_bytes()
    for at in range(len(data)) if damage is None else []:
        place.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert read_state(tmp_path) is None
    if damage is not None:
        place.write_bytes(damage)
    assert read_state(tmp_path) is None


def test_the_environment_records_what_it_was_asked_for() -> None:
    environment = Environment({"URL": "https://a.org", "HOME": "/home"})
    assert environment.get("URL") == "https://a.org"
    assert environment.get("CONTEXT", "none") == "none"
    assert "NETLIFY" not in environment
    assert environment.asked == {"URL": "https://a.org", "CONTEXT": None, "NETLIFY": None}
