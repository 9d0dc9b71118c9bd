"""Who claims, denies, is accused or suspected: made-up sentences after a made-up attack, read by the real extractor."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Document, Event, Extraction

ATTACK = "Gunmen attacked a police post in the town of Kharan on Monday, killing four officers. "
FRONT, BRIGADES = "Sarmat Liberation Front", "Dasht Brigades"
Row = tuple[str, str, str | None]


def extraction(toolbox: Toolbox, text: str) -> Extraction:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    return next(iter(toolbox.extractor.extract([document])))


def rows(found: Extraction, event: Event) -> set[Row]:
    """Entity, status and speaker of an event's actors, those only described ("gunmen") left out."""
    names = {e.id: e.name for e in found.entities}
    return {(names[a.entity], a.status, names.get(a.speaker, a.speaker) if a.speaker else None)
            for a in event.actors if names[a.entity][0].isupper()}


def after_attack(toolbox: Toolbox, sentence: str) -> set[Row]:
    found = extraction(toolbox, ATTACK + sentence)
    return rows(found, found.events[0])


CLAIMED = [
    "The Sarmat Liberation Front claimed responsibility.",
    "The Sarmat Liberation Front took full responsibility.",
    "The Sarmat Liberation Front took credit for it.",
    "The Sarmat Liberation Front owned up to the attack.",
    "The Sarmat Liberation Front said that it was behind the attack.",
    "In a statement, the Sarmat Liberation Front said it was responsible.",
    "The Sarmat Liberation Front said it did it.",
    "The Sarmat Liberation Front said its fighters had attacked the post.",
    "The Sarmat Liberation Front acknowledged that it had carried out the attack.",
    "The Sarmat Liberation Front accepted that its men were responsible.",
    "The Sarmat Liberation Front admitted killing the officers.",
    "The Sarmat Liberation Front claimed to have killed 20 officers.",
    "Responsibility was claimed by the Sarmat Liberation Front.",
    "The claim came from the Sarmat Liberation Front.",
    "A claim of responsibility was issued by the Sarmat Liberation Front.",
    "A statement in the name of the Sarmat Liberation Front claimed the attack.",
    "A caller claiming to speak for the Sarmat Liberation Front claimed responsibility.",
    "A masked man claimed responsibility on behalf of the Sarmat Liberation Front.",
    "The attack was claimed by a group calling itself the Sarmat Liberation Front.",
]


@pytest.mark.parametrize("sentence", CLAIMED)
def test_an_actor_that_owns_up_has_claimed(toolbox: Toolbox, sentence: str) -> None:
    assert after_attack(toolbox, sentence) == {(FRONT, "claimed", FRONT)}


@pytest.mark.parametrize("sentence", [
    "Sarmat Liberation Front spokesman Dost Murad claimed responsibility for the attack.",
    "Dost Murad, a spokesman for the Sarmat Liberation Front, claimed the attack in a phone call.",
    "Dost Murad, a commander of the Sarmat Liberation Front, said his men carried out the attack.",
])
def test_a_claim_by_a_spokesman_or_commander_is_the_groups_in_his_words(toolbox: Toolbox, sentence: str) -> None:
    assert after_attack(toolbox, sentence) == {(FRONT, "claimed", "Dost Murad")}


@pytest.mark.parametrize("sentence", [
    "No group has claimed responsibility for the attack.",
    "There was no immediate claim of responsibility.",
    "The attack has been claimed by no one.",
    "None of the groups in the area has claimed the attack.",
    "The Sarmat Liberation Front has not claimed the attack.",
    "The Sarmat Liberation Front praised the attack but did not claim it.",
    "The Sarmat Liberation Front has neither confirmed nor denied the attack.",
    "The Sarmat Liberation Front has claimed many attacks in the past.",
    "The army acknowledged that the attack had killed ten civilians.",
    "The attack claimed 12 lives.",
    "The Sarmat Liberation Front had to admit responsibility for attacks.",
    "Nobody knows whether the Sarmat Liberation Front is responsible.",
    "If the Sarmat Liberation Front is behind the attack, the truce is over.",
    "The Sarmat Liberation Front would not say whether it was behind the attack.",
    "The governor accused the Sarmat Liberation Front of smuggling.",
    "The army blamed the Sarmat Liberation Front for failing to keep the truce.",
    "The governor accused the government of ignoring the problem.",
    "Police did not blame the Sarmat Liberation Front for the attack.",
    "He denied the attack had anything to do with him.",
    "The Sarmat Liberation Front rejected the charge.",
])
def test_what_is_not_claimed_nor_laid_at_a_door_adds_no_actor(toolbox: Toolbox, sentence: str) -> None:
    assert after_attack(toolbox, sentence) == set()


@pytest.mark.parametrize("sentence", [
    "The Sarmat Liberation Front denied involvement.",
    "The Sarmat Liberation Front denied any involvement in the attack.",
    "The Sarmat Liberation Front condemned the attack and denied any role in it.",
    "The Sarmat Liberation Front disowned the attack.",
    "The Sarmat Liberation Front said it had nothing to do with the attack.",
    "The Sarmat Liberation Front said it was not involved.",
    "The Sarmat Liberation Front said it was not behind the attack.",
    "The Sarmat Liberation Front denied that it had carried out the attack.",
])
def test_an_actor_that_says_it_was_not_them_has_denied(toolbox: Toolbox, sentence: str) -> None:
    assert after_attack(toolbox, sentence) == {(FRONT, "denied", FRONT)}


