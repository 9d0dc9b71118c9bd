"""Whether events of two documents are one."""

from __future__ import annotations

from datetime import date, timedelta

from kg.resolution import Comparison, EventProfile
from kg.resolve.blocking import near_times, rarest_names, rarest_words
from kg.resolve.eventfeatures import event_features
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.profiling import profiles
from kg.resolve.scoring import scored

__all__ = ["blocks", "compare", "profiles"]

_AREAS = ("country", "region", "admin1", "admin2")
_WIDE = ("country", "region")
# An event without a date happened at most so many days before the report that is about it.
_BEFORE_REPORT = 3
_MOST_DAYS, _TWO_MONTHS = 12, 63
# Reports that are about one event and share a name are compared when no more than so many days lie between them.
_REPORT_DAYS = 14
_YEAR = 366


def blocks(event: EventProfile, knowledge: ResolutionKnowledge) -> frozenset[str]:
    """The keys of an event: its days with its country, its months with each area, its people, its report's names."""
    if not knowledge.ontology.statuses[event.status].keeps_claims:
        return frozenset()
    areas = {link for place in event.places for link in (place.link, *place.within) if link}
    days = {f"event|{day}|{country}" for day in _days(event) for country in event.countries}
    told = {f"word|{day}|{word}" for word in rarest_words({*event.words, *event.lead}) for day in _days(event)}
    months = {f"month|{month}|{area}" for month in _months(event) for area in areas - _widest(event)}
    spelled = {f"spelled|{month}|{place.spelled}" for month in _months(event) for place in event.places
               if place.spelled and not place.facility and place.level not in _AREAS}
    people = {f"victim|{name}|{time}" for name in event.victims if " " in name for time in _years(event)}
    named = {f"names|{name}|{time}" for name in rarest_names(event.names) for time in _times(event)}
    towns = {f"town|{place.link}|{time}" for place in event.around for time in _times(event)}
    return frozenset(days | told | months | spelled | people | named | towns)


def _widest(event: EventProfile) -> set[str]:
    """Countries, and what is wider than a district of one."""
    wide = {place.link for place in event.places if place.level in _WIDE and place.link}
    return wide | {link for place in event.places for link in place.within[-1:]}


def _times(event: EventProfile) -> tuple[str, ...]:
    """When a report that is about the event appeared; nothing for events that are only recalled."""
    return near_times(event.published, _REPORT_DAYS) if event.salience == "main" else ()


def _years(event: EventProfile) -> tuple[str, ...]:
    """The year in which one of an event's victims is the same: around the event's day, else that of its report."""
    return near_times(event.earliest or event.published, _YEAR)


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
        return _months_before(event.published) if event.published and event.salience == "main" else set()
    first, last = date.fromisoformat(event.earliest), date.fromisoformat(event.latest)
    middle = first + (last - first) / 2
    return {day.isoformat()[:7] for day in (first, middle, last)} if (last - first).days < _TWO_MONTHS else set()


def _months_before(published: str) -> set[str]:
    """The month of a day and the one before it."""
    day = date.fromisoformat(published[:10])
    return {day.isoformat()[:7], (day.replace(day=1) - timedelta(1)).isoformat()[:7]}


def compare(one: EventProfile, other: EventProfile, knowledge: ResolutionKnowledge) -> Comparison | None:
    """How probable it is that two events are one; None unless both are said to have happened."""
    statuses = knowledge.ontology.statuses
    if not statuses[one.status].keeps_claims or not statuses[other.status].keeps_claims:
        return None
    return scored(one.id, other.id, event_features(one, other, knowledge.ontology), "event")
