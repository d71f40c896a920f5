"""Answers about the explorer."""

__all__: list[str] = []
