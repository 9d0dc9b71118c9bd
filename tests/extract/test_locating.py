"""Which places tell where something happened: made-up sentences read by the real extractor."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Document, Event


def event(toolbox: Toolbox, text: str) -> tuple[Event, list[str]]:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    found = next(iter(toolbox.extractor.extract([document])))
    first = found.events[0]
    return first, [found.mention(place).text for place in first.places]


@pytest.mark.parametrize(("text", "places", "country"), [
    ("Two weeks ago al-Shabaab attacked a base at a town near the Kenya border in Somalia.", ["Somalia"], "SO"),
    ("BOGOTA (AFP) - Four soldiers were killed by ELN rebels on Monday when a bomb hit their convoy near Tibu.",
     ["Tibu"], "CO"),
    ("The US targeted al-Shabaab with a second strike in Lower Shabelle on Monday and killed 13 militants.",
     ["Lower Shabelle"], "SO"),
    ("The bombings of two United States embassies in Africa killed 231 people in 1998.", ["Africa"], None),
    ("Militants used guns to take a nearby town, Barre Dheer, in an attack on soldiers in Somalia on Monday.",
     ["Barre Dheer", "Somalia"], "SO"),
    ("A suicide bomber killed four people in Quetta's Zarkhun area on Monday.", ["Zarkhun area", "Quetta"], "PK"),
    ("A Kenya attack killed 28 people on a bus on Monday, and al-Shabaab claimed it.", ["Kenya"], "KE"),
])
def test_offices_borders_and_owners_are_not_where_it_happened(
        toolbox: Toolbox, text: str, places: list[str], country: str | None) -> None:
    first, found = event(toolbox, text)
    assert (found, first.country) == (places, country)


@pytest.mark.parametrize(("text", "date"), [
    ("ETA has bombed four towers since the March 1 election in Spain.", None),
    ("Rebels bombed a bus in Colombo, wounding three people. The accord of 2002 is dead, analysts said.", None),
    ("The March 24 attack on Palma by insurgents killed dozens of people in Mozambique.", "2025-03-24"),
    ("Rebels bombed a bus in Colombo in May 2008, wounding three people.", "2008-05-01"),
])
def test_the_date_of_a_thing_is_not_that_of_the_event(toolbox: Toolbox, text: str, date: str | None) -> None:
    first, _ = event(toolbox, text)
    assert (first.date.earliest if first.date else None) == date
