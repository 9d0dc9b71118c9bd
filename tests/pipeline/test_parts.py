"""The parts of an extraction are found again by their keys after the text was read by another extractor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.pipeline.parts import Part, event_keys, parts
from kg.records import Extraction

Read = Callable[..., Extraction]
PREFIX = "By our correspondent\n\n"
RELINKED = {"Daruk": "geonames:2", "The Harim Front": None}


def by_key(extraction: Extraction, owner: str, slot: str, words: str) -> Part:
    return next(p for p in parts(extraction) if (p.owner, p.slot, p.words) == (owner, slot, words))


def again(extraction: Extraction, part: Part) -> list[Part]:
    return [one for one in parts(extraction) if set(one.keys) & set(part.keys)]


@pytest.mark.parametrize(("owner", "slot", "words"), [
    ("e1", "class", "Bombing"), ("e1", "date", "2031-05-04"), ("e1", "country", "AF"), ("e1", "place", "Daruk"),
    ("e1", "target", "checkpoint"), ("e1", "actor", "The Harim Front"), ("e1", "toll", "12 soldiers"),
    ("e2", "class", "ArmedAssault"), ("e2", "place", "Velun"), ("e2", "part of", ""),
    ("r1", "relation", "The Harim Front opposes Coast Railway"), ("x1", "name", "The Harim Front"),
])
def test_keys_outlive_shifted_offsets_and_other_links(read: Read, owner: str, slot: str, words: str) -> None:
    part = by_key(read(), owner, slot, words)
    assert [(one.owner, one.slot, one.words) for one in again(read(PREFIX, linked=RELINKED), part)] == [
        (owner, slot, words)]


@pytest.mark.parametrize(("owner", "slot", "words", "found"), [
    ("e1", "date", "2031-05-04", True), ("e1", "toll", "12 soldiers", True), ("e2", "class", "ArmedAssault", False),
])
def test_keys_find_an_event_that_was_read_together_with_another(read: Read, owner: str, slot: str, words: str,
                                                               found: bool) -> None:
    part = by_key(read(), owner, slot, words)
    assert bool(again(read(merged=True), part)) is found


def test_a_missing_event_is_not_mistaken_for_another(read: Read) -> None:
    first = [part for part in parts(read()) if part.owner == "e1"]
    assert not any(again(read(without=("e1",)), part) for part in first)


def test_no_two_parts_of_a_report_share_a_key(read: Read) -> None:
    keys = [key for part in parts(read()) for key in part.keys]
    assert len(keys) == len(set(keys))


def test_an_event_has_its_own_key_first(read: Read) -> None:
    alone, together = read().events[0], read(merged=True).events[0]
    keys = event_keys(read(merged=True), together)
    assert len(keys) == 2
    assert event_keys(read(), alone)[0] in keys
