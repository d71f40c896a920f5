"""Answers about the topics."""

__all__: list[str] = []
