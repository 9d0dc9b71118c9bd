"""Reads the ontology into plain records: event classes, relations, entity classes, statuses, casualty properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.errors import KnowledgeError
from kg.settings import Settings

NAMESPACE = "https://w3id.org/militant-kg/ontology#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClass:
    """A class of events; `parent` is None for a top class."""

    name: str
    parent: str | None
    label: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType:
    """A relation between entities with the kinds (of `records.Kind`) its two ends may have."""

    name: str
    label: str
    definition: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a document presents what it says; `term` is the ontology's name for the word in the records."""

    term: str
    label: str
    supports_fact: bool
    keeps_claims: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorProperty:
    """The property from event to actor for a role and attribution, and the same from actor to event.

    `by_actor` says that the attribution is the actor's own word (a claim or a denial).
    """

    term: str
    to_actor: str
    to_event: str | None
    by_actor: bool


@dataclass(frozen=True, kw_only=True)
class Ontology:
    """The ontology as the code asks for it; names are without namespace.

    `kind_classes` gives the class of a kind, `toll_properties` the property for an outcome, a side and a bound (min,
    best or max), `consolidated` the properties whose one value is drawn from all accounts of an event.
    """

    event_classes: dict[str, EventClass]
    relations: dict[str, RelationType]
    kind_classes: dict[str, str]
    statuses: dict[str, Status]
    toll_properties: dict[tuple[str, str, str], str]
    consolidated: frozenset[str]
    ranges: dict[str, frozenset[str]]
    labels: dict[str, str]
    definitions: dict[str, str]
    _attributions: dict[str, ActorProperty]
    _roles: dict[str, tuple[str, str | None]]

    def ancestors(self, name: str) -> tuple[str, ...]:
        """The classes above a class, nearest first; KeyError for an unknown class."""
        above, parent = [], self.event_classes[name].parent
        while parent is not None:
            above.append(parent)
            parent = self.event_classes[parent].parent
        return tuple(above)

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether a class is `ancestor` or below it; KeyError for an unknown class."""
        return name == ancestor or ancestor in self.ancestors(name)

    def label(self, name: str) -> str:
        """The label of a class, property, relation or status; KeyError if the ontology has none."""
        return self.labels[name]

    def definition(self, name: str) -> str:
        """The definition of a class, property, relation or status; KeyError if the ontology has none."""
        return self.definitions[name]

    def actor_property(self, role: str, status: str) -> ActorProperty:
        """How an actor of that role and attribution is written; its own word goes before the role."""
        attribution = self._attributions[status]
        if role in self._roles and not attribution.by_actor:
            to_actor, to_event = self._roles[role]
            return ActorProperty(term=attribution.term, to_actor=to_actor, to_event=to_event, by_actor=False)
        return attribution

    @cached_property
    def attributions(self) -> frozenset[str]:
        """The words in the records for how it is known what an actor has to do with an event."""
        return frozenset(self._attributions)


def load_ontology(settings: Settings) -> Ontology:
    """Read `militancy.ttl`; raises KnowledgeError if it is missing or broken."""
    path = settings.ontology / "militancy.ttl"
    try:
        return _Reader(parse(path=str(path), format=RdfFormat.TURTLE)).read()
    except (OSError, SyntaxError) as error:
        raise KnowledgeError(str(error), where=str(path), mend="restore the file from the distribution") from error
    except KeyError as error:
        raise KnowledgeError(f"{error.args[0]} lacks a label, definition or property", where=str(path)) from error


def ontology_files(folder: Path) -> tuple[Path, ...]:
    """The Turtle files that belong beside the facts in a graph; the shapes do not."""
    return folder / "militancy.ttl", folder / "crosswalk.ttl"


class _Reader:
    """The file's triples by subject and predicate; terms in our namespace without it."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[str, dict[str, list[str]]] = {}
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                row = self._values.setdefault(_short(quad.subject.value), {})
                value = quad.object
                row.setdefault(_short(quad.predicate.value), []).append(_short(getattr(value, "value", str(value))))

    def read(self) -> Ontology:
        kinds = {kind: name for name in self._values for kind in self._all(name, "kind")}
        attributions = {self._one(name, "statusName"): self._attribution(name) for name in self._typed("Attribution")}
        return Ontology(
            event_classes={name: self._event_class(name) for name in self._below("Event")},
            relations={name: self._relation(name, kinds) for name in self._typed("Relation")},
            kind_classes=kinds,
            statuses={self._one(name, "statusName"): self._status(name) for name in self._typed("Status")},
            toll_properties=dict(self._toll_properties()),
            consolidated=frozenset(self._typed("ConsolidatedProperty")),
            ranges=dict(self._ranges(kinds)), labels=self._texts(f"{_RDFS}label"), definitions=self._texts(_DEFINITION),
            _attributions=attributions,
            _roles={role: (name, self._inverse(name)) for name in self._values for role in self._all(name, "forRole")})

    def _all(self, name: str, predicate: str) -> list[str]:
        return self._values.get(name, {}).get(predicate, [])

    def _one(self, name: str, predicate: str) -> str:
        if values := self._all(name, predicate):
            return values[0]
        raise KeyError(name)

    def _texts(self, predicate: str) -> dict[str, str]:
        return {name: row[predicate][0] for name, row in self._values.items() if predicate in row}

    def _typed(self, kind: str) -> list[str]:
        return [name for name in self._values if kind in self._all(name, _TYPE)]

    def _below(self, top: str) -> Iterator[str]:
        for name in self._values:
            if top in self._all(name, f"{_RDFS}subClassOf"):
                yield name
                yield from self._below(name)

    def _inverse(self, name: str) -> str | None:
        return next(iter(self._all(name, f"{_OWL}inverseOf")), None)

    def _event_class(self, name: str) -> EventClass:
        parent = self._one(name, f"{_RDFS}subClassOf")
        return EventClass(name=name, parent=None if parent == "Event" else parent,
                          label=self._one(name, f"{_RDFS}label"), definition=self._one(name, _DEFINITION))

    def _relation(self, name: str, kinds: dict[str, str]) -> RelationType:
        domain, allowed = (self._kinds(self._one(name, f"{_RDFS}{end}"), kinds) for end in ("domain", "range"))
        return RelationType(name=name, label=self._one(name, f"{_RDFS}label"), definition=self._one(name, _DEFINITION),
                            domain=domain, range=allowed,
                            symmetric=f"{_OWL}SymmetricProperty" in self._all(name, _TYPE))

    def _kinds(self, top: str, kinds: dict[str, str]) -> frozenset[str]:
        """The kinds of a class and those below it."""
        classes = {top, *self._below(top)}
        return frozenset(kind for kind, owner in kinds.items() if owner in classes)

    def _ranges(self, kinds: dict[str, str]) -> Iterator[tuple[str, frozenset[str]]]:
        for name in self._values:
            for top in self._all(name, f"{_RDFS}range"):
                if allowed := self._kinds(top, kinds):
                    yield name, allowed

    def _status(self, name: str) -> Status:
        return Status(term=name, label=self._one(name, f"{_RDFS}label"),
                      supports_fact=self._all(name, "supportsFact") == ["true"],
                      keeps_claims=self._all(name, "keepsClaims") == ["true"])

    def _attribution(self, name: str) -> ActorProperty:
        term = self._one(name, "usesProperty")
        return ActorProperty(term=name, to_actor=term, to_event=self._inverse(term),
                             by_actor=self._all(name, "byActor") == ["true"])

    def _toll_properties(self) -> Iterator[tuple[tuple[str, str, str], str]]:
        for name in self._typed("ConsolidatedProperty"):
            for outcome in self._all(name, "outcome"):
                for side in self._all(name, "side"):
                    yield (outcome, side, self._one(name, "bound")), name


def _short(iri: str) -> str:
    return iri.removeprefix(NAMESPACE)
