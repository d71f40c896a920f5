"""Answers about the timeline."""

__all__: list[str] = []