@pytest.mark.parametrize(("sentence", "status", "speaker"), [
    ("Officials blamed the Sarmat Liberation Front.", "attributed", "Officials"),
    ("Police blamed the attack on the Sarmat Liberation Front.", "attributed", "Police"),
    ("The Sarmat Liberation Front was blamed for the attack.", "attributed", None),
    ("The governor accused the Sarmat Liberation Front of carrying out the attack.", "attributed", "governor"),
    ("The governor accused the Sarmat Liberation Front of being behind the killings.", "attributed", "governor"),
    ("The governor accused the Sarmat Liberation Front of having sent the gunmen.", "attributed", "governor"),
    ("Prosecutors hold the Sarmat Liberation Front responsible.", "attributed", "Prosecutors"),
    ("Police said the attack was the work of the Sarmat Liberation Front.", "attributed", "Police"),
    ("Police said the Sarmat Liberation Front was responsible.", "attributed", "Police"),
    ("The attack was attributed to the Sarmat Liberation Front.", "attributed", None),
    ("The army pinned the attack on the Sarmat Liberation Front.", "attributed", "army"),
    ("The army laid the attack at the door of the Sarmat Liberation Front.", "attributed", "army"),
    ("Responsibility lies with the Sarmat Liberation Front, the governor said.", "attributed", "governor"),
    ("The governor said the gunmen belonged to the Sarmat Liberation Front.", "attributed", "governor"),
    ("The army identified the attackers as members of the Sarmat Liberation Front.", "attributed", "army"),
    ("The Sarmat Liberation Front is suspected of carrying out the attack.", "suspected", None),
    ("The Sarmat Liberation Front is believed to be behind the attack.", "suspected", None),
    ("The Sarmat Liberation Front is thought to be responsible.", "suspected", None),
    ("Suspicion fell on the Sarmat Liberation Front.", "suspected", None),
    ("The attack bore the hallmarks of the Sarmat Liberation Front.", "suspected", None),
    ("Police suspect the Sarmat Liberation Front.", "suspected", "Police"),
    ("Analysts say the Sarmat Liberation Front is probably behind the attack.", "suspected", "Analysts"),
    ("The Sarmat Liberation Front was behind the attack.", "stated", None),
    ("The authorities have said the Sarmat Liberation Front may be behind the attack.", "suspected", "authorities"),
    ("The attack is widely believed to have been carried out by the Sarmat Liberation Front.", "suspected", None),
    ("The governor said this was done by the Sarmat Liberation Front.", "attributed", "governor"),
    ("The Sarmat Liberation Front is accused of carrying out the attack.", "attributed", None),
])
def test_an_accusation_keeps_its_strength_and_its_speaker(
        toolbox: Toolbox, sentence: str, status: str, speaker: str | None) -> None:
    assert after_attack(toolbox, sentence) == {(FRONT, status, speaker)}


def test_rival_claims_stand_side_by_side(toolbox: Toolbox) -> None:
    sentence = "The attack was claimed by the Sarmat Liberation Front, but the Dasht Brigades also claimed it."
    assert after_attack(toolbox, sentence) == {(FRONT, "claimed", FRONT), (BRIGADES, "claimed", BRIGADES)}


@pytest.mark.parametrize("sentence", [
    "Officials blamed the Sarmat Liberation Front, which rejected the accusation.",
    "Officials accused the Sarmat Liberation Front of the attack, but a spokesman for the group denied it.",
])
def test_a_charge_and_its_denial_are_both_kept(toolbox: Toolbox, sentence: str) -> None:
    assert after_attack(toolbox, sentence) == {(FRONT, "attributed", "Officials"), (FRONT, "denied", FRONT)}


def test_a_country_neither_claims_nor_denies(toolbox: Toolbox) -> None:
    found = after_attack(toolbox, "Iran blamed the Sarmat Liberation Front and denied involvement.")
    assert found == {(FRONT, "attributed", "Iran")}


@pytest.mark.parametrize(("sentence", "claimed"), [
    ("Both were claimed by the Sarmat Liberation Front.", [True, True]),
    ("The Sarmat Liberation Front claimed the bombing.", [False, True]),
])
def test_a_claim_to_both_reaches_the_two_events_before_it(
        toolbox: Toolbox, sentence: str, claimed: list[bool]) -> None:
    bombing = "A day later, a bomb exploded at a market in Turbat, wounding nine people. "
    found = extraction(toolbox, ATTACK + bombing + sentence)
    assert [(FRONT, "claimed", FRONT) in rows(found, event) for event in found.events] == claimed


def test_a_denial_at_the_end_of_an_accusation_is_of_what_it_accuses_of(toolbox: Toolbox) -> None:
    found = extraction(toolbox, "The army accused the Sarmat Liberation Front of a mortar attack on a market in "
                                "Kharan, which the front denied.")
    assert {row[:2] for row in rows(found, found.events[0])} == {(FRONT, "attributed"), (FRONT, "denied")}
