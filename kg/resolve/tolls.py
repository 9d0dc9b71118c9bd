"""The arithmetic of casualties within one document's account of an event.

Counts of one speaker with different words for the counted people are parts ("three soldiers", "two drivers"): at least
the largest and at most the sum of them. Counts of the same people, and those of different speakers, are rival reports:
the range runs from the lowest to the highest. An open bound stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.records import Casualties

Range = tuple[int | None, int | None]


def by_outcome(counts: Iterable[Casualties]) -> dict[tuple[str, str], list[Casualties]]:
    """The counts by outcome and side."""
    found: dict[tuple[str, str], list[Casualties]] = defaultdict(list)
    for count in counts:
        found[count.outcome, count.side].append(count)
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
