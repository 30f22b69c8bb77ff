"""Strategy documents: read and written (`documents`), turned into content (`importing`), turned back from content
(`exporter`), and compared with the content there is (`drift`).

Only the commands `import`, `export` and `check` use it; a build does not.
"""

__all__ = [
    "documents.model",
    "documents.reader",
    "documents.writer",
    "drift.comparison",
    "drift.contradictions",
    "exporter",
    "importing.importer",
    "importing.merging",
]
