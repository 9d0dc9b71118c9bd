"""What the accounts that two documents give of an event have in common and what sets them apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from kg.ontology import Ontology
from kg.resolution import ActorAccount, EventProfile, PlaceAccount, TollAccount
from kg.resolve.features import Features, cosine, numbers, published, report_places, shared_names, unusual
from kg.resolve.places import distance_km
from kg.resolve.words import likeness
from kg.spellings import fold

_NARROW = ("locality", "admin2")
_NEAR_KM, _FAR_KM = 15.0, 60.0
# Tolls that differ by no more than this share of the larger one may be an earlier and a later count.
_GROWTH = 0.35


def event_features(one: EventProfile, other: EventProfile, ontology: Ontology) -> Features:
    """The features of two events of different documents; all that is left out is nought."""
    found: Features = {
        "told_alike": math.sqrt(cosine(one.words, other.words)), **unusual(one.words, other.words),
        **_place(one.places, other.places), **_date(one, other), **_class(one.type, other.type, ontology),
        **_actors(one.actors, other.actors), **_overlap("weapon", one.weapons, other.weapons),
        **_overlap("target", _heads(one.targets), _heads(other.targets)),
        **_overlap("victim", one.victims, other.victims), **_tolls(one.tolls, other.tolls, ontology),
        "part": float(one.part != other.part), "total": float(one.total != other.total),
    }
    found["day_and_place"] = float("date_same" in found and bool(found.keys() & _HERE))
    if one.salience == other.salience == "main":
        return {**found, **_reports(one, other)}
    return {**found, "background_one": float(one.salience != other.salience),
            "background_both": float(one.salience == other.salience)}


def _reports(one: EventProfile, other: EventProfile) -> Features:
    """What the reports tell, where both are about the event: of a digest of several, its words tell little."""
    likeness_of_words = {"story": cosine(one.story, other.story), "lead": math.sqrt(cosine(one.lead, other.lead)),
                         **shared_names(one.names, other.names)}
    if not (one.alone and other.alone):
        likeness_of_words = {f"digest_{name}": value for name, value in likeness_of_words.items()}
    return {**likeness_of_words, **numbers(one.numbers, other.numbers), **published(one.published, other.published),
            **_around(one, other), "copy": float(likeness(one.sketch, other.sketch) > 0.5)}


def _around(one: EventProfile, other: EventProfile) -> Features:
    """How near the towns of two reports are, where one of them does not say where the event was."""
    if one.places and other.places:
        return {}
    found = report_places(one.around, other.around)
    return {f"report_{name}": value for name, value in found.items()}


def _place(one: Sequence[PlaceAccount], other: Sequence[PlaceAccount]) -> Features:
    """How near the smallest known places of two events are, by containment and distance.

    Places that no table knows say something only if they have one name: "the bus station" is "the terminal" elsewhere.
    """
    if _names_in_common(one, other):
        return {"place_name": 1.0}
    pairs = [_place_pair(left, right) for left in _smallest(one) for right in _smallest(other)]
    found = min(pairs, key=_NEARNESS.index) if pairs else "place_unknown"
    unlike = found in _VAGUE and _has_town(one) and _has_town(other)
    return {found: 1.0, "place_unlike": float(unlike)}


# From the nearest to the farthest: of all pairs of places the one that comes first here decides.
_NEARNESS = ("place_same", "place_inside", "place_near", "place_wide", "place_apart", "place_far")
# Relations that leave open whether two towns of other names, one of them in no table, are one place.
_VAGUE = frozenset({"place_wide", "place_unknown"})
# Two events are at one place as far as their documents can tell.
_HERE = frozenset({"place_same", "place_name", "place_inside"})


def _has_town(places: Sequence[PlaceAccount]) -> bool:
    """Whether a town or village is named, known to the tables or not."""
    return any(place.level in _NARROW if place.link else not place.facility for place in places)


def _names_in_common(one: Sequence[PlaceAccount], other: Sequence[PlaceAccount]) -> bool:
    """Whether both have a place of one name that the tables do not know for both, and nothing tells them apart."""
    for left in one:
        for right in other:
            alike = fold(left.name).lower() == fold(right.name).lower() and not (left.link and right.link)
            if alike and (not left.within or not right.within or _chain(left) & _chain(right)):
                return True
    return False


def _place_pair(one: PlaceAccount, other: PlaceAccount) -> str:
    left, right = _chain(one), _chain(other)
    if one.link == other.link:
        return "place_same" if one.level in _NARROW else "place_wide"
    if one.link in right or other.link in left:
        outer = one if one.link in right else other
        return "place_inside" if outer.level in _NARROW else "place_wide"
    km = distance_km(one, other)
    if km is not None and one.level == other.level == "locality":
        return "place_near" if km <= _NEAR_KM else "place_apart" if km <= _FAR_KM else "place_far"
    return "place_far" if not left & right or (km is not None and km > 2 * _FAR_KM) else "place_apart"


def _chain(place: PlaceAccount) -> set[str]:
    """The place and what contains it, by their ids."""
    return {link for link in (place.link, *place.within) if link}


def _smallest(places: Sequence[PlaceAccount]) -> list[PlaceAccount]:
    """The known places that contain no other of them."""
    containing = {link for place in places if place.link for link in place.within}
    return [place for place in places if place.link and place.link not in containing]


def _date(one: EventProfile, other: EventProfile) -> Features:
    """Whether the days on which two events may have happened meet, and how precisely they are known."""
    if not one.earliest or not one.latest or not other.earliest or not other.latest:
        return _date_from_publication(one, other)
    gap = max(_days(one.earliest, other.latest), _days(other.earliest, one.latest))
    if gap <= 0:
        exact = one.precision == other.precision == "day"
        return {"date_same" if exact else "date_within": 1.0}
    return {"date_next" if gap == 1 else "date_apart": 1.0, "date_gap": math.log1p(gap - 1)}


def _date_from_publication(one: EventProfile, other: EventProfile) -> Features:
    """An event without a date is compared by the day of its report with the other's date."""
    known, unknown = (one, other) if one.earliest else (other, one)
    if not known.latest or not unknown.published or unknown.salience != "main":
        return {"date_unknown": 1.0}
    late = _days(unknown.published, known.latest)
    return {"date_unknown": 1.0, "report_near": float(0 <= late <= 3), "report_far": float(not 0 <= late <= 30)}


