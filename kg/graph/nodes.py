"""The resources one document speaks of: each with its IRI and a key of the document's own content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.graph.iris import linked_iri, local_iri
from kg.records import Anchor, Casualties, Entity, Event, Extraction, Mention, Span, content_hash


@dataclass(frozen=True, slots=True)
class Node:
    """A resource; `key` is a hash of what the document says, the same whatever the resource is resolved to."""

    iri: str
    key: str


@dataclass(frozen=True, slots=True)
class Value:
    """A literal; `datatype` is a local name of XML Schema."""

    text: str
    datatype: str = "string"

    @property
    def key(self) -> str:
        """What stands for the literal in a hash."""
        return f"{self.text}^^{self.datatype}"


@dataclass(frozen=True, slots=True)
class Named:
    """An entity or unattached mention as the graph describes it."""

    node: Node
    kind: str
    name: str
    link: str | None


def local_names(extraction: Extraction) -> dict[str, str]:
    """The IRIs that a document's events and entities have by this document alone, and that of its "story"."""
    nodes = Nodes(extraction)
    return ({name: node.iri for name, node in nodes.events.items()}
            | {name: named.node.iri for name, named in nodes.entities.items()}
            | {"story": nodes.story.iri})


class Nodes:
    """The nodes of an extraction by their local ids.

    `resolved` maps IRIs made here to those of the things they were found to be; keys never change by it. `replaced`
    holds those of them that did lead to another, `compared` the things that `resolved` leads to, be it to the same IRI:
    what these are called is told by all documents together.
    """

    def __init__(self, extraction: Extraction, resolved: Mapping[str, str] | None = None) -> None:
        self._extraction, self._resolved = extraction, resolved or {}
        self._document = extraction.document.id
        self._taken: set[str] = set()
        self.replaced: dict[str, str] = {}
        self.compared = frozenset(self._resolved.values())
        self.mentions = {mention.id: mention for mention in extraction.mentions}
        self.mentions_of: dict[str, list[Mention]] = {}
        for mention in extraction.mentions:
            if mention.entity is not None:
                self.mentions_of.setdefault(mention.entity, []).append(mention)
        self.entities = {entity.id: self._entity(entity) for entity in extraction.entities}
        self.events = {event.id: self._event(event) for event in extraction.events}
        key = content_hash("story", self._document)
        self.story = self._node(local_iri("story", key), key)
        self._loose: dict[str, Named] = {}

    def named(self, mention_id: str) -> Named:
        """What a mention refers to; a mention without an entity stands for itself."""
        mention = self.mentions[mention_id]
        if mention.entity in self.entities:
            return self.entities[mention.entity]
        if mention_id not in self._loose:
            key = self._key("mention", mention.kind, mention.start, mention.end)
            node = self._node(local_iri(mention.kind, key), key)
            self._loose[mention_id] = Named(node, mention.kind, mention.text, None)
        return self._loose[mention_id]

    @property
    def described(self) -> list[Named]:
        """Every entity, and every mention without one that takes part in an event."""
        taking_part = [mention for event in self._extraction.events
                       for mention in (*event.places, *event.targets, *event.weapons) if mention in self.mentions]
        found = {named.node.iri: named for named in (*self.entities.values(), *map(self.named, taking_part))}
        return list(found.values())

    def toll(self, event: Event, casualties: Casualties) -> Node:
        """The node of a count of casualties."""
        key = content_hash("toll", self.events[event.id].key, casualties.start, casualties.end, casualties.outcome,
                           casualties.side, casualties.min, casualties.max)
        return Node(local_iri("toll", key), key)

    def _entity(self, entity: Entity) -> Named:
        first = min(self.mentions_of.get(entity.id, ()), key=lambda m: (m.start, m.end), default=None)
        place = (first.start, first.end) if first else (None, None)
        key = self._key("entity", entity.kind, entity.name, *place)
        iri = linked_iri(entity.link) if entity.link else local_iri(entity.kind, key)
        return Named(self._node(iri, key), entity.kind, entity.name, entity.link)

    def _event(self, event: Event) -> Node:
        anchor = _first_anchor(event)
        key = self._key("event", *((anchor.start, anchor.end) if anchor else (None, None)))
        return self._node(local_iri("event", key), key)

    def _node(self, iri: str, key: str) -> Node:
        found = self._resolved.get(iri, iri)
        if found != iri:
            self.replaced[iri] = found
        return Node(found, key)

    def _key(self, *parts: str | int | None) -> str:
        """A hash that no other node of this document has: equal content is told apart by its order."""
        turn = 0
        while (key := content_hash(self._document, *parts, *([turn] if turn else []))) in self._taken:
            turn += 1
        self._taken.add(key)
        return key


def _first_anchor(event: Event) -> Anchor | Span | None:
    anchors: tuple[Anchor | Span, ...] = event.triggers or event.evidence
    return min(anchors, key=lambda a: (a.start, a.end), default=None)
