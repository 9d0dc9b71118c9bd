"""A value of an event is judged by the label of that event."""

from __future__ import annotations

import msgspec
import pytest

from kg.evaluate.case import Case
from kg.evaluate.gold import GoldDocument
from kg.evaluate.reliability import judged, share_right
from kg.evaluate.results import Result, score
from kg.evaluate.valuation import value_credit
from kg.evaluate.vocabulary import Vocabulary
from kg.records import Estimate, Extraction


@pytest.fixture(scope="module")
def result(gold: GoldDocument, extraction: Extraction, vocabulary: Vocabulary) -> Result:
    return score(Case(gold, extraction, vocabulary))


def estimate(slot: str, value: str = "") -> Estimate:
    return Estimate(slot=slot, value=value, rule=f"{slot}.plain", confidence=0.6)


@pytest.mark.parametrize(("slot", "value", "credit"), [
    ("date", "", 0.5), ("country", "", 1.0), ("salience", "", 1.0), ("place", "m1", 1.0), ("place", "m4", 0.0),
    ("place", "Pakistan", 1.0), ("target", "m4", 0.0), ("weapon", "m4", 0.0),
])
def test_a_value_of_a_found_event_is_worth_what_its_label_says(
        result: Result, slot: str, value: str, credit: float) -> None:
    pair = result.events.pairs[0]
    assert value_credit(result.case, pair.gold, pair.told, estimate(slot, value)) == credit


def test_a_count_is_right_by_both_bounds_and_open_if_its_outcome_is_not_labelled(result: Result) -> None:
    pair = result.events.pairs[0]
    count = pair.told.event.casualties[0]
    assert value_credit(result.case, pair.gold, pair.told, estimate("toll", count.key)) == 1.0
    assert value_credit(result.case, pair.gold, pair.told, estimate("toll", "arrested@3")) is None


def test_every_value_of_a_false_event_is_wrong(result: Result) -> None:
    told = result.events.false[0]
    assert value_credit(result.case, None, told, estimate("date")) == 0.0


def test_values_are_judged_only_if_their_confidence_is_known(
        gold: GoldDocument, extraction: Extraction, vocabulary: Vocabulary, result: Result) -> None:
    assert [one for one in judged([result]) if one.kind == "values"] == []
    event = msgspec.structs.replace(extraction.events[0], estimates=(estimate("date"), estimate("country")))
    full = msgspec.structs.replace(extraction, events=(event, *extraction.events[1:]))
    found = [one for one in judged([score(Case(gold, full, vocabulary))]) if one.kind == "values"]
    assert [(one.rule, one.right) for one in found] == [("date.plain", 0.5), ("country.plain", 1.0)]
    assert share_right(found, 0.5) == (2, 0.75)
    assert share_right(found, 0.7) == (0, 1.0)
