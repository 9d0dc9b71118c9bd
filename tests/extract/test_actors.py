"""Who did it, by the verbs and nouns of the deed itself: made-up sentences read by the real extractor."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Actor, Document, Extraction

FRONT = "Sarmat Liberation Front"


def read(toolbox: Toolbox, text: str) -> Extraction:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    return next(iter(toolbox.extractor.extract([document])))


def actors(found: Extraction) -> list[tuple[str, str, str | None]]:
    names = {e.id: e.name for e in found.entities}
    return sorted((names[a.entity], a.status, names.get(a.speaker or "", a.speaker))
                  for event in found.events for a in event.actors)


@pytest.mark.parametrize(("text", "status", "speaker"), [
    ("The Sarmat Liberation Front bombed a bridge near Kharan on Monday.", "stated", None),
    ("A faction of the Sarmat Liberation Front bombed a bridge near Kharan on Monday.", "stated", None),
    ("A member of the Sarmat Liberation Front shot dead a judge in Kharan on Monday.", "stated", None),
    ("Police said militants of the Sarmat Liberation Front attacked a checkpoint near Kharan on Monday.",
     "attributed", "Police"),
    ("An attack carried out by the Sarmat Liberation Front killed six soldiers near Kharan on Monday, police said.",
     "attributed", "police"),
    ("Suspected Sarmat Liberation Front militants attacked a checkpoint near Kharan on Monday.", "suspected", None),
    ("The Sarmat Liberation Front is believed to have bombed the bridge near Kharan on Monday.", "suspected", None),
    ("Police said they believed the Sarmat Liberation Front had bombed the bridge near Kharan on Monday.",
     "suspected", "Police"),
    ("The Sarmat Liberation Front said it had bombed the bridge near Kharan on Monday.", "claimed", FRONT),
    ("The Sarmat Liberation Front said its fighters killed six soldiers in an ambush near Kharan on Monday.",
     "claimed", FRONT),
])
def test_a_doer_has_the_status_that_the_telling_gives(
        toolbox: Toolbox, text: str, status: str, speaker: str | None) -> None:
    assert actors(read(toolbox, text)) == [(FRONT, status, speaker)]


@pytest.mark.parametrize("text", [
    "Soldiers killed three militants of the Sarmat Liberation Front who attacked a checkpoint near Kharan on Monday.",
    "The Sarmat Liberation Front shot two policemen in Kharan on Monday before troops killed four of the attackers.",
])
def test_those_who_answer_an_attack_are_none_of_its_actors(toolbox: Toolbox, text: str) -> None:
    assert actors(read(toolbox, text)) == [(FRONT, "stated", None)]


@pytest.mark.parametrize(("text", "expected"), [
    ("In a statement, the Sarmat Liberation Front said its fighter bombed a post near Kharan, according to a website.",
     [(FRONT, "claimed", FRONT)]),
    ('"We have had five of our men assassinated near Kharan," General Dario Vega told a radio station.', []),
    ('"They say he planned the two attacks that killed six people in May," said the police commander, Job Baro.', []),
    ("Tamil Tigers bombed a bus near Jaffna on Monday, killing four people.",
     [("Liberation Tigers of Tamil Eelam", "stated", None)]),
    ("Two guards were killed in a rocket attack on a base in northern Kharan claimed by the Sarmat Liberation Front, "
     "which the governor said was a crime.", [(FRONT, "claimed", FRONT)]),
    ("A convoy was attacked near Kharan on Monday, killing six. A spokesman for the Sarmat Liberation Front told a "
     "paper it was responsible for the attack.", [(FRONT, "claimed", FRONT)]),
    ("The army accused the Sarmat Liberation Front of shooting dead two judges in Kharan on Monday.",
     [(FRONT, "attributed", "army")]),
])
def test_who_reports_a_deed_has_not_done_it(
        toolbox: Toolbox, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert actors(read(toolbox, text)) == expected


def test_what_a_group_is_accused_of_is_no_operation_of_the_accuser(toolbox: Toolbox) -> None:
    text = "The army accused the Sarmat Liberation Front of shooting dead two judges in Kharan on Monday."
    assert [event.type for event in read(toolbox, text).events] == ["ArmedAssault"]


def test_what_is_rammed_is_hit_and_not_what_rams(toolbox: Toolbox) -> None:
    text = "A suicide bomber rammed his explosive-laden van into a police truck in Quetta on Monday, killing four."
    found = read(toolbox, text)
    assert [[found.mention(target).text for target in event.targets] for event in found.events] == [["police truck"]]


def test_a_named_bomber_is_a_perpetrator(toolbox: Toolbox) -> None:
    text = "Salim Durrani, a member of the Sarmat Liberation Front, blew himself up in Kharan on Monday, killing six."
    assert actors(read(toolbox, text)) == [("Salim Durrani", "stated", None)]


@pytest.mark.parametrize("deed", ["attacking a checkpoint", "having carried out an attack on a checkpoint"])
def test_an_accuser_is_no_doer(toolbox: Toolbox, deed: str) -> None:
    text = f"The governor accused the Sarmat Liberation Front of {deed} near Kharan on Monday."
    assert actors(read(toolbox, text)) == [(FRONT, "attributed", "governor")]


def test_people_said_to_be_involved_are_no_perpetrators(toolbox: Toolbox) -> None:
    text = "Gunmen attacked a hotel in Kharan on Monday. Police said 30 people were involved in the attack."
    assert actors(read(toolbox, text)) == [("gunmen", "stated", None)]


def test_a_witness_who_tells_of_an_attack_claims_nothing(toolbox: Toolbox) -> None:
    text = "Gunmen of the Sarmat Liberation Front attacked a hotel in Kharan on Monday, a witness said."
    assert actors(read(toolbox, text)) == [(FRONT, "attributed", "witness")]


def test_unknown_attackers_stay_where_nobody_names_them(toolbox: Toolbox) -> None:
    assert actors(read(toolbox, "Gunmen attacked a hotel in Kharan on Monday.")) == [("gunmen", "stated", None)]


def test_a_threat_is_no_claim(toolbox: Toolbox) -> None:
    found = read(toolbox, "The Sarmat Liberation Front threatened to attack the port of Gwadar next week.")
    assert [(e.status, [a.status for a in e.actors]) for e in found.events] == [("threatened", ["stated"])]


def test_every_row_has_a_confidence_a_rule_and_the_sentence_that_says_it(toolbox: Toolbox) -> None:
    text = "Gunmen attacked a hotel in Kharan on Monday. The Sarmat Liberation Front claimed responsibility."
    found = read(toolbox, text)
    rows: list[Actor] = [a for event in found.events for a in event.actors]
    said = [text[a.evidence.start:a.evidence.end] for a in rows if a.status == "claimed"]
    assert said == ["The Sarmat Liberation Front claimed responsibility."]
    assert all(a.rule and 0.5 <= a.confidence < 1 for a in rows)
