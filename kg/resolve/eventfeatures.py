"""What the accounts that two documents give of an event have in common and what sets them apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from kg.ontology import Ontology
from kg.resolution import EventProfile, PlaceAccount, TollAccount
from kg.resolve.features import Features, cosine, numbers, published, report_places, shared_names, unusual
from kg.resolve.places import distance_km
from kg.resolve.policy import policy
from kg.resolve.views import EventView, Setting, Views, view_event
from kg.resolve.words import are_copies

_NARROW = ("locality", "admin2")
_NEAR_KM, _FAR_KM = 15.0, 60.0
# Tolls that differ by no more than this share of the larger one may be an earlier and a later count.
_GROWTH = 0.35
_viewed: Views[EventProfile, EventView] = Views(view_event)


def event_features(one: EventProfile, other: EventProfile, ontology: Ontology) -> Features:
    """The features of two events of different documents; all that is left out is nought."""
    left, right = _viewed(one), _viewed(other)
    found: Features = {
        "told_alike": math.sqrt(cosine(left.words, right.words)), **unusual(left.unusual, right.unusual),
        **_place(left.settings, right.settings), **_date(left, right), **_class(one.type, other.type, ontology),
        **_actors(left.actors, right.actors), **_overlap("weapon", left.weapons, right.weapons),
        **_overlap("target", left.targets, right.targets), **_overlap("victim", left.victims, right.victims),
        **_tolls(one.tolls, other.tolls, ontology),
        "part": float(one.part != other.part), "total": float(one.total != other.total),
    }
    found["day_and_place"] = float("date_same" in found and bool(found.keys() & _HERE))
    if one.salience == other.salience == "main":
        return {**found, **_reports(left, right)}
    return {**found, "background_one": float(one.salience != other.salience),
            "background_both": float(one.salience == other.salience)}


def _reports(one: EventView, other: EventView) -> Features:
    """What the reports tell, where both are about the event: of a digest of several, its words tell little."""
    likeness_of_words = {"story": cosine(one.story, other.story), "lead": math.sqrt(cosine(one.lead, other.lead)),
                         **shared_names(one.names, other.names)}
    if not (one.profile.alone and other.profile.alone):
        likeness_of_words = {f"digest_{name}": value for name, value in likeness_of_words.items()}
    return {**likeness_of_words, **numbers(one.numbers, other.numbers), **published(one.published, other.published),
            **_around(one, other), "copy": float(are_copies(one.sketch, other.sketch))}


def _around(one: EventView, other: EventView) -> Features:
    """How near the towns of two reports are, where one of them does not say where the event was."""
    if one.settings and other.settings:
        return {}
    found = report_places(one.around, other.around)
    return {f"report_{name}": value for name, value in found.items()}


def _place(one: Sequence[Setting], other: Sequence[Setting]) -> Features:
    """How near the smallest known places of two events are, by containment and distance.

    Places that no table knows say something only if they have one name: "the bus station" is "the terminal" elsewhere.
    """
    if _names_in_common(one, other) or any(_may_mean(a.place, b.place) for a in one for b in other):
        return {"place_name": 1.0}
    pairs = [_place_pair(left, right) for left in one if left.smallest for right in other if right.smallest]
    found = min(pairs, key=_NEARNESS.index) if pairs else "place_unknown"
    unlike = found in _VAGUE and _has_town(one) and _has_town(other)
    return {found: 1.0, "place_unlike": float(unlike)}


# From the nearest to the farthest: of all pairs of places the one that comes first here decides.
_NEARNESS = ("place_same", "place_inside", "place_near", "place_wide", "place_apart", "place_far")
# Relations that leave open whether two towns of other names, one of them in no table, are one place.
_VAGUE = frozenset({"place_wide", "place_unknown"})
# Two events are at one place as far as their documents can tell.
_HERE = frozenset({"place_same", "place_name", "place_inside"})


def _has_town(settings: Sequence[Setting]) -> bool:
    """Whether a town or village is named, known to the tables or not."""
    places = (setting.place for setting in settings)
    return any(place.level == "locality" if place.link else not place.facility for place in places)


def _names_in_common(one: Sequence[Setting], other: Sequence[Setting]) -> bool:
    """Whether both have a place of one name that the tables do not know to be two, in whatever spelling."""
    return any(left.name == right.name and _may_be_one(left, right) for left in one for right in other)


def _may_mean(one: PlaceAccount, other: PlaceAccount) -> bool:
    """Whether the name by which one place was told may mean the other, as that of a town may mean its district."""
    return one.link in other.also or other.link in one.also


def _may_be_one(left: Setting, right: Setting) -> bool:
    """Whether two places of one name lie where they may be one: as a town and its district are, and namesakes not."""
    if left.place.link == right.place.link and left.place.link:
        return False
    shared = len(left.chain & right.chain)
    if left.place.link and right.place.link:
        return shared > 1
    return bool(shared) or not left.place.within or not right.place.within


def _place_pair(left: Setting, right: Setting) -> str:
    one, other = left.place, right.place
    if one.link == other.link:
        return "place_same" if one.level in _NARROW else "place_wide"
    if one.link in right.chain or other.link in left.chain:
        outer = one if one.link in right.chain else other
        return "place_inside" if outer.level in _NARROW else "place_wide"
    km = distance_km(one, other)
    if km is not None and km <= _NEAR_KM and one.level in _NARROW and other.level in _NARROW:
        return "place_near"
    if km is not None and one.level == other.level == "locality":
        return "place_apart" if km <= _FAR_KM else "place_far"
    return "place_far" if not left.chain & right.chain or (km is not None and km > 2 * _FAR_KM) else "place_apart"


def _date(one: EventView, other: EventView) -> Features:
    """Whether the days on which two events may have happened meet, and how precisely they are known."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return _date_from_publication(one, other)
    gap = max(one.earliest - other.latest, other.earliest - one.latest)
    if gap <= 0:
        exact = one.profile.precision == other.profile.precision == "day"
        return {"date_same" if exact else "date_within": 1.0}
    return {"date_next" if gap == 1 else "date_apart": 1.0, "date_gap": math.log1p(gap - 1)}


