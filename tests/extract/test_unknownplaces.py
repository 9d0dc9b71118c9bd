"""Places that no gazetteer has, what holds them, and the country that a document speaks of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.countries import document_country
from kg.extract.language import Parsed, load_pipeline, parse
from kg.extract.mentions import Found
from kg.extract.places import containers, find_places, load_place_words
from kg.placenames import PlaceIndex, load_places
from kg.records import Document
from kg.settings import Settings

Read = Callable[[str], tuple[Parsed, list[Found]]]


@pytest.fixture(scope="module")
def index() -> PlaceIndex:
    return load_places(Settings())


@pytest.fixture(scope="module")
def read(index: PlaceIndex) -> Read:
    nlp, words = load_pipeline(Settings().pipeline), load_place_words(Settings())

    def run(text: str) -> tuple[Parsed, list[Found]]:
        parsed = parse(nlp, Document(id="x", source="x", text=text))
        return parsed, find_places(parsed, index, words)

    return run


@pytest.mark.parametrize(("text", "name"), [
    ("Gunmen burnt three houses in the village of Um Zarbagh.", "Um Zarbagh"),
    ("A mine went off between the villages of Alwazi and Beyruk on Monday.", "Alwazi"),
    ("A mine went off between the villages of Alwazi and Beyruk on Monday.", "Beyruk"),
    ("Soldiers retook the hill of Kanzuri at dawn.", "Kanzuri"),
    ("A convoy was ambushed between Alwazi and Beyruk on Monday.", "Beyruk"),
    ("Raiders burnt a camp in Alwazi East county on Monday.", "Alwazi East county"),
    ("Rebels overran an army base at Zhurkand, some 40 km from Kandahar.", "Zhurkand"),
    ("Two farmers were shot near Ganduk al-Beyda on Friday.", "Ganduk al-Beyda"),
    ("The bomb went off in the Dosht-e-Marchi neighbourhood.", "Dosht-e-Marchi neighbourhood"),
    ("Shells fell on the Rimalek quarter of Gaza City.", "Rimalek quarter"),
    ("Police found the bodies in Orrantel District, near Lima.", "Orrantel District"),
    ("A trap was laid at Zhurkand, a hamlet of apple farmers.", "Zhurkand"),
    ("The tanker was hit in the Indian Ocean by a drone.", "Indian Ocean"),
])
def test_a_name_no_gazetteer_has_is_found_by_the_words_around_it(read: Read, text: str, name: str) -> None:
    parsed, found = read(text)
    assert name in [parsed.quote(place.start, place.end) for place in found if place.link is None]


@pytest.mark.parametrize(("text", "name"), [
    ("A dispute between Alwazi and Beyruk went to court.", "Beyruk"),
    ("The army calls the campaign Operation Harkhane.", "Harkhane"),
    ("Troops died in Operation Harkhane last year.", "Operation Harkhane"),
    ("An analyst at Veltrix said the claim was false.", "Veltrix"),
    ("He shouted at Zurkanov and left.", "Zurkanov"),
    ("The statement was written in Pashto.", "Pashto"),
    ("The raid came in December.", "December"),
    ("Congolese jets bombed an XQF camp on Friday.", "XQF camp"),
    ("She was staying at the Marula Lodge.", "Marula"),
    ("The attackers fled in a Toyota Hilux.", "Toyota"),
])
def test_operations_firms_persons_and_things_are_no_places(read: Read, text: str, name: str) -> None:
    parsed, found = read(text)
    assert not [place for place in found if name in parsed.quote(place.start, place.end)]


@pytest.mark.parametrize(("text", "inner", "outer"), [
    ("Gunmen struck in Zhurkand, in Pakistan's Kech district.", "Zhurkand", "Kech district"),
    ("A bomb went off at the Zobrek junction, in the Kech district.", "Zobrek junction", "Kech district"),
    ("The market in the Tarkhelo area of Quetta was shelled.", "Tarkhelo area", "Quetta"),
    ("Fighting spread through Balochistan. Four men were shot at Zhurkand.", "Zhurkand", "Balochistan"),
])
def test_an_unknown_place_lies_where_the_text_puts_it(
    read: Read, index: PlaceIndex, text: str, inner: str, outer: str
) -> None:
    parsed, found = read(text)
    inside = next(place for place in found if parsed.quote(place.start, place.end) == inner)
    holds = containers(parsed, found, index).get(inside.start)
    assert holds is not None
    assert parsed.quote(holds.start, holds.end) == outer


@pytest.mark.parametrize(("text", "country"), [
    ("Mozambican soldiers took back Palma on Sunday. Residents had fled to Pemba and Mueda in Cabo Delgado.", "MZ"),
    ("US forces and American advisers watched as a bomb killed six people in Kandahar. Afghan police cordoned off "
     "the road to Herat.", "AF"),
    ("A mine wounded two soldiers near Mach. Quetta was calm.", "PK"),
    ("The chairman opened the meeting.", None),
    ("Gunmen struck in Mali. Others struck in Niger.", None),
])
def test_towns_tell_the_country_before_nations_that_take_part(
    read: Read, index: PlaceIndex, text: str, country: str | None
) -> None:
    parsed, found = read(text)
    assert document_country(parsed, found, index, load_place_words(Settings())) == country


def test_the_document_outweighs_the_size_of_a_namesake(read: Read) -> None:
    """Palma in a report on Mozambique is not the big town in Spain."""
    parsed, found = read("The Mozambican army said on Monday that it held Palma. Families from Palma walked to Pemba, "
                         "Mueda and Montepuez in Cabo Delgado province.")
    links = {place.link for place in found if parsed.quote(place.start, place.end) == "Palma"}
    assert links == {"place:palma"}


@pytest.mark.parametrize(("text", "link"), [
    ("Fighters left el Salvador for Honduras.", "geonames:3585968"),
    ("HARTFORD --- A court in Connecticut freed him.", "geonames:4835797"),
    ("2. Mach: Two men were shot near the coal mines of Bolan in Balochistan.", "geonames:1171757"),
    ("Rebels surrendered in the neighboring town of Pemba, Mozambique.", "geonames:1028918"),
])
def test_articles_datelines_and_headings_show_places(read: Read, text: str, link: str) -> None:
    _, found = read(text)
    assert link in [place.link for place in found]
