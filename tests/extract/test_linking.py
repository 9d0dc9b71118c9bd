"""Which sentences tell of one event and which of another: made-up reports, read by the real extractor."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Document, Event, Extraction


def extraction(toolbox: Toolbox, text: str) -> Extraction:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    return next(iter(toolbox.extractor.extract([document])))


def killed(event: Event) -> set[int | None]:
    return {count.min for count in event.casualties if count.outcome == "killed"}


def killed_or_hurt(event: Event) -> set[int | None]:
    return {count.min for count in event.casualties if count.outcome in {"killed", "injured"}}


APART = [
    ("Two bombs exploded in Karachi on Monday, killing three people, a day after nine died in twin attacks in Quetta.",
     {3}),
    ("A bomb blast in Quetta on Monday killed 12 people, the worst in a series of attacks across Pakistan that left 90 "
     "dead.", {12}),
    ("Shelling killed four miners near Donetsk on Monday.\nSeparately, a policeman was shot dead by gunmen in "
     "Mariupol.", {4}),
    ("Police in Karachi said they had killed five militants in a raid on Monday.\n"
     "In March 2023 two suicide bombers killed 80 worshippers at a church.", {5}),
    ("Gunmen killed six soldiers in Quetta on Monday. The army had killed 14 militants in Kech.", {6}),
    ("Militants attacked a police post in Quetta in 2017, killing 14 officers. More than 1,300 people have been killed "
     "since.", {14}),
    ("Gunmen killed 12 people in Quetta and a bomb killed nine in Karachi on Monday.", {12}),
    ("Rebels bombed a bus in Tibu on Monday, killing eight officers. Troops in turn have killed several rebels.", {8}),
    ("Six rebels were killed in a clash in Sulu on Monday. A total of 12 rebels have been killed, the army said, as it "
     "sought two teachers who were abducted in May.", {6}),
    ("Gunmen killed four officers in Kano on Monday. Police later killed two of the gunmen in a raid on a house.", {4}),
    ("Police in Kano have arrested three suspects. Militants of Boko Haram last November killed 28 people on a bus in "
     "Maiduguri.", set()),
    ("A bomb killed 16 people in Ampara, taking the death toll from a number of incidents in the north to 33.", {16}),
    ("A bomb exploded near Bilbao on Monday, killing a policeman. A bomb killed two officers in Seville.", {1}),
    ("ETA bombed a car in Bilbao on Friday, killing a judge. ETA has blown up nine towers since March 2025.", {1}),
    ("Five rangers were killed in an ambush in Thailand on Friday. They were in Pattani, one of the provinces hit by a "
     "rebellion which has claimed more than 5,500 lives.", {5}),
    ("Militants attacked a bus in Quetta in November, killing 28 people. Two weeks later, militants massacred 36 at a "
     "quarry in Quetta.", {28}),
]


@pytest.mark.parametrize(("text", "expected"), APART)
def test_what_the_words_set_apart_is_not_counted_with_the_first_event(
        toolbox: Toolbox, text: str, expected: set[int]) -> None:
    assert killed(extraction(toolbox, text).events[0]) == expected


TOGETHER = [
    "A guard died on Monday in a bomb attack in Leitza. It was the fifth attack since the ban of a party a month ago.",
    "Rebels bombed a bus in Tibu on Monday, killing 16 people. The government condemned what it called a \"cowardly\" "
    "attack, which took place at noon.",
    "A bomb went off in Bilbao on Monday, killing a judge. A paper said he led a unit assigned to fighting ETA.",
    "Two bombings in Karachi on Monday killed 21 people at a mosque, an attack claimed by the Baloch Liberation Army.",
    "A bombing in Karachi on Monday killed 21 people, in what police described as an attack on worshippers.",
    "The Karachi killings were a gun attack on a mosque on Monday in which 21 people were killed.",
    "A bombing killed 21 people in Karachi on Monday.\nThe bombing wounded 40 more, a doctor said.",
    "Gunmen attacked a mosque in Karachi on Monday.\nTwenty-one people were killed and 40 wounded.",
    "A bomb exploded near Bilbao on Monday, killing a policeman.\nThe bomb went off in the town of Arrigorriaga.",
    "Five soldiers were killed in a bomb attack on Monday.\nThe soldiers were on duty near Tibu when a blast hit the "
    "first vehicle of their convoy.",
]


@pytest.mark.parametrize("text", TOGETHER)
def test_what_only_says_the_same_again_is_no_second_event(toolbox: Toolbox, text: str) -> None:
    assert len(extraction(toolbox, text).events) == 1


@pytest.mark.parametrize("text", [
    "The Saudi-led coalition fighting in Yemen late on Sunday asked civilians in Sanaa to leave.",
    "The Saudi-led coalition has been fighting the Houthis since early 2015.",
])
def test_a_war_that_goes_on_is_no_clash(toolbox: Toolbox, text: str) -> None:
    assert extraction(toolbox, text).events == ()


def test_nobody_is_hurt_in_an_arrest(toolbox: Toolbox) -> None:
    text = "Gunmen attacked a bus in Kano on Monday. The driver was arrested. Two other passengers were injured."
    assert {event.type: killed_or_hurt(event) for event in extraction(toolbox, text).events}["Arrest"] == set()


@pytest.mark.parametrize(("text", "when"), [
    ("In May 2021 the name was used to claim the killing of the trader Omar Sule, shot by militants.", "2021-05-01"),
    ("In May 2021 the governor recalled the killing of the trader Omar Sule, shot by militants.", None),
])
def test_the_month_of_a_claim_dates_what_is_told_with_it(toolbox: Toolbox, text: str, when: str | None) -> None:
    """A claim follows its deed; other words about a deed may come at any time."""
    event = extraction(toolbox, text).events[0]
    assert (event.date.earliest if event.date else None) == when


@pytest.mark.parametrize(("text", "when"), [
    ("Bombers blew themselves up in two halls used mainly by young followers of the ruling party in the capital on "
     "Friday, killing nine people.", "2025-09-12"),
    ("Bombers blew themselves up in two halls opened on 3 May, killing nine people.", None),
])
def test_a_date_close_behind_a_participle_is_that_of_the_thing(toolbox: Toolbox, text: str, when: str | None) -> None:
    """The farther it stands from the participle, the rather a date belongs to the clause around."""
    event = extraction(toolbox, text).events[0]
    assert (event.date.earliest if event.date else None) == when


def test_a_claim_told_with_an_older_deed_stays_with_the_attacks_before(toolbox: Toolbox) -> None:
    """What a relative clause in the past perfect tells is neither date nor toll of the attacks claimed."""
    text = ("Two bombings in Karachi on 9 March 2020 killed 21 people at a mosque.\n"
            "Callers claimed both bombings for the Sons of Orla, a name that had first been heard of after the loss of "
            "a ferry at Gwadar on 2 May 2014 (40 dead).")
    [event] = extraction(toolbox, text).events
    assert event.date is not None
    assert (event.date.earliest, killed(event)) == ("2020-03-09", {21})


def test_one_of_the_attackers_shot_is_no_other_event(toolbox: Toolbox) -> None:
    """An ordinal that is shot is one of the people before, one that explodes is another bomb."""
    text = ("Three men attacked a shrine in Balad on Monday. One exploded at the gate, another among the pilgrims; the "
            "third was shot before he could do the same. At least 36 people were killed.")
    assert [killed(event) for event in extraction(toolbox, text).events] == [{36}]


def test_an_older_attack_told_aside_does_not_draw_the_denial_of_the_new_one(toolbox: Toolbox) -> None:
    text = ("A car bomb killed 28 people in Karachi on Monday.\n"
            "A bombing in Quetta in August 2021 wounded 35 people.\n"
            "The president condemned the bombing. The Baloch Liberation Army denied any involvement.")
    new, older = extraction(toolbox, text).events
    assert [actor.status for actor in new.actors] == ["denied"]
    assert older.actors == ()


def test_a_place_beside_a_clause_about_somebody_is_not_where_it_happened(toolbox: Toolbox) -> None:
    text = "Gunmen killed six men in Quetta on Monday.\nZubia, whose son was murdered in 2019, keeps a shop in Karachi."
    places = [event.places for event in extraction(toolbox, text).events]
    assert places[1:] == [()] * len(places[1:])


def test_a_time_right_after_a_verb_of_saying_dates_the_saying(toolbox: Toolbox) -> None:
    text = ("A militant faction said on Thursday it had carried out the car bombing that killed 37 people in Quetta on "
            "14 September.")
    event = extraction(toolbox, text).events[0]
    assert event.date is not None
    assert event.date.earliest == "2025-09-14"


@pytest.mark.parametrize(("words", "weapons"), [("destroying gun positions", 0), ("with guns and grenades", 2)])
def test_a_weapon_that_only_says_of_what_kind_a_thing_is_is_not_used(
        toolbox: Toolbox, words: str, weapons: int) -> None:
    event = extraction(toolbox, f"Militants attacked an army camp in Quetta on Monday, {words}.").events[0]
    assert len(event.weapons) == weapons


def test_what_had_happened_before_opens_no_event_without_date_or_place(toolbox: Toolbox) -> None:
    text = "Gunmen killed six soldiers in Quetta on Monday. The brother of one of the gunmen had been killed by troops."
    assert len(extraction(toolbox, text).events) == 1


def test_a_claim_of_uncounted_deeds_is_not_tied_to_the_attack_told_last(toolbox: Toolbox) -> None:
    text = ("Gunmen attacked a bus in Quetta on Monday, killing six people. The Baloch Liberation Army has claimed "
            "several killings this year.")
    assert not [actor for actor in extraction(toolbox, text).events[0].actors if actor.rule.startswith("claim")]
