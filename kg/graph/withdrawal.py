"""What must leave the graph when a document is withdrawn."""

from __future__ import annotations

from pyoxigraph import Store, Triple


def withdrawal(store: Store, document_id: str) -> list[Triple]:
    """The triples that only this document brought: its nodes, and facts and things nothing else supports."""
    raise NotImplementedError
