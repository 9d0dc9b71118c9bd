"""Places in a text: which names are places, which places they are, and which lies in which."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.language import Parsed, load_pipeline, parse
from kg.extract.mentions import Found
from kg.extract.places import PlaceWords, containers, find_places, load_place_words
from kg.placenames import PlaceIndex, load_places
from kg.records import Document, Kind
from kg.settings import Settings

Read = Callable[[str], tuple[Parsed, list[Found]]]


@pytest.fixture(scope="module")
def index() -> PlaceIndex:
    return load_places(Settings())


@pytest.fixture(scope="module")
def words() -> PlaceWords:
    return load_place_words(Settings())


@pytest.fixture(scope="module")
def read(index: PlaceIndex, words: PlaceWords) -> Read:
    nlp = load_pipeline(Settings().pipeline)

    def run(text: str) -> tuple[Parsed, list[Found]]:
        parsed = parse(nlp, Document(id="x", source="x", text=text))
        return parsed, find_places(parsed, index, words)

    return run


def surfaces(parsed: Parsed, found: list[Found]) -> list[str]:
    return [parsed.quote(place.start, place.end) for place in found]


@pytest.mark.parametrize(("text", "expected"), [
    ("Gunmen opened fire at a checkpoint in Quetta.", [("Quetta", "geonames:1167528")]),
    ("Two policemen died in Kech district on Friday.", [("Kech district", "geonames:1163052")]),
    ("The raids took place in the Bolan and Kech districts of Balochistan.",
     [("Bolan", "geonames:1175527"), ("Kech", "geonames:1163052"), ("Balochistan", "geonames:1183606")]),
    ("A mine exploded near Mach, Bolan, in Pakistan.",
     [("Mach", "geonames:1171757"), ("Bolan", "geonames:1175527"), ("Pakistan", "geonames:1168579")]),
    ("HERAT, June 3 (Wire) - A bomb wounded two people, officials said.", [("HERAT", "geonames:1140026")]),
    ("ADEN Gunmen killed a judge on Monday, residents said.", [("ADEN", "geonames:415189")]),
    ("Rebels shelled the southern city of Aden in Yemen.", [("Aden", "geonames:415189"), ("Yemen", "geonames:69543")]),
    ("Police in Hyderabad, Pakistan, arrested three men.",
     [("Hyderabad", "geonames:1176734"), ("Pakistan", "geonames:1168579")]),
    ("Police in Hyderabad, India, arrested three men.",
     [("Hyderabad", "geonames:1269843"), ("India", "geonames:1269750")]),
    ("Soldiers were ambushed in County Armagh.", [("County Armagh", "place:county-armagh")]),
    ("A fire broke out in Mobile, Ala., on Sunday.", [("Mobile", "geonames:4076598"), ("Ala.", "geonames:4829764")]),
    ("Troops moved through northern Colombia.", [("Colombia", "geonames:3686110")]),
    ("Militants stormed Mir Ali in North Waziristan.",
     [("Mir Ali", "place:mir-ali"), ("North Waziristan", "geonames:1168875")]),
    ("The convoy left Nice, France, at dawn.", [("Nice", "geonames:2990440"), ("France", "geonames:3017382")]),
])
def test_places_are_found_and_told_apart(read: Read, text: str, expected: list[tuple[str, str]]) -> None:
    parsed, found = read(text)
    assert [(surface, place.link) for surface, place in zip(surfaces(parsed, found), found, strict=True)] == expected
    assert all(place.kind is Kind.PLACE and place.name and place.rule.startswith("place.") for place in found)


@pytest.mark.parametrize(("text", "never"), [
    ("Mr Jackson said the talks had failed.", "Jackson"),
    ("President Lincoln signed the order.", "Lincoln"),
    ("The Army of Balochistan issued a statement.", "Balochistan"),
    ("A report in the Los Angeles Times denied it.", "Los Angeles"),
    ("Pakistani troops fired first.", "Pakistani"),
    ("Nice people helped the wounded.", "Nice"),
    ("Tank crews opened fire at noon.", "Tank"),
    ("The attack came in March.", "March"),
    ("Baloch people marched through the streets.", "Baloch"),
    ("Hub of the trade is the old market.", "Hub"),
    ("Irish peacekeepers came under fire.", "Irish"),
    ("Sarah Houston told reporters that nobody was hurt.", "Houston"),
    ("The city was quiet after the blast.", "The city"),
])
def test_other_names_are_no_places(read: Read, text: str, never: str) -> None:
    parsed, found = read(text)
    assert never not in surfaces(parsed, found)


@pytest.mark.parametrize(("text", "surface", "outer"), [
    ("A bomb went off in the Tarkhel area of Ghor province.", "Tarkhel area", "Ghor province"),
    ("Men from the village of Shin Gul in Helmand province fled.", "Shin Gul", "Helmand province"),
    ("Two men died in Kabul. The blast shook the Banozai district of the city.", "Banozai district", "Kabul"),
    ("Fighters left Kandahar's Zarobi district at night.", "Zarobi district", "Kandahar"),
])
def test_unknown_names_are_places_by_their_grammar(
    read: Read, index: PlaceIndex, text: str, surface: str, outer: str
) -> None:
    parsed, found = read(text)
    (place,) = [place for place in found if parsed.quote(place.start, place.end) == surface]
    assert (place.link, place.rule) == (None, "place.grammar")
    container = containers(parsed, found, index)[place.start]
    assert parsed.quote(container.start, container.end) == outer


@pytest.mark.parametrize("text", [
    "Gunmen struck the border area again.",
    "The tribal district was sealed off.",
    "Residents of the area fled to the coast.",
    "The Interior Ministry denied that its area commander was killed.",
])
def test_a_kind_without_a_name_is_no_place(read: Read, text: str) -> None:
    assert read(text)[1] == []


@pytest.mark.parametrize(("text", "inner", "outer"), [
    ("A mine exploded near Mach, Bolan, in Pakistan.", "Mach", "Bolan"),
    ("He was born in Peshawar, Pakistan.", "Peshawar", "Pakistan"),
    ("He flew from Kabul, Herat and Quetta.", "Kabul", None),
    ("They met in Kabul. Quetta was quiet.", "Kabul", None),
])
def test_a_place_lies_in_another_only_where_text_and_gazetteer_agree(
    read: Read, index: PlaceIndex, text: str, inner: str, outer: str | None
) -> None:
    parsed, found = read(text)
    inside = containers(parsed, found, index)
    (place,) = [place for place in found if parsed.quote(place.start, place.end) == inner]
    container = inside.get(place.start)
    assert (container and parsed.quote(container.start, container.end)) == outer


def test_a_country_that_speaks_is_marked_as_its_government(read: Read) -> None:
    _, found = read("India said on Monday that talks with Pakistan would go on.")
    assert next(place.rule for place in found) == "place.metonym"


def test_a_first_mention_with_its_kind_governs_the_later_ones(read: Read) -> None:
    _, found = read("Troops searched Hakkari province in Turkey. Six rebels were killed in Hakkari.")
    assert len({place.link for place in found if place.name.startswith("Hakk")}) == 1


NAMESAKES = [
    ("Police in Nairobi and Mombasa said Kenya was on alert, as Britain warned. Police in Eastleigh arrested "
     "three men.", "Eastleigh", False),
    ("Police in London and Leeds said Britain was on alert, as Kenya warned. Police in Eastleigh arrested three men.",
     "Eastleigh", True),
    ("Troops in Gao and Bamako said Mali was on alert. Fourteen soldiers died in Kidal.", "Kidal", True),
]


@pytest.mark.parametrize(("text", "name", "linked"), NAMESAKES)
def test_no_lesser_place_is_taken_from_a_country_that_the_report_hardly_names(
        read: Read, text: str, name: str, linked: bool) -> None:
    parsed, found = read(text)
    assert [m.link is not None for m in found if parsed.quote(m.start, m.end) == name] == [linked]
