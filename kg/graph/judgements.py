"""Why the accounts of several documents are one thing, as nodes of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import vocabulary as v
from kg.graph.iris import document_iri, judgement_iri
from kg.graph.judged import decided_by
from kg.graph.triples import decimal_text
from kg.resolution import Judgement

_DECIMAL = NamedNode(v.XSD + "decimal")


def judgement_statements(thing: str, judgements: Iterable[Judgement], documents: Mapping[str, str]
                         ) -> Iterator[Triple]:
    """The judgements that made a thing one; `documents` gives the id of each member's document."""
    for one in judgements:
        node = NamedNode(judgement_iri(one.left, one.right))
        yield Triple(node, v.TYPE, v.kg("Judgement"))
        yield Triple(node, v.JOINED_IN, NamedNode(thing))
        yield Triple(node, v.kg("left"), NamedNode(one.left))
        yield Triple(node, v.kg("right"), NamedNode(one.right))
        if one.score is not None:
            yield Triple(node, v.kg("score"), Literal(decimal_text(round(one.score, 4)), datatype=_DECIMAL))
        yield from decided_by(node, one.by, one.time, *one.reasons)
        for document in dict.fromkeys(documents[end] for end in (one.left, one.right) if end in documents):
            yield Triple(node, v.DERIVED_FROM, NamedNode(document_iri(document)))
