"""What named persons are called besides refers to them; all sentences are made up."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.records import Document, Extraction
from kg.settings import Settings


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(Settings())


def _read(extractor: Extractor, text: str) -> Extraction:
    return next(iter(extractor.extract([Document(id="d", source="test", published="2025-09-18", text=text)])))


@pytest.mark.parametrize(("text", "name", "calling"), [
    ("Gunmen killed Liberal Senator Pedro Lopez in Quibor on Monday.", "Pedro Lopez", "Liberal Senator"),
    ("Rebels abducted Marta Diaz, a journalist of the daily Tiempo, near Arauca.", "Marta Diaz", "journalist"),
    ("The mayor, Karim Haddad, was shot dead by militants in Zaram.", "Karim Haddad", "mayor"),
    ("Hassan Ali, who was a former judge, was kidnapped in Mosul.", "Hassan Ali", "former judge"),
    ("Militants killed the president's brother Omar Said in Kabul.", "Omar Said", "brother"),
])
def test_what_a_victim_is_called_refers_to_the_victim(extractor: Extractor, text: str, name: str, calling: str) -> None:
    """The description is a mention of the person named, and no second target beside that person."""
    found = _read(extractor, text)
    named = {entity.id: entity.name for entity in found.entities}
    assert (calling, name) in [(m.text, named.get(m.entity or "")) for m in found.mentions]
    assert not {m.text for m in found.mentions if m.id in found.events[0].targets} & {calling}


@pytest.mark.parametrize("text", [
    "Mr. Torres was shot dead by rebels in Quito.",
    "Torres was shot dead by rebels in Quito. Torres was not a policeman.",
    "The brother of Omar Said was shot dead by militants in Kabul.",
    "The engineers Ana Ruiz and Pedro Lopez were kidnapped by rebels near Arauca.",
])
def test_forms_of_address_denials_and_others_are_no_callings(extractor: Extractor, text: str) -> None:
    found = _read(extractor, text)
    persons = {entity.id for entity in found.entities if entity.kind == "person"}
    names = {entity.name for entity in found.entities}
    assert [m.text for m in found.mentions if m.entity in persons and not any(m.text in name for name in names)] == []


@pytest.mark.parametrize(("text", "places", "country"), [
    ("Madrid, 19 Nov 89 (EFE) -- Gunmen killed two farmers in Colombia. The Colombian army searched Cali and Medellin.",
     ["Colombia"], "CO"),
    ("Militants attacked a police station in Quetta, Pakistan. The station was burned.", ["Quetta", "Pakistan"], "PK"),
    ("Gunmen fired on a hotel in Kabul.", ["Kabul"], "AF"),
])
def test_a_place_of_an_event_is_neither_where_the_report_was_sent_from_nor_what_was_hit(
        extractor: Extractor, text: str, places: list[str], country: str) -> None:
    found = _read(extractor, text)
    words = {mention.id: mention.text for mention in found.mentions}
    assert [words[place] for place in found.events[0].places] == places
    assert found.events[0].country == country
