"""Names of bodies that must not come out as others: shared acronyms, parts of armies, fronts of other peoples."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Document, Extraction


def read(toolbox: Toolbox, text: str) -> Extraction:
    document = Document(id="d", source="made up", text=text, published="2024-05-14")
    return next(iter(toolbox.extractor.extract([document])))


@pytest.mark.parametrize(("text", "links"), [
    ("Three soldiers were killed in an ambush by suspected PLA militants in Chandel district of Manipur on Wednesday.",
     {"group:pla-manipur"}),
    ("The People's Liberation Army (PLA) claimed the ambush in Churachandpur district, Manipur, on Saturday, which "
     "killed five soldiers. The rebels carry Chinese-made rifles.", {"group:pla-manipur"}),
    ("Twenty Indian soldiers died in a clash with the People's Liberation Army in Galwan valley in Ladakh on Monday. "
     "China said the PLA had acted in defence.", {"force:peoples-liberation-army-china"}),
    ("The PLA said on Monday it had sent ships to the South China Sea.", {"force:peoples-liberation-army-china"}),
])
def test_an_acronym_of_an_army_and_a_group_is_told_by_the_scene(toolbox: Toolbox, text: str, links: set[str]) -> None:
    shared = {"group:pla-manipur", "force:peoples-liberation-army-china"}
    assert {entity.link for entity in read(toolbox, text).entities} & shared == links


@pytest.mark.parametrize(("name", "kind"), [
    ("34th Brigade", "force"), ("Fourth Army", "force"), ("Quiron Task Force", "force"),
    ("Oru Liberation Army", "group"),
])
def test_names_of_parts_of_an_army_are_a_state_s_whatever_stands_around(toolbox: Toolbox, name: str, kind: str) -> None:
    text = f"Rebels and guerrillas attacked a base of the {name} near Tame on Monday, killing two insurgents."
    assert [entity.kind for entity in read(toolbox, text).entities if entity.name == name] == [kind]


def test_a_front_of_a_people_is_not_the_front_of_another(toolbox: Toolbox) -> None:
    text = "Militants of the National Democratic Front of Boroland shot five passengers dead in Assam on Friday."
    assert "National Democratic Front of Boroland" in {entity.name for entity in read(toolbox, text).entities}
