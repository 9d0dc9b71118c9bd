"""The further sources of a text: where a document stands in the same words under another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import vocabulary as v
from kg.graph.iris import document_iri, local_iri
from kg.graph.triples import day
from kg.records import content_hash

_SOURCE, _ISSUED = NamedNode(v.DCTERMS + "source"), NamedNode(v.DCTERMS + "issued")


def copies(document_id: str, further: Iterable[tuple[str, str | None]]) -> Iterator[Triple]:
    """A node for each further source of a document; `further` are sources, each with the day of publication there."""
    document = NamedNode(document_iri(document_id))
    for source, published in further:
        node = NamedNode(local_iri("copy", content_hash("copy", document_id, source)))
        yield Triple(node, v.TYPE, v.kg("Copy"))
        yield Triple(node, v.LABEL, Literal(source))
        yield Triple(node, v.DERIVED_FROM, document)
        yield Triple(node, v.kg("copyOf"), document)
        yield Triple(node, _SOURCE, Literal(source))
        if published:
            yield Triple(node, _ISSUED, day(published))
