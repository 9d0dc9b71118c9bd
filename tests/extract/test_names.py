"""What a text names and describes; all sentences are made up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from kg.errors import KnowledgeError
from kg.extract.acronyms import is_acronym
from kg.extract.language import load_pipeline, parse
from kg.extract.mentions import Found
from kg.extract.name_words import load_name_words
from kg.extract.names import NameWords, find_mentions
from kg.extract.tokens import Tokens
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.records import Document, Kind
from kg.settings import Settings

Read = Callable[..., list[tuple[str, str, str | None]]]


@pytest.fixture(scope="session")
def names_pipeline() -> Language:
    return load_pipeline(Settings().pipeline)


@pytest.fixture(scope="session")
def names_gazetteer() -> Gazetteer:
    return load_gazetteer(Settings())


@pytest.fixture(scope="session")
def names_words() -> NameWords:
    return load_name_words(Settings())


@pytest.fixture(scope="session")
def read(names_pipeline: Language, names_gazetteer: Gazetteer, names_words: NameWords) -> Read:
    """The mentions of a text as (kind, words, link or name); the places are given by their words."""

    def run(text: str, places: tuple[str, ...] = ()) -> list[tuple[str, str, str | None]]:
        document = Document(id=hashlib.sha256(text.encode()).hexdigest(), source="test", text=text)
        parsed = parse(names_pipeline, document)
        given = []
        for place in places:
            span = Tokens.of(parsed).span(text.index(place), text.index(place) + len(place))
            assert span is not None
            given.append(Found(*span, parsed.doc[slice(*span)].root.i, Kind.PLACE, "test", name=place))
        found = find_mentions(parsed, names_gazetteer, given, names_words)
        return [(m.kind.value, parsed.quote(m.start, m.end), m.link or m.name) for m in found]

    return run


FOUND = [
    ("Two BLA militants shot a guard in Pakistan.", ("group", "BLA militants", "group:bla")),
    ("Four Taliban gunmen entered the hall in Afghanistan.", ("group", "Taliban gunmen", "group:taliban")),
    ("The rebels of the National Liberation Army (ELN) struck a Colombian pipeline.",
     ("group", "ELN", "group:eln")),
    ("Fighters of the Azure Liberation Front ambushed a column of trucks.",
     ("group", "Azure Liberation Front", "Azure Liberation Front")),
    ("Militants of Lashkar-e-Noor burned a truck.", ("group", "Lashkar-e-Noor", "Lashkar-e-Noor")),
    ("The Movement for the Salvation of Ardania abducted two engineers.",
     ("group", "Movement for the Salvation of Ardania", "Movement for the Salvation of Ardania")),
    ("The Silver Herons claimed responsibility for the blast.", ("group", "Silver Herons", "Silver Herons")),
    ('A group calling itself "Red Lantern" planted the bomb.', ("group", "Red Lantern", "Red Lantern")),
    ("Former Taliban fighters now guard the dam in Afghanistan.",
     ("group", "Former Taliban fighters", "former Taliban")),
    ("A spokesman of the Pakistani Army denied the report.", ("force", "Pakistani Army", "force:pakistan-army")),
    ("The 6th Infantry Brigade shelled the valley.", ("force", "6th Infantry Brigade", "6th Infantry Brigade")),
    ("The police closed the street.", ("force", "police", None)),
    ("Subedar Umar Khalid was wounded.", ("person", "Umar Khalid", "Umar Khalid")),
    ("Police chief Imran Daud spoke to reporters.", ("person", "Imran Daud", "Imran Daud")),
    ("Masked gunmen stormed a hotel.", ("group", "Masked gunmen", None)),
    ("Unidentified men shot at a bus.", ("group", "Unidentified men", None)),
    ("They attacked a security checkpoint at dawn.", ("facility", "security checkpoint", None)),
    ("A bomb hit a Pakistani military convoy.", ("thing", "Pakistani military convoy", None)),
    ("The blast killed 12 soldiers.", ("people", "soldiers", None)),
    ("They used a remote-controlled improvised explosive device (IED).",
     ("weapon", "remote-controlled improvised explosive device (IED)", "weapon:ied-remote")),
    ("Gunmen attacked the Blue Heron Hotel at noon.", ("facility", "Blue Heron Hotel", "Blue Heron Hotel")),
    ("The Party of Progress won the election.", ("organization", "Party of Progress", "Party of Progress")),
    ("The FMLN freed two hostages on Tuesday.", ("group", "FMLN", "group:fmln")),
    ("JNIM shelled a depot.", ("group", "JNIM", "group:jnim")),
    ("The Taliban denied the report.", ("group", "Taliban", "group:taliban")),
    ("The YPG attacked six fighters, Turkish officers said.", ("group", "YPG", "group:ypg")),
    ("JAS burned three farms near the lake.", ("group", "JAS", "group:jas")),
    ("The ETA killed a judge.", ("group", "ETA", "group:eta")),
    ("The RSF shelled a market in Sudan.", ("group", "RSF", "group:rapid-support-forces")),
    ("Rebels of the Azure Liberation Front's Lower Kesh column fired first.",
     ("group", "Lower Kesh column", "Lower Kesh column")),
    ("The Korvan 3 unit of the Azure Liberation Front fired first.", ("group", "Korvan 3 unit", "Korvan 3 unit")),
    ("Oru-Oru, a splinter of the Azure Liberation Front, holds the two men.", ("group", "Oru-Oru", "Oru-Oru")),
    ("A network which called itself the Lions of Dusk sent a film.", ("group", "Lions of Dusk", "Lions of Dusk")),
    ("Bakura Odo, who leads the rebels, escaped.", ("person", "Bakura Odo", "Bakura Odo")),
    ("Mira Halloran, 34, left the shop before the blast.", ("person", "Mira Halloran", "Mira Halloran")),
    ("The head of the clinic, Lidia Corva, called for calm.", ("person", "Lidia Corva", "Lidia Corva")),
    ("Police arrested a militant called Idris.", ("person", "Idris", "Idris")),
    ("The Azure Liberation Front fled. It said its Upper Kesh battalion had fired.",
     ("group", "Upper Kesh battalion", "Upper Kesh battalion")),
    ("The Mira Odo column, another of the Azure Liberation Front's units, fled.",
     ("group", "Mira Odo column", "Mira Odo column")),
    ("The Azure Liberation Front fled. Police said the Front had lost.", ("group", "Front", "Azure Liberation Front")),
    ("The Communist Party of India (Maoist) shot six men. Police said the party had fled.",
     ("group", "party", "group:cpi-maoist")),
    ("The outfit fled. Its leader, Idris, was shot.", ("person", "Idris", "Idris")),
    ("Russian warplanes struck a depot.", ("force", "Russian warplanes", None)),
    ("Rebels shot down a Russian helicopter.", ("thing", "Russian helicopter", None)),
    ("US-led coalition jets bombed a depot.",
     ("force", "US-led coalition", "force:cjtf-oir")),
    ("Villagers said the coalition had bombed a depot.", ("force", "coalition", None)),
    ("Opposition forces shelled a depot.", ("group", "Opposition forces", None)),
    ("Halloran's forces shelled a depot.", ("force", "Halloran's forces", "Halloran's forces")),
    ("Last year Abu Karim al-Tarsi named Abu Nadir his heir.", ("person", "Abu Nadir", "Abu Nadir")),
    ("Mira Halloran spoke first. The road is open, said Ms Halloran.", ("person", "Halloran", "Mira Halloran")),
    ("Lidia Corva, the Special Adviser on Roads, left.", ("person", "Lidia Corva", "Lidia Corva")),
    ("Adan Korva(born 1970) joined the Taliban.", ("person", "Adan Korva", "Adan Korva")),
]


@pytest.mark.parametrize(("text", "mention"), FOUND, ids=[text for text, _ in FOUND])
def test_a_mention_is_found(read: Read, text: str, mention: tuple[str, str, str | None]) -> None:
    """The mention stands among those found, with its row or its name."""
    assert mention in read(text)


@pytest.mark.parametrize("text", [
    "The ruling coalition passed the budget.",
    "A coalition of shopkeepers closed the road.",
    "The jet landed at noon.",
    "The market's forces set the price.",
])
def test_ruling_coalitions_and_passenger_jets_are_no_forces(read: Read, text: str) -> None:
    """No mention is a force."""
    assert [m for m in read(text) if m[0] == "force"] == []


NO_GROUP = [
    "The Baloch people demand better schools.",
    "Catholics and Shia Muslims prayed together in Beirut.",
    "The National Front won 20 percent of the vote in France.",
    "The ETA of the flight was 5 pm, and the airline offered IS a refund.",
    "A heart attack killed the striker of the team.",
    "The Salvation Army opened a kitchen for the poor.",
    "A group of tourists visited the museum.",
    "A rights group said the law was unfair.",
    "The Ministry of Interior named a new director.",
    "He lost his wallet in the market.",
    "The nurse handed him a pain killer.",
    "Baloch separatists rallied in the town.",
    "The Supreme Court upheld the verdict.",
]


@pytest.mark.parametrize("text", NO_GROUP)
def test_peoples_parties_and_other_domains_name_no_group(read: Read, text: str) -> None:
    """No mention of kind group has a name."""
    assert [m for m in read(text) if m[0] == "group" and m[2] is not None] == []


@pytest.mark.parametrize("text", [
    "Guards boarded the tanker Ana Ruiz at dawn.",
    "They took its capital, Kesh, on Sunday.",
    "Operation Silent Harvest began on Monday.",
    "The bomb went off in Via Rossi.",
    "They fought near Jurf al-Nasr on Sunday.",
    "The Azure Liberation Front, who fought in Kesh, left.",
    "A group called Idris Column burned a truck.",
])
def test_ships_streets_and_groups_are_no_persons(read: Read, text: str) -> None:
    """No mention is a person."""
    assert [m for m in read(text) if m[0] == "person"] == []


def test_a_name_that_is_just_a_place_names_no_body(read: Read) -> None:
    """ "West Bank" ends in a word for a company and is none."""
    found = read("Three shops closed in the West Bank on Sunday.", ("West Bank",))
    assert [m for m in found if m[1] == "West Bank"] == [("place", "West Bank", "West Bank")]


@pytest.mark.parametrize("text", [
    "The OAS met in Washington and praised the vote.",
    "The NDA won a majority of seats in India.",
    "The ISP raised its prices.",
])
def test_acronyms_with_an_everyday_meaning_need_support(read: Read, text: str) -> None:
    """A peaceful text links them to no group."""
    assert [m for m in read(text) if m[0] == "group"] == []


@pytest.mark.parametrize("text", [
    "The Azure Liberation Front and the Kesh Liberation Front fled. Police said the Front had lost.",
    "The Azure Liberation Army fled. Officers said the Army had won.",
    "The Communist Party of India (Maoist) shot six men of the Meadow party, and the party wept.",
    "The rebels of the Azure Liberation Front fled. The navy said its Upper Kesh battalion had won.",
])
def test_a_head_word_that_may_mean_another_body_names_no_group(read: Read, text: str) -> None:
    """Only the names themselves are groups' names."""
    named = {words for kind, words, name in read(text) if kind == "group" and name is not None}
    assert not {"Front", "Army", "party", "Upper Kesh battalion"} & named