def _days(one: str, other: str) -> int:
    return (date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days


def _class(one: str, other: str, ontology: Ontology) -> Features:
    if one == other:
        return {"class_same": 1.0}
    if one not in ontology.event_classes or other not in ontology.event_classes:
        return {"class_other": 1.0}
    above, below = {one, *ontology.ancestors(one)}, {other, *ontology.ancestors(other)}
    if one in below or other in above:
        return {"class_kin": 1.0}
    return {"class_sibling" if above & below else "class_other": 1.0}


def _actors(one: Iterable[ActorAccount], other: Iterable[ActorAccount]) -> Features:
    """Whether the same group is named, or a unit of it, or another one as the doer."""
    left, right = (_named(actors) for actors in (one, other))
    if not left or not right:
        return {}
    if left.keys() & right.keys():
        return {"actor_same": 1.0}
    if any(a in above or b in beyond for a, beyond in left.items() for b, above in right.items()):
        return {"actor_unit": 1.0}
    return {"actor_other": 1.0}


def _named(actors: Iterable[ActorAccount]) -> dict[str, tuple[str, ...]]:
    """The perpetrators with a name or a row in the tables, and what each is a unit of."""
    return {actor.link or fold(actor.name).lower(): actor.above for actor in actors
            if actor.status != "denied" and actor.kind in ("group", "force")}


def _heads(phrases: Iterable[str]) -> set[str]:
    return {words[-1].rstrip("s") for phrase in phrases if (words := phrase.split())}


def _overlap(name: str, one: Iterable[str], other: Iterable[str]) -> Features:
    left, right = set(one), set(other)
    if not left or not right:
        return {}
    return {f"{name}_same" if left & right else f"{name}_other": 1.0}


def _tolls(one: Iterable[TollAccount], other: Iterable[TollAccount], ontology: Ontology) -> Features:
    """Whether as many suffered, as far as both say; counts that the graph writes with one property are one."""
    left, right = _by_property(one, ontology), _by_property(other, ontology)
    found: Features = {}
    for name in sorted(left.keys() & right.keys()):
        gap = min(_toll_gap(a, b) for a in left[name] for b in right[name])
        found[f"{name}_same" if gap == 0 else f"{name}_near" if gap <= _GROWTH else f"{name}_apart"] = 1.0
    return found


def _by_property(tolls: Iterable[TollAccount], ontology: Ontology) -> dict[str, list[TollAccount]]:
    found: dict[str, list[TollAccount]] = {}
    for toll in tolls:
        if name := ontology.toll_properties.get((toll.outcome, toll.side, "min")):
            found.setdefault(name.removesuffix("Min"), []).append(toll)
    return found


def _toll_gap(one: TollAccount, other: TollAccount) -> float:
    """Nought where two ranges meet, else the distance between them as a share of the larger number."""
    low, high = max(one.min or 0, other.min or 0), min(_top(one), _top(other))
    return 0.0 if low <= high else (low - high) / max(low, 1)


def _top(toll: TollAccount) -> float:
    return math.inf if toll.max is None else float(toll.max)
