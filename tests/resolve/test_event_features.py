"""What sets two accounts of an event apart and what they have in common."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kg.records import Span
from kg.resolution import ActorAccount, EventProfile, PlaceAccount, TollAccount
from kg.resolve.eventfeatures import event_features

COUNTRY, PROVINCE, DISTRICT = "geonames:1", "geonames:2", "geonames:3"


def town(name="Karve", link="geonames:9", lat=10.0, lon=10.0, within=(DISTRICT, PROVINCE, COUNTRY)):
    return PlaceAccount(name=name, link=link, level="locality", within=within, lat=lat, lon=lon)


def area(name, link, level, within):
    return PlaceAccount(name=name, link=link, level=level, within=within)


TOWN = town()
NEIGHBOUR = town("Sote", "geonames:10", lat=10.1)
FAR = town("Lurin", "geonames:11", lat=12.0, within=("geonames:33", "geonames:22", COUNTRY))
D = area("Karve District", DISTRICT, "admin2", (PROVINCE, COUNTRY))
P = area("Upper Province", PROVINCE, "admin1", (COUNTRY,))
ABROAD = area("Lake Region", "geonames:77", "admin1", ("geonames:70",))


def unknown(name, *within):
    return PlaceAccount(name=name, within=within)


def event(**given):
    fields = {"id": "event:1", "document": "d1", "key": "k", "type": "Bombing", "status": "asserted",
              "salience": "main"}
    return EventProfile(**{**fields, **given})


def features(resolver, one, other):
    found = event_features(event(**one), event(id="event:2", document="d2", **other), resolver._knowledge.ontology)
    assert found == event_features(event(id="event:2", document="d2", **other), event(**one),
                                   resolver._knowledge.ontology), "features do not depend on which comes first"
    return {name for name, value in found.items() if value}


@pytest.mark.parametrize(("one", "other", "expected"), [
    ((TOWN,), (TOWN, P), "place_same"),
    ((TOWN, D, P), (D,), "place_inside"),
    ((TOWN,), (P,), "place_wide"),
    ((P,), (P,), "place_wide"),
    ((TOWN,), (NEIGHBOUR,), "place_near"),
    ((TOWN,), (FAR,), "place_far"),
    ((TOWN,), (ABROAD,), "place_far"),
    ((D,), (area("Sote District", "geonames:4", "admin2", (PROVINCE, COUNTRY)),), "place_apart"),
    ((unknown("Goth Wali", DISTRICT, PROVINCE),), (unknown("Goth Wali", PROVINCE),), "place_name"),
    ((unknown("Goth Wali", DISTRICT),), (unknown("Goth Wali", "geonames:70"),), "place_unknown"),
    ((unknown("bus station", DISTRICT), D), (unknown("terminal", DISTRICT), D), "place_same"),
    ((), (TOWN,), "place_unknown"),
    ((replace(TOWN, also=("geonames:8",)),), (area("Karwe District", "geonames:8", "admin2", (PROVINCE, COUNTRY)),),
     "place_name"),
])
def test_the_nearest_places_decide(resolver, one, other, expected):
    found = features(resolver, {"places": one}, {"places": other})
    assert {name for name in found if name.startswith("place_")} - {"place_unlike"} == {expected}


@pytest.mark.parametrize(("one", "other", "expected"), [
    ((unknown("Goth Wali", PROVINCE), P), (TOWN, P), True),
    ((unknown("Goth Wali", PROVINCE), P), (unknown("Dera Khan", PROVINCE), P), True),
    ((unknown("Goth Wali", PROVINCE), P), (P,), False),
    ((unknown("Goth Wali", PROVINCE), P), (D,), False),
    ((TOWN,), (NEIGHBOUR,), False),
])
def test_towns_of_other_names_are_unlike_where_distance_does_not_tell(resolver, one, other, expected):
    assert ("place_unlike" in features(resolver, {"places": one}, {"places": other})) == expected


@pytest.mark.parametrize(("one", "other", "expected"), [
    (("2024-05-02", "2024-05-02", "day"), ("2024-05-02", "2024-05-02", "day"), {"date_same"}),
    (("2024-05-02", "2024-05-02", "day"), ("2024-05-01", "2024-05-31", "month"), {"date_within"}),
    (("2024-05-02", "2024-05-02", "day"), ("2024-05-03", "2024-05-03", "day"), {"date_next"}),
    (("2024-05-02", "2024-05-02", "day"), ("2024-06-02", "2024-06-02", "day"), {"date_apart", "date_gap"}),
    (("2024-05-02", "2024-05-02", "day"), (None, None, None), {"date_unknown"}),
])
def test_dates_are_compared_as_precisely_as_they_are_known(resolver, one, other, expected):
    given = [dict(zip(("earliest", "latest", "precision"), row, strict=True)) for row in (one, other)]
    assert {name for name in features(resolver, *given) if name.startswith("date_")} == expected


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("Bombing", "Bombing", "class_same"), ("SuicideBombing", "Attack", "class_kin"),
    ("Ambush", "Bombing", "class_sibling"), ("Clash", "Bombing", "class_other"),
    ("Protest", "Bombing", "class_apart"), ("Arrest", "Bombing", "class_apart"), ("Arrest", "Surrender", "class_other"),
])
def test_classes_are_compared_by_the_ontology(resolver, one, other, expected):
    assert expected in features(resolver, {"type": one}, {"type": other})


def actor(link, *above, status="claimed", kind="group"):
    return ActorAccount(entity="x", name=link, kind=kind, link=link, above=above, role="perpetrator", status=status,
                        span=Span(start=0, end=1))


@pytest.mark.parametrize(("one", "other", "expected"), [
    ((actor("group:a"),), (actor("group:a", status="suspected"),), {"actor_same"}),
    ((actor("group:a-unit", "group:a"),), (actor("group:a"),), {"actor_unit"}),
    ((actor("group:a"),), (actor("group:b"),), {"actor_other"}),
    ((actor("group:a"),), (), set()),
    ((actor("group:a", status="denied"),), (actor("group:a"),), set()),
])
def test_doers_are_compared_unless_they_deny(resolver, one, other, expected):
    found = features(resolver, {"actors": one}, {"actors": other})
    assert {name for name in found if name.startswith("actor_")} == expected


def toll(low, high, outcome="killed", side="victims"):
    return TollAccount(outcome=outcome, side=side, min=low, max=high)


@pytest.mark.parametrize(("one", "other", "expected"), [
    ((toll(12, 12),), (toll(12, 12, side="unknown"),), {"killed_same"}),
    ((toll(12, None),), (toll(14, 14),), {"killed_same"}),
    ((toll(12, 12),), (toll(14, 14),), {"killed_near"}),
    ((toll(2, 2),), (toll(40, 40),), {"killed_apart"}),
    ((toll(2, 2, "injured"),), (toll(2, 2, "killed"),), set()),
    ((toll(2, 2, side="attackers"),), (toll(2, 2),), set()),
])
def test_tolls_may_agree_grow_or_be_far_apart(resolver, one, other, expected):
    found = features(resolver, {"tolls": one}, {"tolls": other})
    assert {name for name in found if name.startswith("killed")} == expected


def test_reports_count_only_where_both_are_about_the_event(resolver):
    told = {"story": {"tindawa": 1.0}, "lead": {"tindawa": 1.0}, "published": "2024-05-02"}
    assert {"story", "lead"} <= features(resolver, told, told)
    assert not {"story", "lead"} & features(resolver, told, {**told, "salience": "background"})


@pytest.mark.parametrize(("one", "other", "shared"), [
    ("2024-05-02", "2024-05-28", True),
    ("2024-05-02", "2024-07-01", False),
])
def test_a_village_that_no_table_knows_brings_tellings_of_a_month_together(resolver, one, other, shared):
    village = PlaceAccount(name="Goth Wali", spelled="got vali")
    keys = [resolver.blocks(event(id=f"event:{day}", places=(village,), earliest=day, latest=day, precision="day"))
            for day in (one, other)]
    assert bool(keys[0] & keys[1]) == shared


def test_an_anniversary_meets_what_happened_in_the_middle_of_its_range(resolver):
    village = PlaceAccount(name="Goth Wali", spelled="got vali")
    recalled = event(places=(village,), earliest="2023-04-05", latest="2023-06-04", precision="range")
    told = event(id="event:2", places=(village,), earliest="2023-05-08", latest="2023-05-08", precision="day")
    assert resolver.blocks(recalled) & resolver.blocks(told)
