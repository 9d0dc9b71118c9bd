"""What is kept of profiles makes comparisons quicker and nothing else."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest

from kg.records import Document, Extraction
from kg.resolution import PlaceAccount, ReportProfile
from kg.resolve.features import report_features
from kg.resolve.views import Views, view_report


def report(name="story:1", **given):
    return ReportProfile(**{"id": name, "document": name, "published": "2024-05-02", **given})


def test_a_profile_that_says_something_else_under_the_same_id_is_looked_at_anew():
    other = report("story:2", names=("amina yusra",))
    assert report_features(report(names=("amina yusra",)), other)["names"] > 0
    assert report_features(report(names=("bello dan",)), other)["names"] == 0


def test_views_are_made_once_for_a_profile():
    made = []
    views = Views(lambda profile: made.append(profile.id) or view_report(profile))
    profile = report()
    assert views(profile) is views(profile)
    assert made == ["story:1"]
    assert views(report()) is not views(profile)


def test_the_likeness_of_words_is_their_cosine():
    one, other = {"ambush": 0.6, "kidal": 0.8}, {"kidal": 0.5, "mine": 0.7, "road": 0.2}
    expected = 0.8 * 0.5 / (1.0 * math.sqrt(0.25 + 0.49 + 0.04))
    assert report_features(report(words=one), report("story:2", words=other))["words"] == pytest.approx(expected)
    assert report_features(report(words=one), report("story:2", words={"road": 1.0}))["words"] == 0


@pytest.mark.parametrize(("days", "given", "shared"), [
    (5, {"lead": {"goatherd": 0.8}}, True),
    (20, {"lead": {"goatherd": 0.8}}, False),
    (1, {"lead": {"sayyaf": 0.8}}, False),
    (20, {"names": ("amina yusra",)}, True),
    (130, {"names": ("amina yusra",)}, False),
    (130, {"names": ("amina yusra", "bello tanko")}, True),
    (800, {"names": ("amina yusra", "bello tanko")}, False),
    (130, {"names": ("amina yusra",), "numbers": ("age:34",)}, True),
    (800, {"names": ("amina yusra",), "numbers": ("age:34",)}, False),
])
def test_what_few_reports_share_brings_them_together_for_longer_but_not_for_ever(resolver, days, given, shared):
    day = (date(2024, 5, 2) + timedelta(days)).isoformat()
    one, other = report(**given), report("story:2", published=day, **given)
    assert bool(resolver.blocks(one) & resolver.blocks(other)) == shared


def test_reports_without_a_day_are_brought_together_by_a_town(resolver):
    town = PlaceAccount(name="Kidal", link="geonames:1", level="locality")
    one, other = (report(f"story:{turn}", places=(town,), published=None) for turn in (1, 2))
    assert resolver.blocks(one) & resolver.blocks(other)


def test_the_names_of_known_groups_are_no_names_that_reports_share(resolver):
    text = "Boko Haram said that its men shot Amina Yusra at the market."
    document = Document(id="d" * 64, source="a.txt", text=text)
    (story,) = resolver.profiles(Extraction(document=document), {"story": "story:1"})
    assert story.names == ("amina yusra",)


@pytest.mark.parametrize(("one", "other", "expected"), [
    (("geonames:9", "geonames:3", "geonames:2", "geonames:1"), ("geonames:8", "geonames:2", "geonames:1"), 0),
    (("geonames:9", "geonames:3", "geonames:2", "geonames:1"), ("geonames:8", "geonames:22", "geonames:1"), 1),
    (("geonames:2", "geonames:1"), ("geonames:9", "geonames:3", "geonames:2", "geonames:1"), 0),
    (("geonames:1",), ("geonames:9", "geonames:22", "geonames:1"), 0),
])
def test_reports_are_of_other_regions_if_they_name_places_of_no_province_in_common(one, other, expected):
    left, right = (report(name, places=(PlaceAccount(name="a", link=link, within=tuple(within)),))
                   for name, (link, *within) in (("story:1", one), ("story:2", other)))
    assert report_features(left, right)["region_other"] == expected


@pytest.mark.parametrize(("one", "other", "expected"), [
    (("NG",), ("ML",), 1), (("NG", "NE"), ("NE",), 0), ((), ("ML",), 0),
])
def test_reports_are_of_other_countries_if_both_name_some_and_none_in_common(one, other, expected):
    left, right = report(countries=one), report("story:2", countries=other)
    assert report_features(left, right)["country_other"] == expected
