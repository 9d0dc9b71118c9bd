"""The command that builds a graph of the sample reports and shows what is in it."""

from __future__ import annotations


def demo() -> None:
    """Build a graph of the sample reports in ./demo and show what is in it."""
