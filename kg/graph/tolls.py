"""Casualties: a node for every count, and the range they span as facts on the event.

Counts of one speaker with different words for the counted people are parts ("three soldiers", "two drivers"): at least
the largest and at most the sum of them. Counts of the same people, and those of different speakers, are rival reports:
the range runs from the lowest to the highest. An open bound stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.graph.assertion import Assertion, Source, about
from kg.graph.nodes import Value
from kg.graph.vocabulary import KG
from kg.records import Casualties, Event

Range = tuple[int | None, int | None]


def toll_assertions(source: Source, event: Event) -> Iterator[Assertion]:
    """One `kg:toll` per count, and the summed bounds per outcome and side the ontology has properties for."""
    for count in event.casualties:
        node, anchors = source.nodes.toll(event, count), source.around(event, count)
        for assertion in about(source, event, f"{KG}toll", node, anchors, event.sure_of("toll", count.key)):
            yield replace(assertion, speaker=source.speaker(count.speaker))
    for properties, counts in _by_property(source, event).items():
        anchors = tuple(sorted({pair for count in counts for pair in source.around(event, count)}))
        sure = min(event.sure_of("toll", count.key) for count in counts)
        for name, bound in zip(properties, span_of(counts), strict=True):
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


def span_of(counts: Iterable[Casualties]) -> Range:
    """The lowest and highest number of people that the counts allow; None is an open bound."""
    by_speaker: dict[str | None, dict[str, list[Range]]] = defaultdict(lambda: defaultdict(list))
    for count in counts:
        by_speaker[count.speaker][_people(count.who)].append((count.min, count.max))
    return _rivals([_parts([_rivals(ranges) for ranges in people.values()]) for people in by_speaker.values()])


def _people(who: str | None) -> str:
    words = (who or "").casefold().split()
    return words[-1] if words else ""


def _rivals(ranges: list[Range]) -> Range:
    lows, highs = [low for low, _ in ranges if low is not None], [high for _, high in ranges if high is not None]
    return (min(lows) if len(lows) == len(ranges) else None, max(highs) if len(highs) == len(ranges) else None)


def _parts(ranges: list[Range]) -> Range:
    lows, highs = [low for low, _ in ranges if low is not None], [high for _, high in ranges if high is not None]
    return (max(lows, default=None), sum(highs) if len(highs) == len(ranges) else None)
