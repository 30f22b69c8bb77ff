"""Files on a disk: what they hold, whether they changed, and how they are written so that nobody sees a part."""

__all__ = [
    "atomic_directory",
    "atomic_write",
    "disk",
    "fingerprint",
    "history",
    "layouts",
    "lock",
    "names",
    "ordered_changes",
    "program",
    "recorded",
    "scan",
    "sealed",
    "tree",
]
