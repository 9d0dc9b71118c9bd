"""What is drawn of the graph: events, what they touch, and an edge per fact with the words it rests on.

All events that are facts are drawn. Entities are drawn if a fact joins them to something, and what the gazetteer knows
(a district's province, a unit's group) only as far as it leads up from them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from kg.export.network import LOCATED_IN, Network, Node, Statement, Value, read_network
from kg.records import content_hash

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_STYLE = Path(__file__).resolve().parent / "style.yaml"
# XML 1.0 has no place for these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_SPACE = re.compile(r"\s+")
_LONGEST_QUOTE = 600
_NODE_COLUMNS = ("event_type", "status", "date", "date_precision", "earliest", "latest", "time_of_day", "country",
                 "salience", "contested", "level", "other_names", "confidence", "sources")

Attributes = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNode:
    """A node as it opens in a viewer; `first_day` and `last_day` bound the date of an event."""

    id: str
    label: str
    attributes: Attributes
    colour: str
    x: float
    y: float
    size: float
    first_day: str | None
    last_day: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnEdge:
    """A fact; its weight is the number of documents that state it."""

    id: str
    source: str
    target: str
    kind: str
    label: str
    weight: float
    attributes: Attributes
    colour: str
    first_day: str | None
    last_day: str | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes and edges, ready to be written."""

    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    nodes: Mapping[str, str]
    edges: Mapping[str, str]
    context: frozenset[str]


def draw(store: GraphStore) -> Picture:
    """Everything that is drawn of a graph, laid out, coloured and sized; the same graph gives the same picture."""
    from kg.export.layout import layout

    network, style = read_network(store), _style()
    shown, facts = _shown(network, style.context)
    degree = Counter(end for subject, _, thing in facts for end in (subject, thing))
    places = layout(shown, ((subject, thing) for subject, _, thing in facts))
    nodes = (_node(network, network.nodes[name], places[name], degree[name], style) for name in sorted(shown))
    edges = (_edge(network, network.facts[fact], style) for fact in facts)
    return Picture(tuple(nodes), tuple(edges))


def _shown(network: Network, context: frozenset[str]) -> tuple[set[str], Sequence[tuple[str, str, str]]]:
    """The nodes and facts that are drawn."""
    said = [fact for fact, statements in network.facts.items() if any(one.quote for one in statements)]
    upward: dict[str, list[tuple[str, str, str]]] = {}
    for fact in network.facts.keys() - set(said):
        if fact[1] in context:
            upward.setdefault(fact[0], []).append(fact)
    happened = {node.id for node in network.nodes.values() if node.is_event and node.first("event_status") is None}
    shown: set[str] = set()
    drawn = set(said)
    todo = sorted(happened | {end for subject, _, thing in said for end in (subject, thing)})
    while todo:
        name = todo.pop()
        if name not in shown:
            shown.add(name)
            drawn.update(upward.get(name, ()))
            todo.extend(thing for _, _, thing in upward.get(name, ()))
    return shown, sorted(drawn)


def _node(network: Network, node: Node, position: tuple[float, float], degree: int, style: _Style) -> DrawnNode:
    return DrawnNode(
        id=node.id, label=clean(node.label), attributes=_node_attributes(network, node),
        colour=style.nodes.get(node.kind, style.nodes["other"]), x=position[0], y=position[1],
        size=round(6 + 4 * sqrt(degree), 2),
        first_day=_text(node.first("earliest")), last_day=_text(node.first("latest")))


def _node_attributes(network: Network, node: Node) -> Attributes:
    found: dict[str, Value] = {"entity_type": node.kind, "iri": node.iri}
    for column in (*_NODE_COLUMNS, *network.toll_columns):
        if values := node.values.get(column):
            found[column] = joined(values)
    place = network.located(node.id)
    if place is not None:
        found["latitude"], found["longitude"] = place.values["latitude"][0], place.values["longitude"][0]
        if node.is_event:
            names = [network.nodes[name].label for name in network.objects(node.id, LOCATED_IN)]
            found["place"] = joined(names)
    return found


def _edge(network: Network, statements: Sequence[Statement], style: _Style) -> DrawnEdge:
    best = max(statements, key=lambda one: (one.quote is not None, one.confidence or 0.0))
    documents = {one.document for one in statements if one.quote is not None}
    days = [end for end in (network.nodes[best.subject], network.nodes[best.object]) if end.first("earliest")]
    return DrawnEdge(
        id=content_hash("edge", best.subject, best.predicate, best.object), source=best.subject, target=best.object,
        kind=best.predicate, label=clean(best.label), weight=float(max(1, len(documents))),
        attributes=_edge_attributes(statements, best, len(documents)),
        colour=style.edges.get(best.predicate, style.edges["other"]),
        first_day=_text(days[0].first("earliest")) if days else None,
        last_day=_text(days[0].first("latest")) if days else None)


def _edge_attributes(statements: Sequence[Statement], best: Statement, documents: int) -> Attributes:
    """The best evidence of a fact, and how much there is of it."""
    given: dict[str, Value | None] = {
        "predicate": best.predicate, "status": best.status, "attribution": best.attribution, "speaker": best.speaker,
        "confidence": best.confidence, "quote": shortened(best.quote) if best.quote else None,
        "start_offset": best.start, "end_offset": best.end,
        "source": joined(sorted({one.source for one in statements if one.source})), "assertion": best.id,
        "documents": documents, "assertions": len(statements)}
    return {name: clean(value) if isinstance(value, str) else value
            for name, value in given.items() if value is not None and value != ""}


def joined(values: Iterable[Value]) -> Value:
    """One value as it is, several as text with semicolons between them."""
    found = list(values)
    return (clean(found[0]) if isinstance(found[0], str) else found[0]) if len(found) == 1 else clean(
        "; ".join(map(str, found)))


def shortened(quote: str) -> str:
    """A passage in one line; a very long one ends in an ellipsis."""
    text = clean(quote)
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def clean(text: str) -> str:
    """Text in one line, without the characters that XML cannot hold."""
    return _SPACE.sub(" ", _NOT_XML.sub("", text)).strip()


def _text(value: Value | None) -> str | None:
    return None if value is None else str(value)


def _style() -> _Style:
    data = yaml.safe_load(_STYLE.read_text(encoding="utf-8"))
    return _Style(nodes=data["nodes"], edges=data["edges"], context=frozenset(data["context"]))
