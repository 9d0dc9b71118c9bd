"""Everything one document asserts: of its events, its relations, and the names it gives to things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kg.graph.assertion import Assertion, Source, about
from kg.graph.nodes import Node, Value
from kg.graph.places import Within, place_assertions
from kg.graph.tolls import toll_assertions
from kg.graph.vocabulary import ALT_LABEL, KG, TYPE
from kg.ontology import ActorProperty
from kg.records import Actor, Event, Relation, Span

_ASSERTED = "asserted"


def assertions(source: Source, within: Within) -> Iterator[Assertion]:
    """Every assertion of a document, in the order of its events, relations and entities."""
    inside: dict[str, str] = {}
    for event in source.extraction.events:
        yield from _plain(source, event)
        yield from _time(source, event)
        yield from place_assertions(source, event, within, inside)
        yield from _actors(source, event)
        yield from _roles(source, event)
        yield from toll_assertions(source, event)
    for relation in source.extraction.relations:
        yield from _relation(source, relation)
    yield from _names(source)


def _plain(source: Source, event: Event) -> Iterator[Assertion]:
    """What the event is, how prominent, in which country, and of what it is a part."""
    here = source.of_event(event)
    event_class = Node(KG + event.type, event.type)
    yield from about(source, event, TYPE.value, event_class, here)
    yield from about(source, event, f"{KG}salience", Value(event.salience), here, event.sure_of("salience"))
    if event.country:
        places = [source.nodes.mentions[m] for m in event.places if m in source.nodes.mentions]
        around = source.around(event, *places)
        yield from about(source, event, f"{KG}countryCode", Value(event.country), around, event.sure_of("country"))
    if event.part_of in source.nodes.events:
        yield from about(source, event, f"{KG}partOf", source.nodes.events[event.part_of], here)


def _time(source: Source, event: Event) -> Iterator[Assertion]:
    when = event.date
    if when is not None:
        here = source.around(event)
        if when.start is not None and when.end is not None:
            here = source.around(event, Span(start=when.start, end=when.end))
        values = {"earliest": Value(when.earliest, "date"), "latest": Value(when.latest, "date"),
                  "datePrecision": Value(when.precision)}
        if (typed := date_value(when.earliest, when.latest, when.precision)) is not None:
            values["date"] = typed
        for name, value in values.items():
            yield from about(source, event, KG + name, value, here, event.sure_of("date"))
    if event.time_of_day:
        spans = [s for s in event.evidence if event.time_of_day in source.extraction.quote(s)]
        yield from about(source, event, f"{KG}timeOfDay", Value(event.time_of_day),
                         source.anchors(*(spans or event.evidence)) or source.of_event(event))


def date_value(earliest: str, latest: str, precision: str) -> Value | None:
    """The date as precisely as it is known: a day, a month or a year; None for what XML Schema has no type for."""
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    if precision == "day" and first == last:
        return Value(earliest, "date")
    if precision == "month" and (first.year, first.month) == (last.year, last.month):
        return Value(earliest[:7], "gYearMonth")
    if precision == "year" and first.year == last.year:
        return Value(earliest[:4], "gYear")
    return None


def _actors(source: Source, event: Event) -> Iterator[Assertion]:
    kept = source.ontology.statuses[event.status].keeps_claims
    denying: set[str] = set()
    named: set[str] = set()
    denied_by = source.ontology.actor_property("", "denied").to_actor
    for actor in event.actors:
        if actor.entity not in source.nodes.entities:
            continue
        how = source.ontology.actor_property(actor.role, actor.status)
        (denying if how.to_actor == denied_by else named).add(actor.entity)
        # That somebody claims or denies is so, even if the event itself is only alleged.
        status = _ASSERTED if how.by_actor and kept else event.status
        yield from _actor(source, event, actor, how, status)
    if disputed := denying & named:
        spans = [actor.evidence for actor in event.actors if actor.entity in disputed]
        yield from about(source, event, f"{KG}contested", Value("true", "boolean"), source.anchors(*spans))


def _actor(source: Source, event: Event, actor: Actor, how: ActorProperty, status: str) -> Iterator[Assertion]:
    """Both directions of what the actor is to the event."""
    who = source.nodes.entities[actor.entity].node
    base = Assertion(subject=source.nodes.events[event.id], predicate=KG + how.to_actor, object=who, status=status,
                     anchors=source.anchors(actor.evidence) or source.of_event(event),
                     rule=actor.rule or ", ".join(event.rules) or None, confidence=actor.confidence or event.confidence,
                     speaker=source.speaker(actor.speaker), attribution=how.term)
    yield base
    if how.to_event is not None:
        yield replace(base, subject=who, predicate=KG + how.to_event, object=base.subject)


def _roles(source: Source, event: Event) -> Iterator[Assertion]:
    """Targets, weapons and named victims."""
    for predicate, mentions in (("target", event.targets), ("weapon", event.weapons)):
        for mention_id in mentions:
            if mention_id in source.nodes.mentions:
                here = source.around(event, source.nodes.mentions[mention_id])
                sure = event.sure_of(predicate, mention_id)
                yield from about(source, event, KG + predicate, source.nodes.named(mention_id).node, here, sure)
    for entity_id in event.victims:
        if entity_id in source.nodes.entities:
            here = source.of_entity(event, entity_id)
            who = source.nodes.entities[entity_id].node
            yield from about(source, event, f"{KG}victim", who, here, event.sure_of("victim", entity_id))


def _relation(source: Source, relation: Relation) -> Iterator[Assertion]:
    ends = source.nodes.entities.get(relation.subject), source.nodes.entities.get(relation.object)
    anchors = source.anchors(relation.evidence)
    if ends[0] and ends[1] and anchors:
        yield Assertion(subject=ends[0].node, predicate=KG + relation.predicate, object=ends[1].node,
                        status=relation.status, anchors=anchors, rule=relation.rule, confidence=relation.confidence,
                        speaker=source.speaker(relation.speaker))


def _names(source: Source) -> Iterator[Assertion]:
    """The names under which the document speaks of an entity, other than one that it alone labels it with."""
    for entity in source.extraction.entities:
        node = source.nodes.entities[entity.id].node
        for name in dict.fromkeys((entity.name, *entity.aliases)):
            named = [m for m in source.nodes.mentions_of.get(entity.id, ()) if m.text == name]
            if named and (entity.link or name != entity.name or node.iri in source.nodes.compared):
                yield Assertion(subject=node, predicate=ALT_LABEL.value,
                                object=Value(name), status=_ASSERTED, anchors=source.anchors(*named))
