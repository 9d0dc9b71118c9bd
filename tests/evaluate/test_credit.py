"""Dates, places, counts and classes are right, half right or wrong."""

from __future__ import annotations

import pytest

from kg.evaluate.credit import count_credit, date_credit, interval, place_credit
from kg.evaluate.gold import Count
from kg.evaluate.vocabulary import Vocabulary
from kg.records import Casualties, When


def when(earliest: str, latest: str) -> When:
    return When(earliest=earliest, latest=latest, precision="range", text="")


def toll(low: int | None, high: int | None) -> Casualties:
    return Casualties(outcome="killed", side="victims", min=low, max=high, start=0, end=0, text="")


@pytest.mark.parametrize(("dates", "told", "expected"), [
    (["2020-05-03"], when("2020-05-03", "2020-05-03"), 1.0),
    (["2020-05-03"], when("2020-05-01", "2020-05-31"), 0.5),
    (["2020-05-03"], when("2020-05-04", "2020-05-04"), 0.0),
    (["2020-05-03", "2020-05-04"], when("2020-05-04", "2020-05-04"), 1.0),
    (["2020-05"], when("2020-05-01", "2020-05-31"), 1.0),
    (["2020-05"], when("2020-05-04", "2020-05-10"), 1.0),
    (["2020-05"], when("2020-05-04", "2020-05-04"), 0.5),
    (["2020"], when("2019-12-30", "2020-01-05"), 0.0),
    (["2020"], None, 0.0),
    ([], when("2020-05-03", "2020-05-03"), 0.0),
])
def test_a_date_earns_by_its_interval(dates: list[str], told: When | None, expected: float) -> None:
    assert date_credit(dates, told) == expected


@pytest.mark.parametrize(("date", "last"), [
    ("2020-02", "2020-02-29"), ("2021-02", "2021-02-28"), ("2020", "2020-12-31"), ("2020-02-03", "2020-02-03"),
])
def test_a_date_without_day_means_all_of_its_days(date: str, last: str) -> None:
    assert interval(date)[1] == last


@pytest.mark.parametrize(("bounds", "told", "expected"), [
    ((12, 12), [(12, 12)], 1.0),
    ((12, None), [(12, None)], 1.0),
    ((12, None), [(12, 12)], 0.5),
    ((12, 14), [(12, 12), (14, 14)], 1.0),
    ((14, 14), [(12, 12), (2, 2)], 1.0),
    ((12, 12), [(12, 12), (2, 2)], 1.0),
    ((5, 5), [(12, 12), (5, 5)], 0.5),
    ((None, 5), [(None, 7)], 0.0),
    ((12, 12), [(13, 13)], 0.0),
    ((12, 12), [], 0.0),
])
def test_a_count_earns_by_its_bounds(
    bounds: tuple[int | None, int | None], told: list[tuple[int | None, int | None]], expected: float,
) -> None:
    gold = Count(min=bounds[0], max=bounds[1])
    assert count_credit(gold, [toll(low, high) for low, high in told]) == expected


@pytest.mark.parametrize(("told", "expected"), [
    (("Ardul", "Pakistan"), 1.0), (("Pakistan",), 0.5), (("Tezin",), 0.0), ((), 0.0),
])
def test_the_most_specific_place_counts_whole(vocabulary: Vocabulary, told: tuple[str, ...], expected: float) -> None:
    assert place_credit(("Ardul", "Pakistan"), told, vocabulary.wording) == expected


@pytest.mark.parametrize(("types", "told", "credit", "fits"), [
    (("bombing",), "Bombing", 1.0, True),
    (("bombing",), "VehicleBombing", 1.0, True),
    (("suicide_bombing",), "Bombing", 0.75, True),
    (("suicide_bombing",), "Attack", 0.5, True),
    (("ambush",), "Bombing", 0.0, True),
    (("clash",), "Bombing", 0.0, False),
    (("clash", "ambush"), "Ambush", 1.0, True),
    (("airstrike",), "Arrest", 0.0, False),
    (("security_operation",), "Arrest", 0.75, True),
    (("other",), "Protest", 1.0, True),
    (("bombing",), "NoSuchClass", 0.0, False),
])
def test_a_class_earns_by_its_distance(
    vocabulary: Vocabulary, types: tuple[str, ...], told: str, credit: float, fits: bool,
) -> None:
    assert vocabulary.type_credit(types, told) == credit
    assert vocabulary.compatible(types, False, told) is fits


def test_every_class_and_predicate_behind_a_label_is_in_the_ontology(vocabulary: Vocabulary) -> None:
    known, file = vocabulary.ontology, vocabulary.file
    classes = {name for names in file.types.values() for name in names} | {file.attack}
    predicates = {name for table in (file.predicates, file.extra_predicates) for row in table.values() for name in row}
    assert classes <= known.event_classes.keys()
    assert predicates == known.relations.keys()
    assert file.not_happened | file.denied <= known.statuses.keys()


@pytest.mark.parametrize(("name", "expected"), [("Pakistan", "PK"), ("Atlantis", "Atlantis"), (None, None)])
def test_a_country_is_compared_by_its_code(vocabulary: Vocabulary, name: str | None, expected: str | None) -> None:
    assert vocabulary.country(name) == expected
