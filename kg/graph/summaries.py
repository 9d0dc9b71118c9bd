"""What all accounts of an event come to, as the facts of which an event has one, each with a consolidated assertion.

The places in texts that these assertions point at are written with the documents they lie in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import vocabulary as v
from kg.graph.facts import date_value
from kg.graph.iris import consolidated_iri, dispute_iri, document_iri, link_of, span_iri
from kg.graph.knowledge import Knowledge
from kg.graph.nodes import Node, Value
from kg.graph.reference import is_known
from kg.graph.triples import confidence, reified, term
from kg.ontology import Ontology
from kg.records import Span
from kg.resolution import Dispute, EntitySummary, Estimation, EventSummary, StorySummary

_STATUS = "consolidated"
_INTEGER = NamedNode(v.XSD + "integer")
_MOST_PLACES = 3
_UNTITLED = "untitled story"
Places = tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class _Fact:
    """One value of an event, what it rests on, by which policy it was chosen, and what was left aside."""

    predicate: str
    value: Node | Value
    places: Places
    policy: str
    aside: tuple[str, ...] = ()


def summary_statements(summary: EventSummary, knowledge: Knowledge) -> Iterator[Triple]:
    """The label of an event, how many report it, and its consolidated facts; an unconfirmed event has no facts."""
    node, status = NamedNode(summary.iri), knowledge.ontology.statuses[summary.status]
    yield Triple(node, v.LABEL, Literal(_label(summary, knowledge.ontology)))
    yield Triple(node, v.kg("sourceCount"), Literal(str(summary.sources), datatype=_INTEGER))
    yield Triple(node, v.kg("documentCount"), Literal(str(len(summary.documents)), datatype=_INTEGER))
    if not status.supports_fact:
        yield Triple(node, v.TYPE, v.UNCONFIRMED)
        yield Triple(node, v.EVENT_STATUS, v.kg(status.term))
        return
    for dispute in summary.disputes:
        yield from _dispute(summary.iri, dispute)
    for fact in _facts(summary, knowledge.ontology):
        yield from _written(fact, summary, knowledge.ontology.statuses[_STATUS].term)


def entity_statements(entity: EntitySummary, knowledge: Knowledge) -> Iterator[Triple]:
    """What an entity is called and of what class it is; of one that the tables know they tell it."""
    link = link_of(entity.iri)
    if link is None or not is_known(link, knowledge):
        node = NamedNode(entity.iri)
        yield Triple(node, v.TYPE, v.kg(knowledge.ontology.kind_classes.get(entity.kind, "Entity")))
        yield Triple(node, v.LABEL, Literal(entity.name))


def story_statements(story: StorySummary) -> Iterator[Triple]:
    """A story with its documents, each of which is about the story's event."""
    node = NamedNode(story.iri)
    yield Triple(node, v.TYPE, v.STORY)
    yield Triple(node, v.LABEL, Literal(story.label or _UNTITLED))
    for document in (NamedNode(document_iri(name)) for name in story.documents):
        yield Triple(node, v.INCLUDES, document)
        if story.event:
            yield Triple(document, v.ABOUT, NamedNode(story.event))


def _facts(summary: EventSummary, ontology: Ontology) -> Iterator[_Fact]:
    everywhere = summary.evidence
    yield _Fact("eventClass", Node(v.KG + summary.type, summary.type), everywhere, "accounts.class",
                summary.aside.get("type", ()))
    yield _Fact("salience", Value(summary.salience), everywhere, "accounts.salience")
    if summary.country:
        yield _Fact("countryCode", Value(summary.country), summary.country_spans or everywhere, "accounts.country",
                    summary.aside.get("country", ()))
    if summary.earliest and summary.latest and summary.precision:
        values = {"earliest": Value(summary.earliest, "date"), "latest": Value(summary.latest, "date"),
                  "datePrecision": Value(summary.precision),
                  "date": date_value(summary.earliest, summary.latest, summary.precision)}
        for name, value in values.items():
            if value is not None:
                yield _Fact(name, value, summary.date_spans or everywhere, "accounts.date",
                            summary.aside.get("date", ()))
    for toll in summary.tolls:
        yield from _toll_facts(toll, ontology, everywhere)
    for dispute in summary.disputes:
        places = dispute.spans or everywhere
        point = dispute_iri(summary.iri, dispute.aspect, dispute.reason)
        yield _Fact("dispute", Node(point, point), places, f"accounts.dispute.{dispute.aspect}")
    if summary.disputes:
        places = tuple(dict.fromkeys(place for dispute in summary.disputes for place in dispute.spans)) or everywhere
        yield _Fact("contested", Value("true", "boolean"), places, "accounts.dispute")


def _toll_facts(toll: Estimation, ontology: Ontology, everywhere: Places) -> Iterator[_Fact]:
    rows = (("min", toll.low, toll.low_spans, toll.aside), ("best", toll.best, toll.best_spans, toll.best_aside),
            ("max", toll.high, toll.high_spans, toll.aside))
    for bound, number, places, aside in rows:
        prop = ontology.toll_properties.get((toll.outcome, toll.side, bound))
        if prop is not None and number is not None:
            yield _Fact(prop, Value(str(number), "integer"), places or everywhere, f"accounts.toll.{bound}", aside)


def _written(fact: _Fact, summary: EventSummary, status: str) -> Iterator[Triple]:
    """The plain fact and its assertion: derived from all accounts that were heard, resting on the words of some."""
    triple = Triple(NamedNode(summary.iri), v.kg(fact.predicate), term(fact.value))
    node = NamedNode(consolidated_iri(summary.iri, fact.predicate, fact.value.key))
    yield triple
    yield from reified(node, triple, status, sources=_documents((*fact.places, *summary.evidence)),
                       evidence=_evidence(fact.places))
    yield Triple(node, v.kg("rule"), Literal(fact.policy))
    yield from (Triple(node, v.LEFT_ASIDE, Literal(line)) for line in fact.aside)
    yield confidence(node, summary.confidence)


def _dispute(event: str, dispute: Dispute) -> Iterator[Triple]:
    node = NamedNode(dispute_iri(event, dispute.aspect, dispute.reason))
    yield Triple(node, v.TYPE, v.kg("Dispute"))
    yield Triple(node, v.LABEL, Literal(dispute.reason))
    yield Triple(node, v.kg("aspect"), Literal(dispute.aspect))
    yield from (Triple(node, v.DERIVED_FROM, document) for document in _documents(dispute.spans))
    yield from (Triple(node, v.EVIDENCE, place) for place in _evidence(dispute.spans))


def _documents(places: Places) -> Iterator[NamedNode]:
    return (NamedNode(document_iri(document)) for document in dict.fromkeys(document for document, _ in places))


def _evidence(places: Places) -> Iterator[NamedNode]:
    return (NamedNode(span_iri(document, span.start, span.end)) for document, span in dict.fromkeys(places))


def _label(summary: EventSummary, ontology: Ontology) -> str:
    """The event in a few words: its status if it is none, class, up to three places, date."""
    status, row = ontology.statuses[summary.status], ontology.event_classes.get(summary.type)
    words = row.label if row else summary.type
    text = words if status.supports_fact else f"{status.label} {words}"
    if summary.places:
        text += f" in {', '.join(dict.fromkeys(summary.places[:_MOST_PLACES]))}"
    if summary.earliest and summary.latest and summary.precision:
        when = date_value(summary.earliest, summary.latest, summary.precision)
        text += f", {when.text}" if when else ""
    return text[:1].upper() + text[1:]
