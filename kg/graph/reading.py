"""What the graph says of a thing, in words, and what every fact rests on."""

from __future__ import annotations

from kg.graph.store import GraphStore
from kg.records import Record


class Evidence(Record, frozen=True):
    """A quoted place in a document."""

    document: str
    source: str
    title: str | None
    start: int
    end: int
    quote: str


class Support(Record, frozen=True):
    """One assertion: its triple in words, how it is said, by whom, and where."""

    assertion: str
    subject: str
    predicate: str
    object: str
    status: str
    speaker: str | None
    rule: str | None
    confidence: float | None
    evidence: tuple[Evidence, ...]


class Statement(Record, frozen=True):
    """A fact about a thing: the label of the predicate and of the other end; `inverse` if the thing is its object."""

    predicate: str
    predicate_label: str
    value: str
    value_label: str
    inverse: bool
    supports: int


class Thing(Record, frozen=True):
    """An entity or event with its names, types and facts."""

    iri: str
    label: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    statements: tuple[Statement, ...]


class Info(Record, frozen=True):
    """How much the graph holds; `types` and `predicates` count events by type and facts by predicate."""

    triples: int
    documents: int
    entities: int
    events: int
    facts: int
    assertions: int
    types: tuple[tuple[str, int], ...]
    predicates: tuple[tuple[str, int], ...]


def find(store: GraphStore, name: str) -> tuple[str, ...]:
    """The IRIs of the things called `name` (a label, another name, a prefixed name or an IRI), best first."""
    raise NotImplementedError


def show(store: GraphStore, name: str) -> tuple[Thing, ...]:
    """The things called `name` and the facts about them; empty if there is none."""
    raise NotImplementedError


def explain(store: GraphStore, fact: tuple[str, ...]) -> tuple[Support, ...]:
    """Every assertion behind a fact (subject, predicate, object), an assertion or all that is said of an event."""
    raise NotImplementedError


def info(store: GraphStore) -> Info:
    """Counts of what the graph holds."""
    raise NotImplementedError
