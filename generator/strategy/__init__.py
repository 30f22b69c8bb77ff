"""Strategy documents: read and written (`documents`), turned into content (`importing`), turned back from content
(`exporter`), and compared with the content there is (`drift`).

Only the commands `import`, `export` and `check` use it; a build does not.
"""

__all__ = [
    "documents.collector",
    "documents.reader",
    "documents.strategy",
    "documents.writer",
    "drift.contradictions",
    "drift.drift_report",
    "exporter",
    "importing.importer",
    "importing.merging",
]
