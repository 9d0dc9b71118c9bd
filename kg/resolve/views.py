"""Profiles as comparisons read them: sets, lengths and day numbers made once for each profile, not for each pair."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from kg.resolution import ActorAccount, EventProfile, PlaceAccount, Profile, ReportProfile
from kg.resolve.words import rarity
from kg.spellings import fold

P = TypeVar("P", bound=Profile)
V = TypeVar("V")

# A word of at least this rarity is unusual enough for its being shared to mean something by itself.
_UNUSUAL = 0.6
_KEPT = 12_000


@dataclass(frozen=True, slots=True)
class Weighted:
    """Words with weights, and the length of the vector that they are."""

    weights: Mapping[str, float]
    words: frozenset[str]
    length: float


@dataclass(frozen=True, slots=True)
class Towns:
    """The towns of some places, and their links."""

    places: tuple[PlaceAccount, ...]
    links: frozenset[str | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """A place with its folded name, itself with all that contains it, and whether it is a smallest one of its event."""

    place: PlaceAccount
    name: str
    chain: frozenset[str]
    smallest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A report as it is compared; days are ordinal numbers."""

    words: Weighted
    lead: Weighted
    unusual: frozenset[str]
    names: frozenset[str]
    numbers: Mapping[str, frozenset[str]]
    towns: Towns
    regions: frozenset[str]
    countries: frozenset[str]
    published: int | None
    first: int | None
    last: int | None
    sketch: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """An event as it is compared; days are ordinal numbers, `actors` map whom it names to what that is a unit of."""

    profile: EventProfile
    words: Weighted
    story: Weighted
    lead: Weighted
    unusual: frozenset[str]
    names: frozenset[str]
    numbers: Mapping[str, frozenset[str]]
    around: Towns
    settings: tuple[Setting, ...]
    actors: Mapping[str, tuple[str, ...]]
    weapons: frozenset[str]
    targets: frozenset[str]
    victims: frozenset[str]
    published: int | None
    earliest: int | None
    latest: int | None
    sketch: frozenset[int]


class Views(Generic[P, V]):
    """Makes the view of a profile, and keeps those of the profiles used last."""

    def __init__(self, make: Callable[[P], V]) -> None:
        self._make = make
        self._kept: dict[str, tuple[P, V]] = {}

    def __call__(self, profile: P) -> V:
        """The view of this very profile."""
        kept = self._kept.get(profile.id)
        if kept is not None and kept[0] is profile:
            return kept[1]
        self._kept.pop(profile.id, None)
        if len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        view = self._make(profile)
        self._kept[profile.id] = profile, view
        return view


def view_report(report: ReportProfile) -> ReportView:
    """A report as it is compared."""
    return ReportView(
        words=_weighted(report.words), lead=_weighted(report.lead), unusual=_unusual(report.words),
        names=frozenset(report.names), numbers=_by_kind(report.numbers), towns=_towns(report.places),
        regions=_regions(report.places), countries=frozenset(report.countries),
        published=_ordinal(report.published), first=_ordinal(report.first), last=_ordinal(report.last),
        sketch=frozenset(report.sketch))


def view_event(event: EventProfile) -> EventView:
    """An event as it is compared."""
    return EventView(
        profile=event, words=_weighted(event.words), story=_weighted(event.story), lead=_weighted(event.lead),
        unusual=_unusual(event.words), names=frozenset(event.names), numbers=_by_kind(event.numbers),
        around=_towns(event.around), settings=_settings(event.places), actors=_named(event.actors),
        weapons=frozenset(event.weapons), targets=_heads(event.targets), victims=frozenset(event.victims),
        published=_ordinal(event.published), earliest=_ordinal(event.earliest), latest=_ordinal(event.latest),
        sketch=frozenset(event.sketch))


def _weighted(weights: Mapping[str, float]) -> Weighted:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return Weighted(weights, frozenset(weights), length)


def _unusual(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if rarity(word) >= _UNUSUAL)


def _by_kind(numbers: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number in numbers:
        found.setdefault(number.partition(":")[0], set()).add(number)
    return {kind: frozenset(of_kind) for kind, of_kind in found.items()}


def _towns(places: Iterable[PlaceAccount]) -> Towns:
    towns = tuple(place for place in places if place.level == "locality")
    return Towns(towns, frozenset(place.link for place in towns))


def _regions(places: Iterable[PlaceAccount]) -> frozenset[str]:
    """The widest parts of countries that places lie in or are."""
    chains = (tuple(filter(None, (place.link, *place.within))) for place in places)
    return frozenset(chain[-2] for chain in chains if len(chain) > 1)


def _settings(places: tuple[PlaceAccount, ...]) -> tuple[Setting, ...]:
    """The places of an event; smallest are the known ones that contain no other of them."""
    containing = {link for place in places if place.link for link in place.within}
    return tuple(Setting(place, place.spelled or fold(place.name).lower(), _chain(place),
                         bool(place.link and place.link not in containing)) for place in places)


def _chain(place: PlaceAccount) -> frozenset[str]:
    return frozenset(filter(None, (place.link, *place.within)))


def _named(actors: Iterable[ActorAccount]) -> dict[str, tuple[str, ...]]:
    """The perpetrators with a name or a row in the tables, and what each is a unit of."""
    return {actor.link or fold(actor.name).lower(): actor.above for actor in actors
            if actor.status != "denied" and actor.kind in ("group", "force")}


def _heads(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(words[-1].rstrip("s") for phrase in phrases if (words := phrase.split()))


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day[:10]).toordinal() if day else None
