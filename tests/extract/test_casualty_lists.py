"""Several people told of by one word, and people whose murder is an act against their office."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Document, Extraction


@pytest.mark.parametrize(("text", "outcome", "people"), [
    ("Guerrillas wounded a nun and a clerk in Sarmat on Monday.", "injured", ["nun", "clerk"]),
    ("Rebels murdered a trader's wife and son in Sarmat.", "killed", ["trader's wife", "son"]),
    ("Rebels attacked a hotel in Sarmat, killing Colonel Arturo Rulo, his wife and two guests.", "killed",
     ["Colonel Arturo Rulo", "wife", "guests"]),
    ("The rebel attack in Sarmat left a policeman wounded and a clerk dead.", "injured", ["policeman"]),
    ("The rebel attack in Sarmat resulted in the injury of five pupils.", "injured", ["pupils"]),
])
def test_people_side_by_side_are_each_counted(toolbox: Toolbox, text: str, outcome: str, people: list[str]) -> None:
    """What one word says of several people holds for each, also where their numbers are equal."""
    assert _people(_read(toolbox, text), outcome) == people


@pytest.mark.parametrize(("text", "outcome", "people"), [
    ("Rebels killed a priest in Sarmat on Monday. The attackers killed the priest at his door.", "killed", ["priest"]),
    ("Rebels killed Arturo Rulo, a teacher and father, in Sarmat.", "killed", ["Arturo Rulo"]),
    ("The rebel attack caused the mayor injuries to both legs and to the head.", "injured", []),
])
def test_one_person_is_counted_once(toolbox: Toolbox, text: str, outcome: str, people: list[str]) -> None:
    """A second telling, a description and a limb are no further people."""
    assert _people(_read(toolbox, text), outcome) == people


@pytest.mark.parametrize(("text", "attacks"), [
    ("The bishops condemned the murder of six Jesuit priests in Sarmat.", 1),
    ("Detectives arrested two men over the murder of Senator Luis Pradel.", 1),
    ("Detectives arrested two men over the murder of a shopkeeper.", 0),
    ("The singer was murdered by her husband in Sarmat.", 0),
])
def test_murder_of_an_office_holder_is_an_attack(toolbox: Toolbox, text: str, attacks: int) -> None:
    """Without any sign of a conflict the murder of a judge or priest is one, that of anybody else is crime."""
    assert sum(event.type == "Assassination" for event in _read(toolbox, text).events) == attacks


def _people(extraction: Extraction, outcome: str) -> list[str | None]:
    return [count.who for event in extraction.events for count in event.casualties if count.outcome == outcome]


def _read(toolbox: Toolbox, text: str) -> Extraction:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    return next(iter(toolbox.extractor.extract([document])))
