"""A strategy becomes content, and what changed in it is merged into content that exists."""

__all__ = ["curriculum", "importer", "merging", "message_choice", "quiz_proposal"]
