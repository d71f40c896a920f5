"""Answers about the voices."""

__all__: list[str] = []
