"""Answers about the tone."""

__all__: list[str] = []
