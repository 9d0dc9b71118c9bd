"""What a document's extraction got right, wrong and not at all is told apart."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from kg.evaluate import evaluate
from kg.evaluate.case import Case
from kg.evaluate.figures import Tally, figures
from kg.evaluate.gold import GoldDocument
from kg.evaluate.reliability import Judged, bins, calibration_error, judged
from kg.evaluate.results import Result, score
from kg.evaluate.vocabulary import Vocabulary
from kg.records import Extraction


@pytest.fixture(scope="module")
def result(gold: GoldDocument, extraction: Extraction, vocabulary: Vocabulary) -> Result:
    return score(Case(gold, extraction, vocabulary))


@pytest.fixture(scope="module")
def lenient(open_gold: GoldDocument, extraction: Extraction, vocabulary: Vocabulary) -> Result:
    return score(Case(open_gold, extraction, vocabulary))


def test_events_are_paired_missed_and_false(result: Result) -> None:
    assert [(pair.gold.gold.id, pair.told.event.id) for pair in result.events.pairs] == [("e1", "a")]
    assert [missed.gold.id for missed in result.events.missed] == ["e2"]
    assert [false.event.id for false in result.events.false] == ["b"]


def test_what_is_only_planned_is_not_compared(result: Result) -> None:
    assert "c" not in {told.event.id for told in result.case.told}


def test_slots_of_a_pair_are_right_half_right_or_wrong(result: Result) -> None:
    slots = {slot.slot: slot for slot in result.events.pairs[0].slots}
    assert (slots["date"].right, slots["date"].perfect) == (0.5, False)
    assert all(slots[name].perfect for name in ("place", "country", "claimed_by", "killed", "targets"))


def test_a_group_that_claims_is_no_false_attribution(result: Result) -> None:
    attributed = next(slot for slot in result.events.pairs[0].slots if slot.slot == "attributed_to")
    assert (attributed.told_words, attributed.told, attributed.perfect) == ("River Front", 0, True)


def test_relations_are_found_missed_and_false(result: Result) -> None:
    assert [row.id for row in result.relations.right] == ["r1"]
    assert [want.predicate for want in result.relations.missed] == ["opposes"]
    assert [row.id for row in result.relations.false] == ["r2"]


def test_groups_without_a_name_are_no_groups_and_two_of_one_are_split(result: Result) -> None:
    groups = result.groups
    assert (groups.found, groups.missed, groups.told, groups.split) == (
        ("River Front",), (), ("x1", "x4"), ("River Front",))


def test_what_the_labels_leave_open_is_neither_right_nor_wrong(lenient: Result) -> None:
    assert [told.event.id for told in lenient.events.neutral] == ["b"]
    assert [row.id for row in lenient.relations.neutral] == ["r2"]
    assert (lenient.events.false, lenient.relations.false) == ((), ())


def test_figures_add_up(result: Result) -> None:
    found = figures([result, result])
    assert found.parts["events"] == Tally(right=2, told=4, gold=4)
    assert found.parts["main"] == Tally(right=2, told=4, gold=2)
    assert found.parts["relations"] == Tally(right=2, told=4, gold=4)
    assert found.parts["groups"] == Tally(right=2, told=4, gold=2)
    assert found.slots["targets"] == Tally(right=0, told=0, gold=2)
    assert (found.split_groups, found.false_attacks, found.type_accuracy) == (2, 0, 1.0)


def test_attacks_in_a_document_without_events_are_counted(
    gold: GoldDocument, extraction: Extraction, vocabulary: Vocabulary,
) -> None:
    labels = msgspec.structs.replace(gold.labels, events=())
    case = Case(msgspec.structs.replace(gold, labels=labels), extraction, vocabulary)
    assert figures([score(case)]).false_attacks == 2


def test_a_document_without_an_extraction_counts_as_empty(gold: GoldDocument, vocabulary: Vocabulary) -> None:
    (result,) = evaluate([gold], {}, vocabulary)
    assert len(result.events.missed) == 2
    assert figures([result]).parts["events"].f1 == 0


@pytest.mark.parametrize(("tally", "precision", "recall", "f1"), [
    (Tally(right=2, told=4, gold=3), 1 / 2, 2 / 3, 4 / 7), (Tally(), 1, 1, 1), (Tally(gold=3), 0, 0, 0),
    (Tally(told=3), 0, 0, 0),
])
def test_rates_of_a_tally(tally: Tally, precision: float, recall: float, f1: float) -> None:
    assert (tally.precision, tally.recall, tally.f1) == (precision, recall, f1)


def test_assertions_are_judged_by_the_labels(result: Result, lenient: Result) -> None:
    told = sorted((one.kind, one.confidence, one.right) for one in judged([result]))
    assert told == [("actors", 0.8, True), ("events", 0.55, False), ("events", 0.9, True), ("relations", 0.7, False),
                    ("relations", 0.9, True)]
    assert all(one.right for one in judged([lenient]))


def test_an_actor_of_the_public_form_has_no_confidence_to_judge(
    gold: GoldDocument, extraction: Extraction, vocabulary: Vocabulary,
) -> None:
    plain = [msgspec.structs.replace(event, actors=tuple(
        msgspec.structs.replace(actor, rule="", confidence=0.0) for actor in event.actors))
        for event in extraction.events]
    case = Case(gold, msgspec.structs.replace(extraction, events=tuple(plain)), vocabulary)
    assert "actors" not in {one.kind for one in judged([score(case)])}


def test_the_reliability_table_compares_confidence_with_the_share_that_is_right() -> None:
    sure = Judged(kind="events", rule="", confidence=0.8, right=True)
    rows = [sure] * 3 + [replace(sure, right=False), replace(sure, confidence=1.0)]
    assert [(row.low, row.count, row.right) for row in bins(rows)] == [(0.8, 4, 0.75), (0.9, 1, 1.0)]
    assert calibration_error(rows) == pytest.approx(0.04)
    assert calibration_error([]) == 0


def test_pairs_are_those_that_fit_best_as_a_whole(
    gold: GoldDocument, extraction: Extraction, vocabulary: Vocabulary,
) -> None:
    first = extraction.events[0]
    vague = msgspec.structs.replace(first, id="z", date=None, places=(), casualties=(), actors=())
    for events in ((vague, first), (first, vague)):
        result = score(Case(gold, msgspec.structs.replace(extraction, events=events), vocabulary))
        assert [(pair.gold.gold.id, pair.told.event.id) for pair in result.events.pairs] == [("e1", "a")]
        assert [false.event.id for false in result.events.false] == ["z"]
