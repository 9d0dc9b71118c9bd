"""What is kept of profiles makes comparisons quicker and nothing else."""

from __future__ import annotations

import math

import pytest

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


@pytest.mark.parametrize(("days", "name", "shared"), [
    (5, "boko haram", True),
    (20, "boko haram", False),
    (20, "amina yusra", True),
    (130, "amina yusra", False),
])
def test_a_known_group_brings_reports_together_only_within_the_week(resolver, days, name, shared):
    day = f"2024-{5 + (days + 1) // 31:02}-{(days + 1) % 31 + 1:02}"
    one, other = report(names=(name,)), report("story:2", names=(name,), published=day)
    assert bool(resolver.blocks(one) & resolver.blocks(other)) == shared


def test_reports_without_a_day_are_not_brought_together_by_a_known_group(resolver):
    one, other = (report(f"story:{turn}", names=("boko haram",), published=None) for turn in (1, 2))
    assert not resolver.blocks(one) & resolver.blocks(other)
    town = PlaceAccount(name="Kidal", link="geonames:1", level="locality")
    one, other = (report(f"story:{turn}", places=(town,), published=None) for turn in (1, 2))
    assert resolver.blocks(one) & resolver.blocks(other)
