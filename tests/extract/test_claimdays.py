"""The day of a claim, of a later death or of a funeral is not the day of the attack."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Document

DAYS = [
    ("The Islamic State claimed responsibility on Thursday for the raid on a post in Kirkuk, saying that it killed "
     "nine soldiers.", None),
    ("The Taliban on Thursday claimed a bombing that killed nine soldiers in Kunduz two days earlier.", "2025-09-16"),
    ("The Taliban claimed responsibility on Thursday for Tuesday's bombing in Kunduz, which killed nine soldiers.",
     "2025-09-16"),
    ("Rebels ambushed a patrol near Jolo, killing three soldiers.\nA fourth soldier died on Wednesday.", None),
    ("Six guards were killed in an ambush by rebels in Sulu on Wednesday.", "2025-09-17"),
    ("Boko Haram killed 15 traders on an island of Lake Chad, a union said.\nThe gunmen opened fire on Tuesday "
     "morning, it said.", "2025-09-16"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_an_attack_has_its_own_day(toolbox: Toolbox, text: str, day: str | None) -> None:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    event = next(iter(toolbox.extractor.extract([document]))).events[0]
    found = event.date.earliest if event.date is not None and event.date.precision == "day" else None
    assert found == day


PLACES = [
    ("Gunmen killed nine people in Umm Tarda, about 40 kilometres south of Sebha.", {"Umm Tarda", "Sebha"},
     {"Umm Tarda"}),
    ("The raid on Hezbollah, in the Kesht valley, killed nine guards.", {"Kesht valley"}, set()),
    ("Families of Boko Haram fighters fled.", set(), set()),
]


@pytest.mark.parametrize(("text", "places", "where"), PLACES)
def test_unknown_villages_are_known_by_the_words_around_them(
        toolbox: Toolbox, text: str, places: set[str], where: set[str]) -> None:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    result = next(iter(toolbox.extractor.extract([document])))
    named = {mention.id: mention.text for mention in result.mentions if mention.kind == "place"}
    assert set(named.values()) == places
    assert where <= {named[place] for event in result.events for place in event.places if place in named}


def test_a_dateline_abroad_does_not_hide_the_country(toolbox: Toolbox) -> None:
    text = "TUNIS, Sept 18 (AB) - A car bomb killed three soldiers of the army in the south of Libya on Monday."
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    assert [event.country for event in next(iter(toolbox.extractor.extract([document]))).events] == ["LY"]
