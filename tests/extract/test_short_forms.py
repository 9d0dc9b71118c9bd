"""Digests, notes, headlines and follow-ups tell of attacks in few words; each item of a list is its own event."""

from __future__ import annotations

import pytest

from kg.extract.items import item_heads
from kg.pipeline import Toolbox
from kg.records import Document, Event, Extraction

Told = tuple[str, str | None, frozenset[str]]


def _read(toolbox: Toolbox, text: str) -> Extraction:
    document = Document(id="d", source="made up", text=text, published="2025-09-20")
    return next(iter(toolbox.extractor.extract([document])))


def _told(extraction: Extraction, event: Event) -> Told:
    names = {mention.id: mention.text for mention in extraction.mentions}
    day = event.date.earliest if event.date is not None and event.date.precision == "day" else None
    return event.type, day, frozenset(names[place] for place in event.places)


@pytest.mark.parametrize(("text", "told"), [
    ("Sahel notes\n\n"
     "12 Sep - Bosso, Diffa: ISWAP ambush on an army patrol, 6 killed.\n"
     "14 Sep - Tillabéri: a mine hits a bus, 4 passengers killed.\n",
     {("Ambush", "2025-09-12", frozenset({"Bosso", "Diffa"})), ("Bombing", "2025-09-14", frozenset({"Tillabéri"}))}),
    ("The week\n\n"
     "- Bangui, 15 September: a grenade explodes in a bar; two drinkers killed.\n"
     "- Bria, 17 September: rebels attack a convoy. Toll unknown.\n",
     {("Bombing", "2025-09-15", frozenset({"Bangui"})), ("Attack", "2025-09-17", frozenset({"Bria"}))}),
])
def test_each_item_of_a_list_is_an_event_at_the_place_and_day_of_its_head(
        toolbox: Toolbox, text: str, told: set[Told]) -> None:
    extraction = _read(toolbox, text)
    assert {_told(extraction, event) for event in extraction.events} == told


@pytest.mark.parametrize("text", [
    "Kabul: A bomb killed two people on Friday. The attack was claimed by nobody.",
    "KABUL, Sept 3 (Wire) - A bomb killed two people.\nThe police: no comment.\nThe bomb was large.",
    "Police: the first bomb was small.\nMayor: the second was large.",
    "09:10 - A blast was heard.\n09:40 - Two dead, says a doctor.",
])
def test_datelines_speakers_and_times_of_day_head_no_items(text: str) -> None:
    assert item_heads(text) == {}


@pytest.mark.parametrize(("text", "kind"), [
    ("A mine killed two soldiers near Bosso on Friday.", "Bombing"),
    ("A bus hit a mine on the road to Hombori on Friday, killing four passengers.", "Bombing"),
    ("Two soldiers died when their vehicle drove over a mine near Diffa on Friday.", "Bombing"),
    ("A bomber walked into the Corner Café in Sidon on Friday and set off his vest.", "Bombing"),
    ("The toll of the bus ambush near Hombori has gone up to nine.", "Ambush"),
    ("Three suspects in the attack on the Toumour barracks were charged on Thursday.", "Attack"),
    ("Eleven farmers were killed in Bankass circle on 2 July. JNIM is suspected.", "Attack"),
    ("Rebels downed an army helicopter near Masisi on Friday, killing four soldiers.", "ArmedAssault"),
    ("Fighters carried off 40 pupils from a dormitory in Kuriga on Friday.", "Kidnapping"),
    ("Two people were killed in twin explosions in the market of Garissa on Monday.", "Bombing"),
    ("Four teachers were martyred in a blast in Turbat on Monday.", "Bombing"),
    ("The death toll of the shooting of an imam in Mostaganem rose to two.", "ArmedAssault"),
])
def test_a_brief_tells_of_an_attack_by_its_weapon_site_or_suspect(toolbox: Toolbox, text: str, kind: str) -> None:
    assert [event.type for event in _read(toolbox, text).events if event.type != "Arrest"] == [kind]


@pytest.mark.parametrize("text", [
    "A gold mine collapsed in Kouroussa on Friday, killing two miners.",
    "A truck hit the gate of the mine on Friday, killing a guard.",
    "The opposition's attack on the central bank continued on Friday.",
    "The newspaper's attack on the university drew replies.",
    "Eleven farmers were killed in Bankass circle on 2 July.",
    "The prosecutor set off one charge against the other.",
    "The trader downed three beers in Cali.",
    "The militants took away the rubbish.",
    "The shooting of a film about an imam began in Mostaganem last Friday.",
    "The fire brigade lost its men in a blast. Its men died of smoke.",
])
def test_accidents_and_figures_of_speech_are_no_attacks(toolbox: Toolbox, text: str) -> None:
    assert _read(toolbox, text).events == ()


@pytest.mark.parametrize(("text", "days"), [
    ("Rebels killed seven people in Mayang on Sunday. It came five days after they shot nine in Tural.",
     ["2025-09-14", "2025-09-09"]),
    ("Gunmen killed four policemen in Tank on Monday. Three days after the attack, militants bombed a school in Tank.",
     ["2025-09-15", "2025-09-18"]),
    ("One year ago today, a suicide bomber killed 22 worshippers at a mosque in Zahedan.", ["2024-09-20"]),
    ("The body of the judge was found on Tuesday, 54 days after he was kidnapped by rebels in Sur.",
     ["2025-07-24"]),
])
def test_distances_count_from_the_event_that_their_words_mean(
        toolbox: Toolbox, text: str, days: list[str | None]) -> None:
    extraction = _read(toolbox, text)
    assert [_told(extraction, event)[1] for event in extraction.events] == days


@pytest.mark.parametrize(("text", "counts"), [
    ("Rebel ambush on a patrol near Sur, 8 killed.", {("killed", 8)}),
    ("Drone strike on a fuel depot; three workers killed.", {("killed", 3)}),
    ("Rebels shot at a patrol near Sur, 8 of them armed.", set()),
])
def test_the_number_at_the_end_of_a_note_is_its_toll(toolbox: Toolbox, text: str, counts: set[tuple[str, int]]) -> None:
    found = {(toll.outcome, toll.min) for event in _read(toolbox, text).events for toll in event.casualties}
    assert found == counts


def test_explosives_that_went_off_are_one_of_the_attacks_counted_before(toolbox: Toolbox) -> None:
    text = ("At least 18 people were killed in two separate attacks in Colombia on Thursday.\n"
            "A vehicle loaded with explosives detonated near a base in Cali. The explosion killed six people.\n"
            "Gunmen shot 12 policemen dead in Amalfi, in the north.")
    whole, *parts = _read(toolbox, text).events
    assert [part.part_of for part in parts] == [whole.id] * 2
