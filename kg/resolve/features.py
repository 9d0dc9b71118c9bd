"""What two members have in common and what sets them apart, as numbers with names."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from kg.resolution import PlaceAccount, ReportProfile
from kg.resolve.places import distance_km
from kg.resolve.words import likeness, rarity

Features = dict[str, float]

# A word of at least this rarity is unusual enough for its being shared to mean something by itself.
_UNUSUAL = 0.6
_FAR_KM = 60.0


def report_features(one: ReportProfile, other: ReportProfile) -> Features:
    """The features of two reports; all that is left out is nought."""
    return {
        "words": cosine(one.words, other.words), "lead": math.sqrt(cosine(one.lead, other.lead)),
        **unusual(one.words, other.words),
        **shared_names(one.names, other.names), **numbers(one.numbers, other.numbers),
        **report_places(one.places, other.places), **published(one.published, other.published),
        **_days((one.first, one.last), (other.first, other.last)),
        "copy": float(likeness(one.sketch, other.sketch) > 0.5),
    }


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two weighted sets of words."""
    if len(one) > len(other):
        one, other = other, one
    dot = sum(weight * other.get(word, 0.0) for word, weight in one.items())
    return dot / (_length(one) * _length(other)) if dot else 0.0


def _length(weighted: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weighted.values()))


def unusual(one: Mapping[str, float], other: Mapping[str, float]) -> Features:
    """How many unusual words both have."""
    return {"unusual": math.log1p(sum(1 for word in one if word in other and rarity(word) >= _UNUSUAL))}


def shared_names(one: Collection[str], other: Collection[str]) -> Features:
    """How telling the names are that both have."""
    shared = sorted(set(one) & set(other))
    return {"names": math.log1p(6 * sum(min(map(rarity, name.split())) for name in shared))}


def numbers(one: Collection[str], other: Collection[str]) -> Features:
    """Whether both have an age, address or the like in common, by kind."""
    found: Features = {}
    kinds = {number.split(":")[0] for number in (*one, *other)}
    for kind in sorted(kinds):
        left, right = ({number for number in all_of if number.startswith(f"{kind}:")} for all_of in (one, other))
        if left & right:
            found[f"{kind}_same"] = 1.0
        elif left and right:
            found[f"{kind}_other"] = 1.0
    return found


def report_places(one: Iterable[PlaceAccount], other: Iterable[PlaceAccount]) -> Features:
    """Whether reports name a town in common, and how near the nearest of their towns are."""
    left, right = ([place for place in places if place.level == "locality"] for places in (one, other))
    if not left or not right:
        return {"town_unknown": 1.0}
    if {place.link for place in left} & {place.link for place in right}:
        return {"town_same": 1.0}
    distances = [km for a in left for b in right if (km := distance_km(a, b)) is not None]
    nearest = min(distances, default=math.inf)
    return {"town_far": 1.0} if nearest > _FAR_KM else {"town_near": 1.0}


def published(one: str | None, other: str | None) -> Features:
    """How far apart the days of publication are."""
    if not one or not other:
        return {"published_unknown": 1.0}
    days = abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    return {"published_apart": math.log1p(days), "published_over_3": float(days > 3),
            "published_over_30": float(days > 30)}


def _days(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> Features:
    """Whether the days that events may have happened on meet."""
    if not one[0] or not one[1] or not other[0] or not other[1]:
        return {}
    gap = max((date.fromisoformat(one[0]) - date.fromisoformat(other[1])).days,
              (date.fromisoformat(other[0]) - date.fromisoformat(one[1])).days)
    return {"day_same": float(gap <= 0), "day_next": float(gap == 1), "day_apart": math.log1p(max(0, gap - 1))}
