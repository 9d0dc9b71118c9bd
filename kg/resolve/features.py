"""What two members have in common and what sets them apart, as numbers with names."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from kg.resolution import ReportProfile
from kg.resolve.places import distance_km
from kg.resolve.views import ReportView, Towns, Views, Weighted, view_report
from kg.resolve.words import are_copies, rarity

Features = dict[str, float]

_FAR_KM = 60.0
_viewed: Views[ReportProfile, ReportView] = Views(view_report)


def report_features(one: ReportProfile, other: ReportProfile) -> Features:
    """The features of two reports; all that is left out is nought."""
    left, right = _viewed(one), _viewed(other)
    return {
        "words": cosine(left.words, right.words), "lead": math.sqrt(cosine(left.lead, right.lead)),
        **unusual(left.unusual, right.unusual),
        **shared_names(left.names, right.names), **numbers(left.numbers, right.numbers),
        **report_places(left.towns, right.towns), "country_other": _apart(left.countries, right.countries),
        "region_other": _apart(left.regions, right.regions), **published(left.published, right.published),
        **_days((left.first, left.last), (right.first, right.last)),
        "copy": float(are_copies(left.sketch, right.sketch)),
    }


def cosine(one: Weighted, other: Weighted) -> float:
    """The cosine of two weighted sets of words."""
    shared = one.words & other.words
    if not shared:
        return 0.0
    left, right = one.weights, other.weights
    # The exact sum: that of floats one by one would depend on the order of the words.
    dot = math.fsum([left[word] * right[word] for word in shared])
    return dot / (one.length * other.length) if dot else 0.0


def unusual(one: frozenset[str], other: frozenset[str]) -> Features:
    """How many unusual words both have."""
    return {"unusual": math.log1p(len(one & other))}


def shared_names(one: frozenset[str], other: frozenset[str]) -> Features:
    """How telling the names are that both have."""
    return {"names": math.log1p(6 * math.fsum(map(_telling, one & other)))}


@lru_cache(maxsize=100_000)
def _telling(name: str) -> float:
    return min(map(rarity, name.split()))


def numbers(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> Features:
    """Whether both have an age, address or the like in common, by kind."""
    both = sorted(one.keys() & other.keys())
    return {f"{kind}_other" if one[kind].isdisjoint(other[kind]) else f"{kind}_same": 1.0 for kind in both}


def report_places(one: Towns, other: Towns) -> Features:
    """Whether reports name a town in common, and how near the nearest of their towns are."""
    if not one.places or not other.places:
        return {"town_unknown": 1.0}
    if not one.links.isdisjoint(other.links):
        return {"town_same": 1.0}
    distances = [km for a in one.places for b in other.places if (km := distance_km(a, b)) is not None]
    nearest = min(distances, default=math.inf)
    return {"town_far": 1.0} if nearest > _FAR_KM else {"town_near": 1.0}


def _apart(one: frozenset[str], other: frozenset[str]) -> float:
    """Whether both know where they are, and have nothing in common."""
    return float(bool(one and other) and one.isdisjoint(other))


def published(one: int | None, other: int | None) -> Features:
    """How far apart the days of publication are."""
    if one is None or other is None:
        return {"published_unknown": 1.0}
    days = abs(one - other)
    return {"published_apart": math.log1p(days), "published_over_3": float(days > 3),
            "published_over_30": float(days > 30)}


def _days(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> Features:
    """Whether the days that events may have happened on meet."""
    if one[0] is None or one[1] is None or other[0] is None or other[1] is None:
        return {}
    gap = max(one[0] - other[1], other[0] - one[1])
    return {"day_same": float(gap <= 0), "day_next": float(gap == 1), "day_apart": math.log1p(max(0, gap - 1))}
