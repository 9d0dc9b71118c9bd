"""Casualties: a node for every count, and the range they span, as the document gives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.graph.assertion import Assertion, Source, about
from kg.graph.nodes import Value
from kg.graph.vocabulary import KG
from kg.records import Casualties, Event
from kg.resolve.tolls import span_of


def toll_assertions(source: Source, event: Event) -> Iterator[Assertion]:
    """One `kg:toll` per count, and the summed bounds per outcome and side the ontology has properties for."""
    for count in event.casualties:
        node, anchors = source.nodes.toll(event, count), source.around(event, count)
        for assertion in about(source, event, f"{KG}toll", node, anchors, event.sure_of("toll", count.key)):
            yield replace(assertion, speaker=source.speaker(count.speaker))
    text = source.extraction.document.text
    for properties, counts in _by_property(source, event).items():
        anchors = tuple(sorted({pair for count in counts for pair in source.around(event, count)}))
        sure = min(event.sure_of("toll", count.key) for count in counts)
        for name, bound in zip(properties, span_of(counts, text), strict=True):
            if bound is not None:
                yield from about(source, event, KG + name, Value(str(bound), "integer"), anchors, sure)


def _by_property(source: Source, event: Event) -> dict[tuple[str, str], list[Casualties]]:
    table = source.ontology.toll_properties
    found: dict[tuple[str, str], list[Casualties]] = defaultdict(list)
    for count in event.casualties:
        key = (count.outcome, count.side)
        if (*key, "min") in table:
            found[table[*key, "min"], table[*key, "max"]].append(count)
    return dict(found)
