"""Checks a graph against the shapes of the ontology."""

from __future__ import annotations

from pathlib import Path

from kg.graph.store import GraphStore
from kg.records import Record


class Violation(Record, frozen=True):
    """One broken rule: which node, by which path and value, and what is wrong in a sentence."""

    node: str
    path: str | None
    value: str | None
    message: str
    severity: str


class Report(Record, frozen=True):
    """The outcome of a validation; `triples` were checked."""

    conforms: bool
    violations: tuple[Violation, ...]
    triples: int


def validate(store: GraphStore, ontology: Path) -> Report:
    """Check the whole graph against `shapes.ttl` in the folder `ontology`."""
    raise NotImplementedError
