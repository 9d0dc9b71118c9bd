"""Events as JSON Lines: one line per event with its documents and what all accounts of it come to.

A line with a `type` of null is a story from which no event was read; by its `main`, every document is in one line.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.network import Value, column_name, python_value, rows
from kg.graph.vocabulary import compact

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

Line = dict[str, "Value | list[Value] | dict[str, Value | None] | None"]
_BOUNDS = {"min": "low", "best": "best", "max": "high"}
_LISTS = ("located_in", "claimed_by", "attributed_to", "suspect", "denied_by", "dispute")
_SINGLE = ("label", "date", "earliest", "latest", "date_precision", "country", "salience", "source_count",
           "document_count")


def write_events(store: GraphStore, path: Path) -> None:
    """Write a line per event, in the order of their IRIs, then one per story without an event."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in _lines(store))


def _lines(store: GraphStore) -> Iterator[Line]:
    reports: dict[str, dict[bool, list[Value]]] = defaultdict(lambda: {False: [], True: []})
    for thing, source, main in rows(store, "reports"):
        reports[str(thing)][str(main) == "true"].append(str(source))
    values: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for event, prop, value in rows(store, "event_values"):
        if value is not None:
            values[str(event)][column_name(str(prop))].append(python_value(value))
    tolls = {column_name(str(prop)): str(bound) for prop, _, _, bound, _ in rows(store, "toll_properties")}
    for iri in sorted(reports, key=lambda iri: (iri not in values, iri)):
        yield _line(iri, reports[iri], values.get(iri, {}), tolls)


def _line(iri: str, reports: Mapping[bool, list[Value]], values: Mapping[str, list[Value]],
          tolls: Mapping[str, str]) -> Line:
    documents = sorted({*map(str, reports[False]), *map(str, reports[True])})
    kind = str(_one(values, "event_class") or "").rpartition(":")[2]
    line: Line = {"event": compact(iri), "type": kind or None, "documents": list(documents), "main": reports[True]}
    if not values:
        return line
    line["status"] = _one(values, "event_status") or "asserted"
    line |= {name: _one(values, name) for name in _SINGLE}
    for column, bound in tolls.items():
        if column in values:
            outcome = line.setdefault(column.removesuffix(f"_{bound}"), dict.fromkeys(_BOUNDS.values()))
            if isinstance(outcome, dict):
                outcome[_BOUNDS[bound]] = _one(values, column)
    line |= {name: values[name] for name in _LISTS if name in values}
    line["contested"] = bool(_one(values, "contested"))
    return line


def _one(values: Mapping[str, list[Value]], name: str) -> Value | None:
    return next(iter(values.get(name, ())), None)
