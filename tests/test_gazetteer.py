"""The gazetteer finds known names, however they are spelled, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.gazetteer import Gazetteer, load_gazetteer
from kg.records import Kind
from kg.settings import Settings
from kg.spellings import fold


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer(Settings())


FOUND = [
    # text, words found, entry named first
    ("A unit of the BLA blocked the road.", "BLA", "group:bla"),
    ("Officials blamed the Balochistan Liberation Army.", "Balochistan Liberation Army", "group:bla"),
    ("Officials blamed the Baluch Liberation Army.", "Baluch Liberation Army", "group:bla"),
    ("the BLA's Special Tactical Operations Squad", "Special Tactical Operations Squad", "group:bla-stos"),
    ("Its STOS trained there.", "STOS", "group:bla-stos"),
    ("They object to CPEC.", "CPEC", "project:cpec"),
    ("the China–Pakistan Economic Corridor", "China–Pakistan Economic Corridor", "project:cpec"),
    ("The Tehreek-i-Taliban Pakistan denied it.", "Tehreek-i-Taliban Pakistan", "group:ttp"),
    ("The Tehrik-e Taliban Pakistan denied it.", "Tehrik-e Taliban Pakistan", "group:ttp"),
    ("An Al Shabaab commander fled.", "Al Shabaab", "group:al-shabaab"),
    ("An al-Shabab commander fled.", "al-Shabab", "group:al-shabaab"),
    ("Fighters of Isis retreated.", "Isis", "group:islamic-state"),
    ("Daish and its allies retreated.", "Daish", "group:islamic-state"),
    ("Al Qaida praised them.", "Al Qaida", "group:al-qaeda"),
    ("Lashkar-i-Taiba is banned.", "Lashkar-i-Taiba", "group:lashkar-e-taiba"),
    ("Jaish-e-Muhammad is banned.", "Jaish-e-Muhammad", "group:jaish-e-mohammed"),
    ("Hizb ul Mujahideen is banned.", "Hizb ul Mujahideen", "group:hizbul-mujahideen"),
    ("Hizbullah’s leader spoke.", "Hizbullah", "group:hezbollah"),
    ("Rebels of the Farc laid down arms.", "Farc", "group:farc"),
    ("Ejercito de Liberacion Nacional", "Ejercito de Liberacion Nacional", "group:eln"),
    ("Ejército de Liberación Nacional", "Ejército de Liberación Nacional", "group:eln"),
    ("The Communist Party of India (Maoist) called a strike.", "Communist Party of India (Maoist)", "group:cpi-maoist"),
    ("The Kurdistan Workers’ Party ended its truce.", "Kurdistan Workers’ Party", "group:pkk"),
    ("The Kurdistan Workers Party ended its truce.", "Kurdistan Workers Party", "group:pkk"),
    ("the Provisional IRA", "Provisional IRA", "group:provisional-ira"),
    ("ISIS-Khorasan recruits abroad.", "ISIS-Khorasan", "group:iskp"),
    ("A BLA-linked cell", "BLA", "group:bla"),
    ("The Pakistan army replied.", "Pakistan army", "force:pakistan-army"),
    ("The U.S. Army sent advisers.", "U.S. Army", "force:us-army"),
    ("the UK Ministry of Defence", "UK Ministry of Defence", "organization:uk-ministry-of-defence"),
    ("Return, Reclamation, Rehabilitation joined the talks.", "Return, Reclamation, Rehabilitation", "group:3r"),
    ("Two Car Bombs exploded.", "Car Bombs", "weapon:vbied"),
    ("They had knives.", "knives", "weapon:knife"),
    ("Three IEDs were defused.", "IEDs", "weapon:ied"),
    ("a rocket-propelled grenade", "rocket-propelled grenade", "weapon:rpg"),
    ("an explosives-packed vehicle", "explosives-packed vehicle", "weapon:vbied"),
]

NOT_FOUND = [
    "A BLAST shook the building.",
    "It is raining and she was at home.",
    "Is it true? As far as we know, it is.",
    "The Army moved. The army moved. Forces gathered at the Front.",
    "He swore to the Liberation of his village.",
    "In Fact, they had a Plan, and the Model worked.",
    "He studied at the school of fine arts and let it be.",
    "The hamster and the hamas-like sound",
    "They bought an IS-3 engine and an ELN-X pump.",
    "taliban",
    "baloch liberation army",
    "The Islamic, State and Levant departments met.",
    "The talks were about Islamic. State budgets came later.",
    "Eta is a Greek letter.",
    "The striker fired a shot and the team attacked the budget.",
    "Grade school and gunpowdery smells",
    "The bomber plane and the bombing run were in the film.",
    "The mined ore was explosively priced.",
    "The farce ended.",
    "",
]


@pytest.mark.parametrize(("text", "form", "entry"), FOUND)
def test_a_known_form_is_found_at_its_place(gazetteer: Gazetteer, text: str, form: str, entry: str) -> None:
    hits = [hit for hit in gazetteer.find(text) if hit.form == form]
    assert [hit.entries[0] for hit in hits] == [entry]
    assert all(text[hit.start:hit.end] == hit.form for hit in hits)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_nothing_is_found_in_words_that_name_nothing(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == []


def test_the_longest_of_overlapping_names_is_found(gazetteer: Gazetteer) -> None:
    text = "Lashkar-e-Jhangvi Al-Alami and Islamic State in the Greater Sahara"
    assert [hit.entries[0] for hit in gazetteer.find(text)] == ["group:lashkar-e-jhangvi-al-alami", "group:isgs"]


def test_hits_do_not_overlap_and_stand_in_text_order(gazetteer: Gazetteer) -> None:
    text = "The Taliban, the Pakistani Taliban; ISIS/ISIL (IS), al-Qaeda in the Islamic Maghreb, AQIM,AQAP, BLA BLA."
    hits = gazetteer.find(text)
    assert [hit.form for hit in hits] == [
        "Taliban", "Pakistani Taliban", "ISIS", "ISIL", "IS", "al-Qaeda in the Islamic Maghreb", "AQIM", "AQAP",
        "BLA", "BLA",
    ]
    assert all(left.end <= right.start for left, right in pairwise(hits))


def test_offsets_hold_after_wide_gaps_and_letters_outside_latin(gazetteer: Gazetteer) -> None:
    text = "İstanbul – “quote” … 中文 ﬁ  \n\n  x,  y;  the PKK,   the İLTTE and the LTTE"
    hits = gazetteer.find(text)
    assert [(text[hit.start:hit.end], hit.form) for hit in hits] == [("PKK", "PKK"), ("LTTE", "LTTE")]


def test_folding_keeps_the_length() -> None:
    text = "İıßﬁØ—’é中\U0001f600 ½ Ǆ"
    assert len(fold(text)) == len(text)
    assert len(fold(text).lower()) == len(text)


CONTEXT = [
    ("group:bla", "BLA", False),
    ("group:bla", "Baloch Liberation Army", False),
    ("group:islamic-state", "IS", True),
    ("group:islamic-state", "ISIS", False),
    ("group:jem-sudan", "JEM", True),
    ("group:jaish-e-mohammed", "JEM", True),
    ("group:jem-sudan", "Justice and Equality Movement", False),
    ("group:arakan-army", "AA", True),
    ("group:al-shabaab", "al-Shabaab", False),
    ("group:ansar-al-sunna-mz", "al-Shabaab", True),
    ("group:taliban", "Taliban", False),
    ("group:ttp", "Taliban", True),
    ("group:fact", "FACT", True),
    ("weapon:landmine", "mine", True),
    ("weapon:landmine", "landmines", False),
    ("organization:united-nations", "UN", False),
    ("group:bla", "no form of it", True),
]


@pytest.mark.parametrize(("entry", "form", "careful"), CONTEXT)
def test_a_form_needs_context_where_it_may_be_something_else(
    gazetteer: Gazetteer, entry: str, form: str, careful: bool,
) -> None:
    assert gazetteer.needs_context(entry, form) is careful


def test_an_ambiguous_acronym_lists_all_that_have_it(gazetteer: Gazetteer) -> None:
    (hit,) = gazetteer.find("The ADF denied it.")
    assert {"group:adf", "group:ambazonia-defence-forces"} <= set(hit.entries)


def test_the_entry_that_needs_no_context_comes_first(gazetteer: Gazetteer) -> None:
    (hit,) = gazetteer.find("The Taliban denied it.")
    assert hit.entries[0] == "group:taliban"
    assert "group:ttp" in hit.entries


@pytest.mark.parametrize(
    ("form", "entry"),
    [
        ("al Shabab", "group:al-shabaab"),
        ("Tahreek-e-Taliban Pakistan", "group:ttp"),
        ("Kataeb Hezbollah", "group:kataib-hezbollah"),
        ("IRA", "group:ira"),
    ],
)
def test_a_form_is_looked_up_in_any_spelling(gazetteer: Gazetteer, form: str, entry: str) -> None:
    assert gazetteer.named(form)[0].id == entry


@pytest.mark.parametrize("form", ["is", "Army", "shabaab al", "the", "", "Liberation Army", "BLAS"])
def test_other_words_name_no_entry(gazetteer: Gazetteer, form: str) -> None:
    assert gazetteer.named(form) == ()


def test_entries_are_asked_by_id_and_kind(gazetteer: Gazetteer) -> None:
    assert gazetteer.entry("group:bla-stos").parent == "group:bla"
    assert {entry.kind for entry in gazetteer.entries(Kind.WEAPON)} == {Kind.WEAPON}
    with pytest.raises(KeyError):
        gazetteer.entry("group:nobody")
