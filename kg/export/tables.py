"""Tables for spreadsheets and statistics: events, entities and relations, one file each."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.network import LOCATED_IN, Network, Node, Statement, Value, read_network
from kg.export.picture import clean, joined

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

Row = dict[str, Value | None]

# Columns of events.csv that name the other end of a fact, by predicate: from the actor's side, then from the event's.
_BY_ACTOR = {"claimed_by": "kg:claims", "accused": "kg:accusedOf", "suspected": "kg:suspectedOf",
             "denied_by": "kg:denies", "participants": "kg:participatesIn"}
_OF_EVENT = {"targets": "kg:target", "victims": "kg:victim", "weapons": "kg:weapon"}


def write_tables(store: GraphStore, path: Path) -> None:
    """Write events.csv, entities.csv and relations.csv into a folder, which is made; UTF-8 with a header line."""
    network = read_network(store)
    path.mkdir(parents=True, exist_ok=True)
    nodes = [network.nodes[name] for name in sorted(network.nodes)]
    events = sorted((node for node in nodes if node.is_event), key=lambda node: str(node.first("earliest") or ""))
    _write(path / "events.csv", _event_columns(network), (_event(network, node) for node in events))
    _write(path / "entities.csv", _ENTITY_COLUMNS, (_entity(network, node) for node in nodes if not node.is_event))
    _write(path / "relations.csv", _RELATION_COLUMNS, (_relation(network, one) for one in network.statements))


_ENTITY_COLUMNS = ("entity", "name", "kind", "other_names", "level", "part_of", "lat", "lon", "events", "documents",
                   "sources")
_RELATION_COLUMNS = ("assertion", "subject", "subject_name", "predicate", "predicate_name", "object", "object_name",
                     "status", "is_fact", "attribution", "speaker", "confidence", "source", "published", "start", "end",
                     "quote")


def _event_columns(network: Network) -> tuple[str, ...]:
    return ("event", "label", "status", "type", "date", "precision", "earliest", "latest", "place", "within", "country",
            "lat", "lon", "coordinates_of", "coordinates_level", *_BY_ACTOR, *_OF_EVENT, "contested",
            *network.toll_columns, "salience", "confidence", "documents", "sources")


def _event(network: Network, event: Node) -> Row:
    row: Row = {"event": event.id, "label": event.label,
                "status": _cell(event, "event_status") or _cell(event, "status"),
                "type": _cell(event, "event_type"), "date": _cell(event, "date"),
                "precision": _cell(event, "date_precision"), "country": _cell(event, "country")}
    row |= {name: _cell(event, name) for name in ("earliest", "latest", "contested", "salience", *network.toll_columns)}
    row |= {name: _names(network, network.subjects(predicate, event.id)) for name, predicate in _BY_ACTOR.items()}
    row |= {name: _names(network, network.objects(event.id, predicate)) for name, predicate in _OF_EVENT.items()}
    row["place"] = _names(network, network.objects(event.id, LOCATED_IN))
    direct = set(network.objects(event.id, LOCATED_IN))
    row["within"] = _names(network, [name for name in network.around(event.id) if name not in direct])
    return row | _coordinates(network, event) | _support(event)


def _coordinates(network: Network, event: Node) -> Row:
    """Where the event goes on a map, and which place that point stands for."""
    place = network.located(event.id)
    if place is None:
        return {}
    return {"lat": place.first("latitude"), "lon": place.first("longitude"), "coordinates_of": place.label,
            "coordinates_level": place.first("level")}


def _support(event: Node) -> Row:
    sources = event.values.get("sources", ())
    surest = [value for value in event.values.get("confidence", ()) if isinstance(value, float)]
    return {"confidence": max(surest, default=None), "documents": len(sources), "sources": _joined(sources)}


def _entity(network: Network, node: Node) -> Row:
    sources = node.values.get("sources", ())
    others = [name for name in node.values.get("other_names", ()) if name != node.label]
    return {"entity": node.id, "name": node.label, "kind": node.kind, "other_names": _joined(others),
            "level": _cell(node, "level"), "part_of": _names(network, network.objects(node.id, LOCATED_IN)),
            "lat": node.first("latitude"), "lon": node.first("longitude"), "events": len(network.events_of(node.id)),
            "documents": len(sources), "sources": _joined(sources)}


def _relation(network: Network, one: Statement) -> Row:
    return {"assertion": one.id, "subject": one.subject, "subject_name": network.nodes[one.subject].label,
            "predicate": one.predicate, "predicate_name": one.label, "object": one.object,
            "object_name": network.nodes[one.object].label, "status": one.status, "is_fact": one.supports,
            "attribution": one.attribution, "speaker": one.speaker, "confidence": one.confidence, "source": one.source,
            "published": one.published, "start": one.start, "end": one.end, "quote": one.quote}


def _cell(node: Node, column: str) -> Value | None:
    return _joined(node.values.get(column, ()))


def _names(network: Network, ids: Iterable[str]) -> Value | None:
    return _joined(dict.fromkeys(network.nodes[name].label for name in ids))


def _joined(values: Iterable[Value]) -> Value | None:
    found = tuple(values)
    return joined(found) if found else None


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(_plain, rows))


def _plain(row: Row) -> dict[str, str]:
    """Cells as text in one line; what is unknown is empty."""
    return {name: clean(_written(value)) for name, value in row.items() if value is not None}


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
