#!/usr/bin/env python3
"""Builds the site; `python3 build.py --help` lists the other commands. `generator.bootstrap` does the work."""

import os
import sys
from contextlib import suppress

if sys.version_info < (3, 11):
    sys.exit(
        "build.py: this needs Python 3.11 or newer, and this is Python %d.%d. Install a newer one from "
        "python.org or from your system's packages, then run it by its name: python3.11 build.py" % sys.version_info[:2]
    )

if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        from generator.bootstrap import main

        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        code = 130
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError):  # a full disk, or a stream that was closed
            stream.flush()
    os._exit(code)  # Python's own clean-up would take a fifth of the time of a small build.
