"""Findings about two entities, whatever their kind, and the score that findings add up to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date

from kg.resolution import Comparison, EntityProfile, Part
from kg.resolve.entity_knowledge import weighing
from kg.resolve.knowledge import ResolutionKnowledge

_SETTLED = ("locality", "admin2")


def compared(one: EntityProfile, other: EntityProfile, scale: str, findings: Iterable[str]) -> Comparison:
    """The probability that findings add up to; held low where too little agrees besides the name."""
    known, limits = weighing().scales[scale], weighing().limits
    found = [known.findings[name] for name in dict.fromkeys(findings)]
    reasons = [(finding.says, finding.weight) for finding in found]
    total = known.bias + sum(finding.weight for finding in found)
    if any(finding.excludes for finding in found):
        total = min(total, limits["excluded"])
    elif sum(finding.agrees for finding in found) < sum(finding.needs for finding in found):
        total = min(total, limits["held"])
        reasons.append(("too little agrees besides the name", limits["held"]))
    total = min(total, limits["highest"])
    return Comparison(left=one.id, right=other.id, score=round(1 / (1 + math.exp(-total)), 4), reasons=tuple(reasons))


def settings(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> Iterator[str]:
    """Whether two documents set their entities in one country and place, at one time."""
    near = days_between((*one.days, one.published), (*other.days, other.published))
    limits = weighing().limits
    here = share_area(one, other, knowledge)
    if one.country and other.country and (one.country == other.country or not here):
        yield "country" if one.country == other.country else "other-country"
    if here:
        yield "story" if near is not None and near <= limits["near_days"] else "area"
    elif near is not None and near <= limits["same_days"]:
        yield "days"


def share_area(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> bool:
    """Whether two documents set their entities in one town or district."""
    return any(is_small(link, knowledge) for link in set(one.areas) & set(other.areas))


def disjoint(one: Iterable[str], other: Iterable[str], knowledge: ResolutionKnowledge) -> bool:
    """Whether two sets of bodies are others: all known to the tables or all not, and none a part of another's."""
    left, right = set(one), set(other)
    if not left or not right or {":" in end for end in left} != {":" in end for end in right}:
        return False
    return not (_lineage(left, knowledge) & right or _lineage(right, knowledge) & left)


def _lineage(ends: set[str], knowledge: ResolutionKnowledge) -> set[str]:
    """Bodies and what they are units of, by the tables."""
    found, waiting = set(ends), list(ends)
    while waiting:
        try:
            parent = knowledge.gazetteer.entry(waiting.pop()).parent
        except KeyError:
            continue
        if parent and parent not in found:
            found.add(parent)
            waiting.append(parent)
    return found


def companies(one: EntityProfile, other: EntityProfile) -> Iterator[str]:
    """Whether the same people are named beside both."""
    shared = len(set(one.company) & set(other.company))
    if shared:
        yield "company" if shared == 1 else "companies"


def same_part(one: Part, other: Part, knowledge: ResolutionKnowledge) -> bool:
    """Whether two are the same part of what may well be one event."""
    return one.role == other.role and same_occasion(one, other) and (
        any(below_country(link, knowledge) for link in set(one.area) & set(other.area)))


def same_occasion(one: Part, other: Part) -> bool:
    """Whether the days of two parts are known and meet, and neither place excludes the other."""
    if not (one.first and one.last and other.first and other.last):
        return False
    apart = max(gap(one.first, other.last), gap(other.first, one.last))
    return apart <= weighing().limits["story_days"] and compatible(one.area, other.area) and bool(one.area)


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether of two places, each with what contains it, one may lie in the other."""
    return not one or not other or one[0] in other or other[0] in one


def gap(earlier: str, later: str) -> int:
    """How many days the first day lies after the second."""
    return (date.fromisoformat(earlier) - date.fromisoformat(later)).days


def days_between(one: Iterable[str | None], other: Iterable[str | None]) -> int | None:
    """The fewest days between two sets of days."""
    return min((abs(gap(first, second)) for first in one for second in other if first and second), default=None)


def below_country(link: str, knowledge: ResolutionKnowledge) -> bool:
    """Whether a link is a place within a country."""
    place = knowledge.places.get(link)
    return place is not None and place.level != "country"


def is_small(link: str, knowledge: ResolutionKnowledge) -> bool:
    """Whether a place is a town or district."""
    place = knowledge.places.get(link)
    return place is not None and place.level in _SETTLED
