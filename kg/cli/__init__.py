"""The command line: parses, calls and prints."""

from __future__ import annotations


def main() -> None:
    """Run the command line program `kg`."""
    from kg.cli.app import app

    app()