def test_a_group_name_beats_the_place_within_it(read: Read) -> None:
    """The place inside a group's name is no mention of its own."""
    found = read("The Popular Front for the Liberation of Ardania attacked Kesh.", ("Ardania", "Kesh"))
    assert [m[1] for m in found if m[0] == "place"] == ["Kesh"]


def test_a_place_beside_a_building_stays_a_place(read: Read) -> None:
    """The building's own words are the facility, the town before it the place."""
    found = read("A bomb exploded near a Kabul hotel.", ("Kabul",))
    assert ("place", "Kabul", "Kabul") in found
    assert ("facility", "hotel", None) in found


def test_a_bracketed_acronym_means_what_stands_before_it(read: Read) -> None:
    """The acronym's later mentions have the long form's name even if a table knows the acronym otherwise."""
    found = read("Rebels of the Blue Liberation Army (BLA) fled. The BLA lost ten men in Ghana.")
    assert {m[2] for m in found if m[1] == "BLA"} == {"Blue Liberation Army"}


def test_a_unit_and_its_owner_are_two_mentions(read: Read) -> None:
    """The possessor stays a mention beside the unit."""
    found = read("The BLA's Special Tactical Operations Squad (STOS) hit a post in Pakistan.")
    assert [m[2] for m in found if m[0] == "group"] == ["group:bla", "group:bla-stos", "group:bla-stos"]


def test_mentions_do_not_overlap(read: Read, names_pipeline: Language) -> None:
    """Each word belongs to one mention at most."""
    text = "Capt. Ali Haidar of the Pakistani Army said ELN rebels and Taliban militants burned a truck in Quetta."
    end = 0
    for _, words, _ in read(text, ("Quetta",)):
        start = text.index(words, end)
        assert start >= end
        end = start + len(words)


@pytest.mark.parametrize(("form", "expected"), [
    ("FARC", True), ("ISKP", True), ("PoK", True), ("M-19", True), ("Front", False), ("Al-Alami", False), ("a", False),
    ("said", False),
])
def test_acronyms_are_mostly_capitals(form: str, expected: bool) -> None:
    """A capitalised word is no acronym."""
    assert is_acronym(form) is expected


def test_a_broken_word_list_is_named(tmp_path: Path) -> None:
    """The error says which file is at fault."""
    for source in Settings().language_data.glob("*.yaml"):
        (tmp_path / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "people.yaml").write_text("titles: 7\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"people\.yaml"):
        load_name_words(Settings(language_data=tmp_path))
