"""What `build.py test` says first: what is run, what that needs, where it comes from and how large it is.

Standard library only: it is said before the environment is made.
"""

from collections.abc import Iterator

from generator.environment import TEST, is_ready
from tests.tools import chromium, java, node

# Megabytes as of the versions that are locked; what is downloaded is packed.
PYTHON_PACKAGES = "about 95 MB to download, 370 MB on the disk"
NODE_ITSELF = "about 60 MB to download, 200 MB on the disk"
NODE_PACKAGES = "about 120 MB to download, 390 MB on the disk"
JAVA_ITSELF = "about 35 MB to download, 105 MB on the disk"
BROWSER = "about 100 MB to download, 360 MB on the disk"


def describe(quick: bool) -> Iterator[str]:
    """The lines. `quick`: without what takes long."""
    yield "The quick tests." if quick else "All tests. (--quick: without a browser, Node.js, Java and what takes long)"
    yield f"- Python packages: {'in .venv.' if is_ready(TEST) else f'pip installs them into .venv: {PYTHON_PACKAGES}.'}"
    if quick:
        return
    found = node.find_node()
    yield f"- Node.js: {found.node[0] if found else f'pip installs it into .venv: {NODE_ITSELF}'}."
    installed = "in tests/node_modules." if node.is_installed() else f"npm installs them into tests/: {NODE_PACKAGES}."
    yield f"- Node.js packages: {installed}"
    yield f"- Java: {java.find_java() or f'pip installs it into .venv: {JAVA_ITSELF}'}."
    browser = chromium.find_chromium()
    missing = f"apt-get installs Chromium: {BROWSER}." if chromium.may_install() else chromium.MISSING
    yield f"- Browser: {f'{browser}.' if browser else missing}"
