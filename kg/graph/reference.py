"""What the gazetteer and the seeds know of a linked thing, as facts with assertions of status Reference."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import vocabulary as v
from kg.graph.iris import assertion_iri, linked_iri, record_iri
from kg.graph.knowledge import Knowledge, PlaceRecord, SeedEntry
from kg.graph.triples import decimal_text, reified

_HAS_GEOMETRY, _AS_WKT = NamedNode(v.GEO + "hasGeometry"), NamedNode(v.GEO + "asWKT")
_WKT, _DECIMAL = NamedNode(v.GEO + "wktLiteral"), NamedNode(v.XSD + "decimal")
_REFERENCE = "Reference"


def reference(link: str, knowledge: Knowledge) -> Iterator[Triple]:
    """All that is known of a link from outside the documents, and of what contains it, up to the top."""
    seen: set[str] = set()
    todo: list[str] = [link]
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        place = knowledge.place(current)
        entry = None if place else knowledge.entry(current)
        if place:
            yield from _place(place, knowledge)
            todo.extend(place.within[:1])
        elif entry:
            yield from _entry(entry, knowledge)
            todo.extend([entry.parent] if entry.parent else [])


def is_known(link: str, knowledge: Knowledge) -> bool:
    """Whether the gazetteer or the seeds have the link."""
    return knowledge.place(link) is not None or knowledge.entry(link) is not None


def lies_within(knowledge: Knowledge, link: str, other: str) -> bool:
    """Whether the gazetteer has one linked place inside the other."""
    place = knowledge.place(link)
    return place is not None and other in place.within


def _place(place: PlaceRecord, knowledge: Knowledge) -> Iterator[Triple]:
    node = NamedNode(linked_iri(place.id))
    yield from _described(node, knowledge.ontology.kind_classes["place"], place.name, place.id)
    yield Triple(node, v.kg("level"), Literal(place.level))
    if place.lat is not None and place.lon is not None:
        lat, lon = decimal_text(place.lat), decimal_text(place.lon)
        geometry = NamedNode(f"{node.value}/geometry")
        yield Triple(node, NamedNode(v.WGS84 + "lat"), Literal(lat, datatype=_DECIMAL))
        yield Triple(node, NamedNode(v.WGS84 + "long"), Literal(lon, datatype=_DECIMAL))
        yield Triple(node, _HAS_GEOMETRY, geometry)
        yield Triple(geometry, v.TYPE, NamedNode(v.GEO + "Geometry"))
        yield Triple(geometry, _AS_WKT, Literal(f"POINT({lon} {lat})", datatype=_WKT))
    for above in place.within[:1]:
        yield from _fact(node, v.kg("locatedIn"), NamedNode(linked_iri(above)), place.id)


def _entry(entry: SeedEntry, knowledge: Knowledge) -> Iterator[Triple]:
    node = NamedNode(linked_iri(entry.id))
    classes = knowledge.ontology.kind_classes
    yield from _described(node, classes[str(entry.kind)], entry.name, entry.id)
    for name in dict.fromkeys((*entry.aliases, *entry.acronyms)):
        if name != entry.name:
            yield from _fact(node, v.ALT_LABEL, Literal(name), entry.id)
    if entry.parent:
        subgroup = str(entry.kind) in knowledge.ontology.relations["subgroupOf"].domain
        yield from _fact(node, v.kg("subgroupOf" if subgroup else "kindOf"), NamedNode(linked_iri(entry.parent)),
                         entry.id)


def _described(node: NamedNode, class_name: str, name: str, link: str) -> Iterator[Triple]:
    yield Triple(node, v.TYPE, v.kg(class_name))
    yield Triple(node, v.LABEL, Literal(name))
    yield Triple(node, v.DERIVED_FROM, NamedNode(record_iri(link)))


def _fact(subject: NamedNode, predicate: NamedNode, obj: NamedNode | Literal, link: str) -> Iterator[Triple]:
    """A fact and the assertion that holds it up, whose evidence is the gazetteer's record."""
    assertion = NamedNode(assertion_iri("reference", subject.value, predicate.value, obj.value))
    record, fact = NamedNode(record_iri(link)), Triple(subject, predicate, obj)
    yield fact
    yield from reified(assertion, fact, _REFERENCE, sources=(record,), evidence=(record,))
