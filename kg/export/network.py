"""The graph as nodes and the statements between them, as tables and pictures need it.

Assertions are no nodes here: what they say stays with the edge they support.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.terms import Literal, Table, Term
from kg.graph.vocabulary import compact

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

Value = str | int | float | bool

_QUERIES = Path(__file__).resolve().parent / "queries"
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CONVERSIONS: dict[str, Callable[[str], Value]] = {"integer": int, "decimal": float, "double": float,
                                                 "boolean": lambda text: text in ("true", "1")}
_EVENT = "event"
_RENAMED = {"countryCode": "country", "altLabel": "other_names", "lat": "latitude", "long": "longitude"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An entity or event; `values` holds what is known of it by column name, each value once, in order."""

    id: str
    iri: str
    kind: str
    label: str
    values: Mapping[str, tuple[Value, ...]]

    @property
    def is_event(self) -> bool:
        """Whether it is an occurrence rather than an entity."""
        return self.kind == _EVENT

    def first(self, column: str) -> Value | None:
        """The first value of a column; None if there is none."""
        return next(iter(self.values.get(column, ())), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One assertion between two nodes; `quote` is the longest passage it rests on, None for the gazetteer's word.

    `supports` says whether a fact follows from it: what is planned, alleged or denied makes none.
    """

    id: str
    subject: str
    predicate: str
    label: str
    object: str
    status: str
    supports: bool
    attribution: str | None
    speaker: str | None
    confidence: float | None
    document: str | None
    source: str | None
    published: str | None
    start: int | None
    end: int | None
    quote: str | None


@dataclass(frozen=True)
class Network:
    """All nodes by id, and all statements in order of subject, predicate and object."""

    nodes: Mapping[str, Node]
    statements: tuple[Statement, ...]
    toll_columns: tuple[str, ...]

    @cached_property
    def facts(self) -> Mapping[tuple[str, str, str], tuple[Statement, ...]]:
        """The statements behind each fact (subject, predicate, object)."""
        supporting = (one for one in self.statements if one.supports)
        return {key: tuple(group) for key, group in groupby(supporting, _triple)}

    @cached_property
    def _objects(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for subject, predicate, thing in self.facts:
            found[subject, predicate].append(thing)
        return {key: tuple(things) for key, things in found.items()}

    @cached_property
    def _subjects(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for subject, predicate, thing in self.facts:
            found[thing, predicate].append(subject)
        return {key: tuple(things) for key, things in found.items()}

    def objects(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The ids at the far end of facts."""
        return self._objects.get((subject, predicate), ())

    def subjects(self, predicate: str, thing: str) -> tuple[str, ...]:
        """The ids at the near end of facts."""
        return self._subjects.get((thing, predicate), ())

    @cached_property
    def _events(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for subject, _, thing in self.facts:
            for one, other in ((subject, thing), (thing, subject)):
                if self.nodes[other].is_event:
                    found[one].add(other)
        return {name: frozenset(events) for name, events in found.items()}

    def events_of(self, node_id: str) -> frozenset[str]:
        """The ids of the events that facts join to a node."""
        return self._events.get(node_id, frozenset())

    def located(self, node_id: str) -> Node | None:
        """The node's nearest place with coordinates, itself included; of several places the most deeply nested."""
        found = [(len(above), place) for place, *above in self._upward(node_id)
                 if self.nodes[place].first("latitude") is not None]
        return self.nodes[max(found, key=lambda pair: pair[0])[1]] if found else None

    def _upward(self, node_id: str) -> Iterator[tuple[str, ...]]:
        """Every place around a node together with all that is around it."""
        todo, seen = [node_id], set[str]()
        while todo:
            current = todo.pop(0)
            if current not in seen:
                seen.add(current)
                todo.extend(self.objects(current, LOCATED_IN))
                yield current, *self.around(current)

    def around(self, node_id: str) -> tuple[str, ...]:
        """All that contains a place or event, nearest first."""
        found: dict[str, None] = {}
        todo = list(self.objects(node_id, LOCATED_IN))
        while todo:
            current = todo.pop(0)
            if current not in found and current != node_id:
                found[current] = None
                todo.extend(self.objects(current, LOCATED_IN))
        return tuple(found)


LOCATED_IN = "kg:locatedIn"


def read_network(store: GraphStore) -> Network:
    """Read the nodes and statements of a whole graph into memory."""
    values = _values(store)
    nodes: dict[str, Node] = {}
    for node, kind, label in rows(store, "nodes"):
        if node and label and (name := compact(str(node))) not in nodes:
            nodes[name] = Node(id=name, iri=str(node), kind=str(kind), label=str(label), values=values.get(name, {}))
    found = (one for one in _statements(store) if one.subject in nodes and one.object in nodes)
    tolls = tuple(column_name(str(row[0])) for row in rows(store, "toll_properties"))
    return Network(nodes, tuple(found), tolls)


def column_name(iri: str) -> str:
    """The local name of a property as a column: `…#killedMin` is `killed_min`."""
    local = re.split(r"[#/]", iri)[-1]
    return _RENAMED.get(local) or _CAPITAL.sub("_", local).lower()


def _values(store: GraphStore) -> dict[str, dict[str, tuple[Value, ...]]]:
    """Per node and column the values, from several queries."""
    found: dict[str, dict[str, dict[Value, None]]] = defaultdict(lambda: defaultdict(dict))

    def add(node: Term | None, column: str, value: Term | None) -> None:
        if node is not None and value is not None:
            found[compact(str(node))][column][python_value(value)] = None

    for node, prop, value in rows(store, "values"):
        add(node, column_name(str(prop)), value)
    for node, kind, status, confidence in rows(store, "types"):
        for column, cell in (("event_type", kind), ("status", status)):
            add(node, column, cell)
        if not found[compact(str(node))]["confidence"]:
            add(node, "confidence", confidence)
    for node, source in rows(store, "sources"):
        add(node, "sources", source)
    return {node: {column: tuple(cells) for column, cells in columns.items()} for node, columns in found.items()}


def python_value(term: Term) -> Value:
    """A literal as what it stands for, an IRI as a prefixed name."""
    if not isinstance(term, Literal):
        return compact(str(term))
    convert = _CONVERSIONS.get(re.split(r"[#/]", term.datatype)[-1], str)
    return convert(term.value)


def _statements(store: GraphStore) -> Iterator[Statement]:
    for _, group in groupby(rows(store, "statements"), lambda row: (row[1], row[2], row[4], row[11], row[0])):
        yield _statement(max(group, key=lambda row: len(str(row[15] or ""))))


def _statement(row: tuple[Term | None, ...]) -> Statement:
    (assertion, subject, predicate, label, thing, status, supports, attribution, speaker, confidence, document, source,
     published, start, end, quote) = (None if cell is None else str(cell) for cell in row)
    return Statement(
        id=compact(assertion or ""), subject=compact(subject or ""), predicate=compact(predicate or ""),
        label=label or "", object=compact(thing or ""), status=status or "", supports=supports == "true",
        attribution=attribution, speaker=speaker, confidence=float(confidence) if confidence else None,
        document=compact(document) if document else None, source=source or document, published=published,
        start=int(start) if start else None, end=int(end) if end else None, quote=quote)


def _triple(statement: Statement) -> tuple[str, str, str]:
    return statement.subject, statement.predicate, statement.object


def rows(store: GraphStore, name: str) -> Iterable[tuple[Term | None, ...]]:
    """The answer to a query of this room."""
    answer = store.query((_QUERIES / f"{name}.rq").read_text(encoding="utf-8"))
    return answer.rows if isinstance(answer, Table) else ()
