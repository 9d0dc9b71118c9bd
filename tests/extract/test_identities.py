"""Who the victims were, where the text names them beside or after the event: made-up reports, read for real."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Document, Extraction


def victims(toolbox: Toolbox, text: str) -> list[list[str]]:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    found: Extraction = next(iter(toolbox.extractor.extract([document])))
    names = {entity.id: entity.name for entity in found.entities}
    return [[names[victim] for victim in event.victims] for event in found.events]


@pytest.mark.parametrize(("text", "named"), [
    ("A bomb exploded on Monday near Bilbao, killing a policeman. The officer was identified as Mikel Arana Ruiz, 49.",
     ["Mikel Arana Ruiz"]),
    ("Gunmen shot dead a trader in Quetta on Monday. Police named the victim as Ghulam Rasool.", ["Ghulam Rasool"]),
    ("Gunmen shot dead a clerk in Yala on Monday. The victim, 40-year-old Somchai Rattana, was riding home.",
     ["Somchai Rattana"]),
    ("Two soldiers were killed in an ambush near Tibu on Monday. They were identified as Juan Perez and Luis Gomez.",
     ["Juan Perez", "Luis Gomez"]),
    ("Two teachers, identified as Rosa Alvarez and Dinah Cruz, were abducted in Patikul on Monday.",
     ["Rosa Alvarez", "Dinah Cruz"]),
    ("A roadside bomb hit a police van in Quetta on Monday. The wounded officers, Abdul Karim and Gul Khan, survived.",
     ["Abdul Karim", "Gul Khan"]),
    ("Police have identified the two workers killed in an attack in Mandera on Monday as Peter Karu and George Kilo.",
     ["Peter Karu", "George Kilo"]),
    ("Rebels bombed a station in Lima on Monday. Among those killed were Maria Lopez and a nurse.", ["Maria Lopez"]),
])
def test_the_named_dead_and_wounded_are_victims_of_the_event_told(
        toolbox: Toolbox, text: str, named: list[str]) -> None:
    assert victims(toolbox, text) == [named]


@pytest.mark.parametrize("text", [
    "A bomb killed a soldier in Kabul on Monday. The attacker was identified as Gul Agha.",
    "A bomb killed a soldier in Kabul on Monday. The governor, Gul Agha, condemned it.",
    "A bomb killed a soldier in Kabul on Monday. The soldier was not identified, Gul Agha said.",
    "Police shot dead a gunman in Kabul on Monday. The dead gunman was identified as Gul Agha.",
    "Two teachers were shot dead in Yala on Monday. A colleague named Somsak Chai had warned them.",
    "A bomb killed an officer in Kabul on Monday. The officer, Gul Agha, said that others had been warned.",
])
def test_attackers_speakers_and_bystanders_are_no_victims(toolbox: Toolbox, text: str) -> None:
    assert victims(toolbox, text) == [[]]
