"""Chance in tests: all of it grows from one seed, and whatever fails tells the command that repeats it.

Without `--seed` every run draws the same. `python3 build.py test -m chance --seed new` draws what nobody has seen.
"""

import importlib
import pkgutil
import random
import secrets
from collections.abc import Generator
from typing import Any

import hypothesis
import pytest

import generator

# A property is to hold on a slow machine too: what counts is the number of examples, not their time. On CI, Hypothesis
# would heed no seed.
hypothesis.settings.register_profile(
    "project",
    deadline=None,
    database=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", default="0", help="what tests of chance grow from: a number, or `new` to draw one")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "chance(count): a test that draws, for `count` seeds if it takes `dice`")
    if hasattr(config, "workerinput"):  # one of several processes that run the tests
        config.option.seed = config.workerinput["seed"]
    elif config.option.seed == "new":
        config.option.seed = str(secrets.randbelow(10**9))
    config.option.hypothesis_seed = config.option.seed


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tells a process that runs tests for this one."""
    node.workerinput["seed"] = node.config.option.seed


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.option.seed}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `dice` runs once for each of some seeds in a row."""
    if "dice" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("chance")
        first, count = int(metafunc.config.option.seed), mark.args[0] if mark else 1
        metafunc.parametrize("dice", range(first, first + count), indirect=True)


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Where a test that draws for itself gets its numbers from."""
    return random.Random(request.param)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if hypothesis.is_hypothesis_test(getattr(item, "obj", None)) or "dice" in getattr(item, "fixturenames", ()):
            item.add_marker("chance")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Hypothesis takes values from the modules that are loaded, so all are: the same seed then draws the same."""
    if any(item.get_closest_marker("hypothesis") for item in session.items):
        for module in pkgutil.walk_packages(generator.__path__, "generator."):
            importlib.import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and item.get_closest_marker("chance"):
        name = item.name.partition("[")[0]
        command = f"python3 build.py test --seed {item.config.option.seed} -k {name}"
        report.sections.append(("To repeat it", command))
    return report