def _date_from_publication(one: EventView, other: EventView) -> Features:
    """An event without a date is compared by the day of its report with the other's date."""
    known, unknown = (one, other) if one.earliest else (other, one)
    if known.latest is None or unknown.published is None or unknown.profile.salience != "main":
        return {"date_unknown": 1.0}
    late = unknown.published - known.latest
    return {"date_unknown": 1.0, "report_near": float(0 <= late <= 3), "report_far": float(not 0 <= late <= 30)}


def _class(one: str, other: str, ontology: Ontology) -> Features:
    if one == other:
        return {"class_same": 1.0}
    if one not in ontology.event_classes or other not in ontology.event_classes:
        return {"class_other": 1.0}
    above, below = {one, *ontology.ancestors(one)}, {other, *ontology.ancestors(other)}
    if above.isdisjoint(policy().bloodless) != below.isdisjoint(policy().bloodless):
        return {"class_apart": 1.0}
    if one in below or other in above:
        return {"class_kin": 1.0}
    return {"class_sibling" if above & below else "class_other": 1.0}


def _actors(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> Features:
    """Whether the same group is named, or a unit of it, or another one as the doer."""
    if not one or not other:
        return {}
    if one.keys() & other.keys():
        return {"actor_same": 1.0}
    if any(a in above or b in beyond for a, beyond in one.items() for b, above in other.items()):
        return {"actor_unit": 1.0}
    return {"actor_other": 1.0}


def _overlap(name: str, one: frozenset[str], other: frozenset[str]) -> Features:
    if not one or not other:
        return {}
    return {f"{name}_other" if one.isdisjoint(other) else f"{name}_same": 1.0}


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
