"""The workflows of GitHub: valid, safe, and running the commands that exist."""

import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.tools import fuzz

ROOT = Path(__file__).resolve().parent.parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ZIZMOR = Path(sysconfig.get_path("scripts"), "zizmor")


def read_steps(name: str) -> list[dict[str, Any]]:
    """All steps of a workflow, in order."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text())
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def run(*command: str | Path) -> None:
    result = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_there_are_workflows_for_tests_and_for_pages() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "nightly.yml", "pages.yml", "preview.yml"]


def test_every_night_all_targets_are_fuzzed_and_all_modules_mutated() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/nightly.yml").read_text())["jobs"]
    assert jobs["fuzz"]["strategy"]["matrix"]["target"] == list(fuzz.TARGETS)
    mutated = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]["only_mutate"]
    packages = {path.rpartition("/")[0].replace("/", ".") for path in mutated}
    assert sorted(jobs["mutants"]["strategy"]["matrix"]["modules"]) == sorted(packages)


def test_the_workflows_are_valid_by_the_schema_of_github() -> None:
    run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)


def test_the_workflows_have_no_known_security_risk() -> None:
    run(ZIZMOR, "--offline", "--no-progress", "--pedantic", ".github")


def test_a_workflow_with_a_risk_is_found(tmp_path: Path) -> None:
    risky = tmp_path / ".github" / "workflows" / "risky.yml"
    risky.parent.mkdir(parents=True)
    risky.write_text(WORKFLOWS[2].read_text().replace('"$BASE_URL"', "${{ github.event.head_commit.message }}"))
    command = [str(ZIZMOR), "--offline", "--no-progress", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "template-injection" in result.stdout


def test_a_pull_request_shows_the_mistakes_of_an_editor_in_the_diff() -> None:
    assert "python build.py check --format github" in [step.get("run") for step in read_steps("ci.yml")]


def test_pages_are_built_for_their_base_url_and_published_with_hidden_files() -> None:
    steps = read_steps("pages.yml")
    build = next(step for step in steps if "build.py" in step.get("run", ""))
    assert build["run"] == 'python build.py --base-url "$BASE_URL"'
    assert build["env"] == {"BASE_URL": "${{ steps.pages.outputs.base_url }}"}
    upload = next(step for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    assert upload["with"] == {"path": "output", "include-hidden-files": True}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_only_actions_of_github_are_used_at_a_major_version_and_without_credentials(path: Path) -> None:
    for step in read_steps(path.name):
        action = step.get("uses")
        if action:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", action)
            assert step.get("with", {}).get("persist-credentials") is (False if "checkout" in action else None)
