"""Quizzes: how answers are scored, what can be proved about that, and the script that browsers run."""

__all__ = ["analysis", "bands", "report", "scoring", "script", "validation"]
