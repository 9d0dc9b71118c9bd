"""Records to RDF: what one document asserts, as facts, assertions and evidence."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.graph.knowledge import Knowledge
from kg.records import Extraction


def statements(extraction: Extraction, knowledge: Knowledge) -> Iterator[Triple]:
    """Every triple of one document; the same extraction gives the same triples."""
    raise NotImplementedError
