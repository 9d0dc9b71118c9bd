"""What the words of local papers and communiques say of doers, weapons and places, on made-up reports."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Document, Event, Extraction


def first(toolbox: Toolbox, text: str) -> tuple[Extraction, Event]:
    document = Document(id="d", source="made up", text=text, published="2024-05-14")
    found = next(iter(toolbox.extractor.extract([document])))
    return found, found.events[0]


def test_a_place_before_a_colon_is_no_part_of_the_sentence(toolbox: Toolbox) -> None:
    text = "Guwahati: Tribal separatists gunned down a woman and her son in Assam's Kokrajhar district on Tuesday."
    found, event = first(toolbox, text)
    assert event.type == "ArmedAssault"
    assert [found.entity(actor.entity).name for actor in event.actors] == ["separatists"]
    assert "Guwahati" not in {found.mention(place).text for place in event.places}


def test_the_stop_of_a_short_form_ends_no_sentence(toolbox: Toolbox) -> None:
    _, event = first(toolbox, "Three farmers were shot dead by gunmen in Brgy. Malinao, Kalibo, on Tuesday.")
    assert event.date is not None
    assert event.date.earliest == "2024-05-14"


@pytest.mark.parametrize(("text", "used"), [
    ("Rebels stormed a police post in Masbate on Monday and made off with 18 rifles, police said.", []),
    ("The attackers killed two policemen in Masbate on Monday and fled with a pistol.", []),
    ("Gunmen with assault rifles killed two policemen in Masbate on Monday and fled by car.", ["assault rifles"]),
])
def test_weapons_carried_off_were_not_used(toolbox: Toolbox, text: str, used: list[str]) -> None:
    found, event = first(toolbox, text)
    assert [found.mention(weapon).text for weapon in event.weapons] == used


@pytest.mark.parametrize(("who", "side"), [
    ("armed men", "perpetrators"), ("unarmed men", "victims"), ("armed guards", "victims"),
])
def test_armed_men_are_no_victims(toolbox: Toolbox, who: str, side: str) -> None:
    _, event = first(toolbox, f"Two soldiers and 18 {who} were killed in an attack on a post in Arish on Tuesday.")
    assert [toll.side for toll in event.casualties if toll.min == 18] == [side]
