"""Places as documents name them, with what the gazetteer knows, and how far two of them are from each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.placenames import Place
from kg.records import Entity, Kind
from kg.resolution import PlaceAccount
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.naming import naming

_EARTH_KM = 6371.0


def place_accounts(entities: Iterable[Entity], knowledge: ResolutionKnowledge) -> tuple[PlaceAccount, ...]:
    """Places named together; one that no table knows lies in the smallest of those that are known."""
    known, unknown = [], []
    for entity in entities:
        place = knowledge.places.get(entity.link) if entity.link else None
        if place is not None:
            also = tuple(_namesakes(entity.name, place, knowledge))
            known.append(PlaceAccount(name=place.name, link=place.id, level=place.level, within=place.within,
                                      spelled=_spelled(place.name, knowledge), also=also, lat=place.lat, lon=place.lon))
        else:
            unknown.append(entity)
    inner = max(known, key=lambda place: len(place.within), default=None)
    around = (inner.link, *inner.within) if inner and inner.link else ()
    return (*known, *(PlaceAccount(name=entity.name, within=around, spelled=_spelled(entity.name, knowledge),
                                   facility=entity.kind == Kind.FACILITY) for entity in unknown))


def _namesakes(name: str, place: Place, knowledge: ResolutionKnowledge) -> Iterator[str]:
    """What else the name may have meant: the other bearers in the same province."""
    around = {*place.within[:-1]}
    for told in dict.fromkeys((name, place.name)):
        for other in knowledge.places.named(told):
            if other.id != place.id and (not around.isdisjoint(other.within[:-1]) or other.id in around):
                yield other.id


def _spelled(name: str, knowledge: ResolutionKnowledge) -> str:
    return " ".join(word.close for word in naming(knowledge.gazetteer).place(name)[0].telling)


def distance_km(one: PlaceAccount, other: PlaceAccount) -> float | None:
    """The great-circle distance of two places in kilometres, None where a coordinate is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return _haversine(one.lat, one.lon, other.lat, other.lon)


@lru_cache(maxsize=100_000)
def _haversine(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    first, second = math.radians(lat), math.radians(other_lat)
    half = (math.sin((second - first) / 2) ** 2
            + math.cos(first) * math.cos(second) * math.sin(math.radians(other_lon - lon) / 2) ** 2)
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
