"""Values as RDF terms, and statements as assertion nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import vocabulary as v
from kg.graph.nodes import Node, Value

# What is written into a store, for those who only pass it on.
Statement = Triple

_DECIMAL, _DATE = NamedNode(v.XSD + "decimal"), NamedNode(v.XSD + "date")


def term(value: Node | Value) -> NamedNode | Literal:
    """A resource or literal as the store holds it."""
    if isinstance(value, Node):
        return NamedNode(value.iri)
    return Literal(value.text) if value.datatype == "string" else Literal(
        value.text, datatype=NamedNode(v.XSD + value.datatype))


def reified(node: NamedNode, fact: Triple, status: str, *, sources: Iterable[NamedNode],
            evidence: Iterable[NamedNode]) -> Iterator[Triple]:
    """An assertion of a statement; `status` is the ontology's term."""
    yield Triple(node, v.TYPE, v.ASSERTION)
    yield Triple(node, v.SUBJECT, fact.subject)
    yield Triple(node, v.PREDICATE, fact.predicate)
    yield Triple(node, v.OBJECT, fact.object)
    yield Triple(node, v.STATUS, v.kg(status))
    yield from (Triple(node, v.DERIVED_FROM, source) for source in sources)
    yield from (Triple(node, v.EVIDENCE, place) for place in evidence)


def confidence(node: NamedNode, sure: float) -> Triple:
    """How sure an assertion is, to four digits."""
    return Triple(node, v.kg("confidence"), Literal(decimal_text(round(sure, 4)), datatype=_DECIMAL))


def day(text: str) -> Literal:
    """An ISO day as xsd:date; anything else stays the words it is."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return Literal(text)
    return Literal(text, datatype=_DATE)


def decimal_text(number: float) -> str:
    """The shortest decimal notation, as stores write it: no exponent, no trailing zeros."""
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
