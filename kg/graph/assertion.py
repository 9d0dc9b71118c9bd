"""One statement as one document makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph.nodes import Node, Nodes, Value
from kg.ontology import Ontology
from kg.records import Anchor, Casualties, Event, Extraction, Mention, Span

Anchored = Span | Anchor | Casualties | Mention
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A statement with its status (a word of the records), how it is known, who says so, and where.

    `predicate` is a full IRI. `anchors` are never empty.
    """

    subject: Node
    predicate: str
    object: Node | Value
    status: str
    anchors: tuple[Pair, ...]
    rule: str | None = None
    confidence: float | None = None
    speaker: Node | str | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What assertions are made from: a document's extraction, its nodes, and the ontology."""

    extraction: Extraction
    nodes: Nodes
    ontology: Ontology

    def speaker(self, said_by: str | None) -> Node | str | None:
        """The speaker as a node if it is an entity of the document, else its words."""
        known = self.nodes.entities.get(said_by or "")
        return known.node if known else said_by

    def anchors(self, *spans: Anchored) -> tuple[Pair, ...]:
        """The offsets of the spans that lie in the text, in text order, each once."""
        length = len(self.extraction.document.text)
        return tuple(sorted({(s.start, s.end) for s in spans if 0 <= s.start < s.end <= length}))

    def of_event(self, event: Event) -> tuple[Pair, ...]:
        """Where the event itself is spoken of: its triggers, else its evidence, else the whole text."""
        whole = Span(start=0, end=len(self.extraction.document.text))
        return self.anchors(*event.triggers) or self.anchors(*event.evidence) or self.anchors(whole)

    def around(self, event: Event, *spans: Anchored) -> tuple[Pair, ...]:
        """The spans and those sentences of the event that hold them; without spans, the event's own anchors."""
        sentences = [s for s in event.evidence if any(s.start <= a.start and a.end <= s.end for a in spans)]
        return self.anchors(*spans, *sentences) or self.of_event(event)

    def of_entity(self, event: Event, entity_id: str) -> tuple[Pair, ...]:
        """Where the event's sentences name the entity, else where the document first does."""
        mentions = self.nodes.mentions_of.get(entity_id, [])
        inside = [m for m in mentions if any(s.start <= m.start and m.end <= s.end for s in event.evidence)]
        return self.around(event, *(inside or mentions)[:1])


def about(source: Source, event: Event, predicate: str, obj: Node | Value, anchors: tuple[Pair, ...],
          sure: float | None = None) -> Iterator[Assertion]:
    """An assertion on the event with the event's own status and rule; none without anchors.

    `sure` is how sure this value is, where that is not the confidence of the event itself.
    """
    if anchors:
        yield Assertion(subject=source.nodes.events[event.id], predicate=predicate, object=obj, status=event.status,
                        anchors=anchors, rule=", ".join(event.rules) or None,
                        confidence=event.confidence if sure is None else sure)
