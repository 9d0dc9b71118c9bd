"""Rejecting or correcting a part changes that part of an extraction and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from kg.errors import KGError
from kg.pipeline.amending import amend, bounds, days
from kg.pipeline.parts import Part, parts
from kg.records import Extraction, Kind
from kg.reviews import NewValue

Read = Callable[..., Extraction]


def part_of(extraction: Extraction, owner: str, slot: str, number: int = 0) -> Part:
    return [p for p in parts(extraction) if (p.owner, p.slot) == (owner, slot)][number]


@pytest.mark.parametrize(("slot", "field", "left"), [
    ("date", "date", None), ("country", "country", None), ("place", "places", ()), ("target", "targets", ()),
    ("toll", "casualties", ()),
])
def test_a_rejected_value_is_gone_and_all_else_stays(read: Read, slot: str, field: str, left: object) -> None:
    before = read()
    after = amend(before, part_of(before, "e1", slot), None)
    assert getattr(after.events[0], field) == left
    assert replace(after.events[0], **{field: getattr(before.events[0], field)}) == before.events[0]
    assert after.events[1:] == before.events[1:]


def test_an_event_without_its_class_is_none(read: Read) -> None:
    before = read()
    after = amend(before, part_of(before, "e1", "class"), None)
    assert [(event.id, event.part_of) for event in after.events] == [("e2", None)]


def test_of_two_actors_the_rejected_one_goes(read: Read) -> None:
    before = read()
    after = amend(before, part_of(before, "e1", "actor", 1), None)
    assert [actor.entity for actor in after.events[0].actors] == ["x1"]


def test_a_rejected_relation_goes(read: Read) -> None:
    before = read()
    assert amend(before, part_of(before, "r1", "relation"), None).relations == ()


@pytest.mark.parametrize(("slot", "value", "field", "expected"), [
    ("class", "Ambush", "type", "Ambush"), ("country", "PK", "country", "PK"),
])
def test_a_corrected_word_takes_the_place_of_the_old_one(read: Read, slot: str, value: str, field: str,
                                                         expected: str) -> None:
    before = read()
    after = amend(before, part_of(before, "e1", slot), NewValue(text=value))
    assert getattr(after.events[0], field) == expected


def test_a_corrected_place_that_the_text_names_is_that_place(read: Read) -> None:
    before = read()
    after = amend(before, part_of(before, "e1", "place"), NewValue(text="Velun", kind=Kind.PLACE))
    assert (after.events[0].places, after.entities, after.mentions) == (("m4",), before.entities, before.mentions)


def test_a_corrected_place_from_elsewhere_stands_where_the_old_one_did(read: Read) -> None:
    before = read()
    value = NewValue(text="Karsan", kind=Kind.PLACE, link="geonames:9")
    after = amend(before, part_of(before, "e1", "place"), value)
    mention = after.mention(after.events[0].places[0])
    assert (mention.text, after.entity(mention.entity or "").link) == ("Daruk", "geonames:9")
    assert after.mentions[:-1] == before.mentions


def test_a_corrected_count_keeps_its_place_in_the_text(read: Read) -> None:
    before = read()
    after = amend(before, part_of(before, "e1", "toll"), NewValue(text="14-15"))
    assert after.events[0].casualties == (replace(before.events[0].casualties[0], min=14, max=15),)


def test_what_a_text_calls_a_thing_is_not_changed(read: Read) -> None:
    before = read()
    with pytest.raises(KGError, match="calls a thing"):
        amend(before, part_of(before, "x1", "name"), None)


@pytest.mark.parametrize(("text", "expected"), [
    ("2031-05-04", ("2031-05-04", "2031-05-04", "day")), ("2031-02", ("2031-02-01", "2031-02-28", "month")),
    ("2031", ("2031-01-01", "2031-12-31", "year")), ("2031-05-04/2031-05-06", ("2031-05-04", "2031-05-06", "range")),
])
def test_dates_are_read_as_precisely_as_written(text: str, expected: tuple[str, str, str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize("text", ["", "Monday", "2031-13", "2031-02-30", "4.5.2031", "2031-05-06/2031-05-04", "31-5-4"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(KGError, match="no date"):
        days(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("12", (12, 12)), ("12-14", (12, 14)), ("12-", (12, None)), ("-14", (None, 14)), ("0", (0, 0)),
])
def test_counts_are_read_as_ranges(text: str, expected: tuple[int | None, int | None]) -> None:
    assert bounds(text) == expected


@pytest.mark.parametrize("text", ["", "-", "twelve", "14-12", "1.5", "12 soldiers"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(KGError, match="no number"):
        bounds(text)
