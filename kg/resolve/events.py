"""Whether events of two documents are one."""

from __future__ import annotations

from datetime import date, timedelta

from kg.resolution import Comparison, EventProfile
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.profiling import profiles

__all__ = ["blocks", "compare", "profiles"]


def blocks(event: EventProfile) -> frozenset[str]:
    """The keys of an event: the days around it with each place that it lies in."""
    if event.status not in ("asserted", "alleged") or not event.earliest or event.precision != "day":
        return frozenset()
    day = date.fromisoformat(event.earliest)
    areas = {link for place in event.places for link in (place.link, *place.within) if link}
    return frozenset(f"event|{day + timedelta(shift)}|{area}" for shift in (-1, 0, 1) for area in areas)


def compare(one: EventProfile, other: EventProfile, knowledge: ResolutionKnowledge) -> Comparison | None:
    """How probable it is that two events are one."""
    same_day = one.earliest == other.earliest
    here = {place.link for place in one.places} & {place.link for place in other.places}
    score = 0.9 if same_day and here else 0.1
    return Comparison(left=one.id, right=other.id, score=score, reasons=(("same day", 1.0 * same_day),))
