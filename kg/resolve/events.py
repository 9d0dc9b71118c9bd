"""Whether events of two documents are one."""

from __future__ import annotations

from datetime import date, timedelta

from kg.resolution import Comparison, EventProfile
from kg.resolve.eventfeatures import event_features
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.profiling import profiles
from kg.resolve.scoring import scored
from kg.spellings import fold

__all__ = ["blocks", "compare", "profiles"]

_WIDE = ("country", "region", "admin1")
# An event without a date happened at most so many days before the report that is about it.
_BEFORE_REPORT = 3
_MOST_DAYS = 12


def blocks(event: EventProfile, knowledge: ResolutionKnowledge) -> frozenset[str]:
    """The keys of an event: its days with each area that it lies in, and the people that it befell."""
    if not knowledge.ontology.statuses[event.status].keeps_claims:
        return frozenset()
    areas = {link for place in event.places for link in (place.link, *place.within) if link} or {event.country or ""}
    places = {f"event|{day}|{area}" for day in _days(event) for area in areas}
    towns = {place.link or fold(place.name).lower() for place in event.places if place.level not in _WIDE}
    months = {f"month|{month}|{town}" for month in _months(event) for town in towns}
    people = {f"victim|{name}" for name in event.victims if " " in name}
    return frozenset(places | months | people)


def _days(event: EventProfile) -> set[str]:
    """The days on which an event may have happened and the one after each, if they are few."""
    if event.earliest and event.latest:
        first, last = date.fromisoformat(event.earliest), date.fromisoformat(event.latest)
    elif event.published and event.salience == "main":
        last = date.fromisoformat(event.published[:10])
        first = last - timedelta(_BEFORE_REPORT)
    else:
        return set()
    length = (last - first).days + 2
    return {(first + timedelta(day)).isoformat() for day in range(length)} if length <= _MOST_DAYS else set()


def _months(event: EventProfile) -> set[str]:
    if not event.earliest or not event.latest:
        return set()
    first, last = event.earliest[:7], event.latest[:7]
    return {first, last} if (date.fromisoformat(event.latest) - date.fromisoformat(event.earliest)).days < 63 else set()


def compare(one: EventProfile, other: EventProfile, knowledge: ResolutionKnowledge) -> Comparison | None:
    """How probable it is that two events are one; None unless both are said to have happened."""
    statuses = knowledge.ontology.statuses
    if not statuses[one.status].keeps_claims or not statuses[other.status].keeps_claims:
        return None
    return scored(one.id, other.id, event_features(one, other, knowledge.ontology), "event")
