"""Strategy documents: read, checked, made into content, written again, and held against the content there is.

Beside the build, never inside it: only the commands `import`, `export` and `check` come here.
"""

__all__ = [
    "contradictions",
    "drift_report",
    "exporter",
    "import_merge",
    "importer",
    "notes",
    "reader",
    "values",
    "writer",
]
