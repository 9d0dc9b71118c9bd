"""Where and when an event was may stand in the sentences around it, and must not be taken from what is beside it."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Document, Event, Extraction


def extraction(toolbox: Toolbox, text: str) -> Extraction:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    return next(iter(toolbox.extractor.extract([document])))


def where_and_when(result: Extraction, event: Event) -> tuple[set[str], str | None]:
    words = {mention.id: mention.text for mention in result.mentions if mention.kind == "place"}
    day = event.date.earliest if event.date is not None and event.date.precision == "day" else None
    return {words[place] for place in event.places if place in words}, day


SETTINGS = [
    ("Gunmen killed five passengers of a bus in Kenya, police said.\n"
     "The bus was flagged down near Mandera on Tuesday by ten men.", {"Kenya", "Mandera"}, "2025-09-16"),
    ("Insurgents killed nine loggers in Nigeria, a village head said.\n"
     "The men were cutting firewood near Maiduguri on Tuesday.", {"Nigeria", "Maiduguri"}, "2025-09-16"),
    ("Gunmen killed five passengers of a bus in Kenya, police said.\n"
     "The bus was later found in Wajir on Wednesday.", {"Kenya"}, None),
    ("Gunmen killed five guards in Kenya on Monday, police said.\n"
     "The president was visiting Paris on Tuesday.", {"Kenya"}, "2025-09-15"),
    ("Mourners carried coffins through Quetta on Wednesday, a day after gunmen killed three guards in Khuzdar.",
     {"Khuzdar"}, "2025-09-16"),
    ("Gunmen killed three guards in Khuzdar on Monday.\nA wounded guard died in Karachi on Wednesday.",
     {"Khuzdar"}, "2025-09-15"),
    ("The group put out a video on Wednesday about an attack in Khuzdar that killed three guards.", {"Khuzdar"}, None),
    ("Herders who reached Quetta on Wednesday say gunmen killed three guards in Khuzdar two days earlier.",
     {"Khuzdar"}, "2025-09-15"),
]


@pytest.mark.parametrize(("text", "places", "day"), SETTINGS)
def test_an_event_takes_the_place_and_day_that_are_its_own(
        toolbox: Toolbox, text: str, places: set[str], day: str | None) -> None:
    result = extraction(toolbox, text)
    assert [where_and_when(result, event) for event in result.events] == [(places, day)]


def test_ordinals_mean_the_attacks_that_were_counted(toolbox: Toolbox) -> None:
    result = extraction(toolbox, "Two bombs shook the town within three days. The first tore through a checkpoint on "
                        "Monday, killing five. The second exploded outside a church on Tuesday, killing a deacon.")
    days = [where_and_when(result, event)[1] for event in result.events]
    assert days == ["2025-09-15", "2025-09-16"]


def test_a_part_without_a_place_lies_where_the_total_does(toolbox: Toolbox) -> None:
    result = extraction(toolbox, "Two attacks in Khuzdar killed eight people this week. The first killed three "
                        "nurses on Monday. The second killed five guards on Tuesday.")
    assert [where_and_when(result, event)[0] for event in result.events] == [{"Khuzdar"}] * 3


def test_an_ordinal_without_anything_counted_means_no_attack(toolbox: Toolbox) -> None:
    assert not extraction(toolbox, "Two books shook the town. The first hit the shops on Monday.").events


@pytest.mark.parametrize(("text", "kept"), [
    ("Five people died in Tuesday's blast at a checkpoint near Surab.", True),
    ("A terrorist explosion on the road killed an officer on Tuesday.", True),
    ("Six people were killed by an explosion in a shop on Tuesday. Nobody has claimed the explosion.", True),
    ("Six people were killed by an explosion in a shop on Tuesday.", False),
])
def test_an_explosion_is_an_act_only_where_something_says_so(toolbox: Toolbox, text: str, *, kept: bool) -> None:
    assert bool(extraction(toolbox, text).events) is kept


@pytest.mark.parametrize(("text", "linked"), [
    ("JNIM ambushed a convoy near Oulo on Tuesday. Eleven soldiers were buried in Ouagadougou.", False),
    ("A court in Oulo, Finland, sentenced two men over a bombing on Tuesday.", True),
])
def test_a_namesake_that_all_else_contradicts_is_no_place_of_the_tables(
        toolbox: Toolbox, text: str, *, linked: bool) -> None:
    result = extraction(toolbox, text)
    links = {mention.text: entity.link for mention in result.mentions for entity in result.entities
             if mention.entity == entity.id}
    assert (links.get("Oulo") is not None) is linked
