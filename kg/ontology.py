"""Reads the ontology into plain records: event classes, relations, entity classes, statuses, casualty properties."""

from __future__ import annotations

from dataclasses import dataclass

from kg.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClass:
    """A class of events; `parent` is None for a top class."""

    name: str
    parent: str | None
    label: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType:
    """A relation between entities with the kinds (of `records.Kind`) its two ends may have; empty: any kind."""

    name: str
    label: str
    definition: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """The ontology as the code asks for it."""

    event_classes: dict[str, EventClass]
    relations: dict[str, RelationType]

    def ancestors(self, name: str) -> tuple[str, ...]:
        """The classes above a class, nearest first; KeyError for an unknown class."""
        raise NotImplementedError

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether a class is `ancestor` or below it."""
        raise NotImplementedError

    def label(self, name: str) -> str:
        """The label of a class or relation."""
        raise NotImplementedError

    def definition(self, name: str) -> str:
        """The definition of a class or relation."""
        raise NotImplementedError


def load_ontology(settings: Settings) -> Ontology:
    """Read `militancy.ttl`; raises KnowledgeError if it is missing or broken."""
    raise NotImplementedError
