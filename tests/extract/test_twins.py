"""Several attacks in one report stay apart, one attack told in several sentences stays one: made-up reports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.pipeline import Toolbox
from kg.records import Document, Event, Extraction

Told = tuple[str, int | None]  # a place and the killed


def read(toolbox: Toolbox, text: str) -> Extraction:
    return next(iter(toolbox.extractor.extract([Document(id="d", source="s", text=text, published="2025-09-18")])))


def attacks(found: Extraction) -> list[Event]:
    """The events that are no total of others."""
    wholes = {event.part_of for event in found.events}
    return [event for event in found.events if event.id not in wholes]


def told(found: Extraction, event: Event) -> tuple[str, set[int | None]]:
    places = " ".join(found.mention(place).text for place in event.places)
    return places, {c.min for c in event.casualties if c.outcome == "killed"}


SEVERAL: list[tuple[str, list[Told]]] = [
    ("FACTS OF THE DAY\n\nQUETTA - A roadside bomb killed two constables in the Sariab area of Quetta, police said.\n\n"
     "QUETTA - Gunmen shot dead three traders in the Hazarganji area of Quetta, police said.\n\n"
     "TURBAT - A bomb in a parked car killed three people in Turbat, 600 km (370 miles) southwest of Quetta.",
     [("Quetta", 2), ("Quetta", 3), ("Turbat", 3)]),
    ("Security forces told of three incidents:\n- Quetta: a hand grenade killed two officers.\n"
     "- Turbat: gunmen killed a labourer from Punjab.\n- Khuzdar: an improvised bomb damaged a railway line.",
     [("Quetta", 2), ("Turbat", 1), ("Khuzdar", None)]),
    ("A motorcycle bomb killed a policeman in Samarra, some 110 km north of Baghdad, on Monday. In Hilla, about 100 km "
     "south of Baghdad, gunmen shot dead two pilgrims.", [("Samarra", 1), ("Hilla", 2)]),
    ("Gunmen killed six men in Mosul on Friday. Also in Mosul, a bomb killed a guard at a bank.",
     [("Mosul", 6), ("Mosul", 1)]),
    ("Armed men killed five teachers in two separate incidents in Balochistan. In the first incident, three teachers "
     "were killed when men fired at a van in Khuzdar. In the second incident, two were shot dead in Kalat.",
     [("Khuzdar", 3), ("Kalat", 2)]),
    ("Gunmen wounded six officers in Lice on Monday. The attack came two days after a bomb killed nine people in Van.",
     [("Lice", None), ("Van", 9)]),
    ("Four villagers were killed in an ambush in Gao on Monday, while three guards died in a bomb attack in Mopti.",
     [("Gao", 4), ("Mopti", 3)]),
    ("A bomb at a market in Yola killed four people. In a second attack, gunmen fired on a bus in Mubi and killed two.",
     [("Yola", 4), ("Mubi", 2)]),
    ("A car bomb killed six people at a bank in Kirkuk. Last month a suicide bomber killed nine at the same bank.",
     [("Kirkuk", 6), ("", 9)]),
    ("A truck bomb killed 41 people at a market in Kismayo on Tuesday.\n\nMost of the traders had gathered there after "
     "gunmen shot dead Farah Abdi Warsame, a clan elder.", [("Kismayo", 41), ("", 1)]),
]

ONE = [
    "A truck bomb killed 41 people at a market in Kismayo on Tuesday. Gunmen stormed the market after the bomb had "
    "torn down its gate, and fired at traders.",
    "Eight people were killed when a bomb exploded in the Karrada district of Baghdad on Monday, police said. "
    "The bomb had been left at a bakery in Karrada.",
    "Six labourers were shot dead in Panjgur on Friday. Gunmen entered the house in which they slept and opened fire. "
    "The victims came from Multan, 700 km from Panjgur.",
    "Men attacked two churches in Kukawa on Sunday and killed 30 people. They first fired at the Catholic church and "
    "then went to the other one.",
    "The trial over the bombing of a museum in Brussels began on Monday. The explosion killed four people in May "
    "2014.",
    "A bomb killed eight people at a bus stop in Karachi on Monday. Three hours later two of the wounded died.",
    "KARACHI - A bomb killed eight people at a bus stop in Karachi on Monday.\n\nKARACHI - The dead in the blast at "
    "the bus stop were students.",
    "Three people were killed and 15 wounded by a car bomb in a car park in the town of Jbela.",
    "Gunmen attacked a police post in Djibo and killed eleven officers. The attackers burned two cars before fleeing "
    "the scene.",
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_each_attack_of_a_report_keeps_its_own_place_and_toll(
        toolbox: Toolbox, text: str, expected: list[Told]) -> None:
    found = read(toolbox, text)
    rows = [told(found, event) for event in attacks(found)]
    assert len(rows) == len(expected)
    for (places, killed), (place, number) in zip(rows, expected, strict=True):
        assert place.lower() in places.lower()
        assert killed == ({number} if number is not None else set())


@pytest.mark.parametrize("text", ONE)
def test_one_attack_told_again_and_further_stays_one(toolbox: Toolbox, text: str) -> None:
    assert len(attacks(read(toolbox, text))) == 1


@pytest.mark.parametrize(("text", "day"), [
    ("Gunmen attacked a bus near Lima on Monday. The attack came two days after a bomb killed nine in Cusco.",
     "2025-09-13"),
    ("Gunmen killed six men in Lima on Friday. A day later, a bomb wounded four in Cusco.", "2025-09-13"),
    ("Two days after the bombing, gunmen shot dead two guards in Cusco.", None),
])
def test_what_follows_a_distance_in_time_is_dated_in_its_direction(
        toolbox: Toolbox, text: str, day: str | None) -> None:
    """"A came two days after B" dates B before A; "a day later, B" dates it after; an unknown day gives none."""
    event = read(toolbox, text).events[-1]
    assert (event.date.earliest if event.date else None) == day


@pytest.mark.parametrize(("text", "places"), [
    ("A bomb killed nine people in Sulaiman Pek, 160 km north of Baghdad.", {"Sulaiman Pek"}),
    ("A bomb killed nine people 40 km north of Baghdad.", {"Baghdad"}),
])
def test_a_place_from_which_another_is_measured_is_not_where_it_happened(
        toolbox: Toolbox, text: str, places: set[str]) -> None:
    found = read(toolbox, text)
    assert {found.mention(place).text for place in found.events[0].places} == places


def reports() -> list[tuple[str, list[dict[str, str]]]]:
    """The reports of `twins.txt` with what each of their attacks is known by."""
    rows = []
    for block in (Path(__file__).parent / "twins.txt").read_text(encoding="utf-8").split("\n@ ")[1:]:
        lines = block.strip().split("\n")[1:]
        known = [dict(re.findall(r"(\w+)=(.*?)(?= \w+=|$)", line[2:])) for line in lines if line.startswith("=")]
        rows.append(("\n".join(line for line in lines if not line.startswith("=")), known))
    return rows


@pytest.mark.parametrize(("text", "known"), reports())
def test_attacks_are_counted_and_tolls_do_not_travel_between_them(
        toolbox: Toolbox, text: str, known: list[dict[str, str]]) -> None:
    found = read(toolbox, text)
    events = [event for event in attacks(found) if event.status in {"asserted", "alleged"}]
    assert len(events) == len(known)
    for event, row in zip(events, known, strict=True):
        places = " ".join(found.mention(place).text for place in event.places).lower()
        assert any(name.lower() in places for name in row.get("place", "").split("|"))
        for outcome in ("killed", "injured"):
            counts = [c for c in event.casualties if c.outcome == outcome and c.side != "perpetrators"]
            wanted = int(row[outcome]) if outcome in row else None
            assert wanted is None or wanted in {sum(c.min or 0 for c in counts), *(c.min for c in counts),
                                                *(c.max for c in counts)}
