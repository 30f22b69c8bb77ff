#!/usr/bin/env python3
"""The front door. All that is behind it is in `generator.bootstrap`, which Python keeps compiled."""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "build.py: this needs Python 3.11 or newer, and this is Python %d.%d. Install a newer one from "
        "python.org or from your system's packages, then run it by its name: python3.11 build.py" % sys.version_info[:2]
    )

if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        from generator.bootstrap import leave, main

        leave(main(sys.argv[1:]), sys.argv[1:])
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        sys.exit(130)
