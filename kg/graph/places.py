"""Where an event happened: the smallest place, and what contains the places that no gazetteer knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from kg.graph.assertion import Assertion, Source, about
from kg.graph.nodes import Named
from kg.graph.vocabulary import KG
from kg.records import Event

Within = Callable[[str, str], bool]
LOCATED_IN = f"{KG}locatedIn"


def place_assertions(source: Source, event: Event, within: Within, inside: dict[str, str]) -> Iterator[Assertion]:
    """The event is in its first place and in every later one that does not contain the one before.

    An unlinked place lies in the next, more general one (`places` are most specific first), unless the event sums up
    others, whose places stand side by side. `within` tells of two linked places whether the first lies in the second;
    `inside` collects what lies in what by IRI, over all events of the document.
    """
    whole = any(other.part_of == event.id for other in source.extraction.events)
    mentions = [m for m in event.places if m in source.nodes.mentions]
    if mentions:
        yield from _direct(source, event, mentions[0])
    for smaller, larger in pairwise(mentions):
        one, other = source.nodes.named(smaller), source.nodes.named(larger)
        if one.link is None and not whole and _may_lie(one, other, inside):
            inside[one.node.iri] = other.node.iri
            anchors = source.around(event, source.nodes.mentions[smaller], source.nodes.mentions[larger])
            for assertion in about(source, event, LOCATED_IN, other.node, anchors, event.sure_of("place", larger)):
                yield _moved(assertion, one)
        elif not (one.link and other.link and within(one.link, other.link)) and one.node != other.node:
            yield from _direct(source, event, larger)


def _direct(source: Source, event: Event, mention_id: str) -> Iterator[Assertion]:
    anchors = source.around(event, source.nodes.mentions[mention_id])
    place = source.nodes.named(mention_id).node
    yield from about(source, event, LOCATED_IN, place, anchors, event.sure_of("place", mention_id))


def _moved(assertion: Assertion, place: Named) -> Assertion:
    return Assertion(subject=place.node, predicate=assertion.predicate, object=assertion.object,
                     status=assertion.status, anchors=assertion.anchors, rule=assertion.rule,
                     confidence=assertion.confidence)


def _may_lie(one: Named, other: Named, inside: dict[str, str]) -> bool:
    """Whether nothing said before in the document speaks against the first lying in the second."""
    if inside.get(one.node.iri, other.node.iri) != other.node.iri:
        return False
    above: str | None = other.node.iri
    while above is not None:
        if above == one.node.iri:
            return False
        above = inside.get(above)
    return True
