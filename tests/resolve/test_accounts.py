"""What several accounts of one event come to: tolls, date, class, what excludes each other, what a story is about."""

from __future__ import annotations

from typing import Any, cast

import pytest

from kg.gazetteer import Gazetteer
from kg.ontology import load_ontology
from kg.placenames import PlaceIndex
from kg.records import Casualties, Span
from kg.resolution import (
    ActorAccount,
    Estimation,
    EventProfile,
    EventSummary,
    PlaceAccount,
    ReportProfile,
    TollAccount,
)
from kg.resolve.accounts import story, summary
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.policy import policy
from kg.resolve.sources import sources
from kg.resolve.tolls import best_of, span_of, toll_accounts
from kg.resolve.words import sketch
from kg.settings import Settings

ONTOLOGY = load_ontology(Settings())
KNOWLEDGE = ResolutionKnowledge(ontology=ONTOLOGY, gazetteer=cast("Gazetteer", None), places=cast("PlaceIndex", None))
BOMBED = "Bombing"


def toll(low: int | None, high: int | None, *, best: int | None = None, outcome: str = "killed", side: str = "victims",
         **more: Any) -> TollAccount:
    return TollAccount(outcome=outcome, side=side, min=low, best=best if best is not None else low, max=high,
                       spans=(Span(start=0, end=4),), **more)


def account(name: str, published: str | None, *tolls: TollAccount, type: str = BOMBED, **more: Any) -> EventProfile:
    values = {"status": "asserted", "salience": "main", "evidence": (Span(start=0, end=9),), "confidence": 0.9} | more
    return EventProfile(id=f"event/{name}", document=name, key=name, type=type, published=published, tolls=tolls,
                        **values)


def actor(name: str, status: str = "claimed", *, at: int = 0, **more: Any) -> ActorAccount:
    values = {"kind": "group", "role": "perpetrator", "entity": name} | more
    return ActorAccount(name=name, status=status, span=Span(start=at, end=at + 5), **values)


def day(date: str, **more: Any) -> dict[str, Any]:
    return {"earliest": date, "latest": date, "precision": "day", "date_span": Span(start=3, end=8)} | more


MAY = {"earliest": "2024-05-01", "latest": "2024-05-31", "precision": "month"}


def told(*accounts: EventProfile) -> EventSummary:
    return summary("event/x", accounts, KNOWLEDGE)


def killed(*accounts: EventProfile) -> tuple[int | None, int | None, int | None]:
    found: Estimation = told(*accounts).tolls[0]
    return found.low, found.best, found.high


@pytest.mark.parametrize(("accounts", "low_best_high"), [
    ([account("a", "2024-05-06", toll(12, 12))], (12, 12, 12)),
    ([account("a", "2024-05-06", toll(12, 14))], (12, 12, 14)),
    # A toll that grows: the reports of the last days supersede the first.
    ([account("a", "2024-05-06", toll(4, 4)), account("b", "2024-05-09", toll(9, 9))], (4, 9, 9)),
    ([account("a", "2024-05-06", toll(4, 4)), account("b", "2024-05-06", toll(4, 4)),
      account("c", "2024-05-10", toll(9, 9))], (4, 9, 9)),
    # Of reports of the same days, what most sources give; then the lower.
    ([account("a", "2024-05-06", toll(12, 12)), account("b", "2024-05-06", toll(14, 14)),
      account("c", "2024-05-06", toll(14, 14))], (12, 14, 14)),
    ([account("a", "2024-05-06", toll(14, 14)), account("b", "2024-05-06", toll(12, 12))], (12, 12, 14)),
    # A correction wins, also downwards; an outlet's own takes its first count out of the range.
    ([account("a", "2024-05-06", toll(11, 11)), account("b", "2024-05-07", toll(7, 7))], (7, 7, 11)),
    ([account("a", "2024-05-06", toll(11, 11), publisher="Wire"),
      account("b", "2024-05-06", toll(7, 7), publisher="Wire")], (7, 7, 7)),
    # Floors, single persons and boasts are no rivals of a count.
    ([account("a", "2024-05-06", toll(3, None)), account("b", "2024-05-06", toll(5, 5))], (5, 5, 5)),
    ([account("a", "2024-05-06", toll(8, None)), account("b", "2024-05-06", toll(5, 5))], (5, 5, None)),
    ([account("a", "2024-05-06", toll(3, None))], (3, 3, None)),
    ([account("a", "2024-05-06", toll(1, 1)), account("b", "2024-05-06", toll(6, 6))], (6, 6, 6)),
    ([account("a", "2024-05-06", toll(23, 23, partisan=True)), account("b", "2024-05-06", toll(12, 12))], (12, 12, 12)),
    ([account("a", "2024-05-06", toll(23, 23, partisan=True))], (23, 23, 23)),
    ([account("a", "2024-05-06", toll(20, 20, approximate=True)), account("b", "2024-05-06", toll(22, 22))],
     (20, 22, 22)),
    # Recollections do not overrule the reports of the time, unless there are no others.
    ([account("a", "2024-05-06", toll(12, 12)), account("b", "2025-05-06", toll(15, 15)),
      account("c", "2025-05-06", toll(15, 15))], (12, 12, 15)),
    ([account("a", "2024-05-06", toll(12, 12)), account("b", "2024-05-08", toll(15, 15), salience="background")],
     (12, 12, 15)),
    ([account("a", "2024-05-06"), account("b", "2025-05-06", toll(15, 15))], (15, 15, 15)),
    # What is only alleged adds nothing to what is asserted.
    ([account("a", "2024-05-06", toll(12, 12)), account("b", "2024-05-07", toll(40, 40), status="alleged")],
     (12, 12, 12)),
    ([account("a", None, toll(12, 12)), account("b", "2024-05-07", toll(9, 9))], (9, 9, 12))])
def test_a_toll_has_a_lowest_a_best_and_a_highest_count(accounts: list[EventProfile],
                                                        low_best_high: tuple[int | None, ...]) -> None:
    assert killed(*accounts) == killed(*reversed(accounts)) == low_best_high


def test_the_sides_and_outcomes_of_tolls_stay_apart() -> None:
    found = told(account("a", "2024-05-06", toll(5, 5), toll(2, 2, side="perpetrators"), toll(9, 9, outcome="injured")))
    assert {(one.outcome, one.side, one.best) for one in found.tolls} == {
        ("killed", "victims", 5), ("killed", "perpetrators", 2), ("injured", "victims", 9)}


STORY = sketch("A bomb in a parked van went off beside the covered market of the old town this morning, killing nine.")
OTHER = sketch("Nine people lost their lives when a vehicle exploded near a bazaar, the governor of the province said.")


@pytest.mark.parametrize(("accounts", "number"), [
    ([account("a", "2024-05-06", sketch=STORY), account("b", "2024-05-07", sketch=STORY)], 1),
    ([account("a", "2024-05-06", sketch=STORY), account("b", "2024-05-07", sketch=OTHER)], 2),
    ([account("a", "2024-05-06", publisher="Wire"), account("b", "2024-05-07", publisher="Wire")], 1),
    ([account("a", "2024-05-06", publisher="Wire"), account("b", "2024-05-07", publisher="Post")], 2),
    ([account("a", "2024-05-06", publisher="Wire", sketch=STORY), account("b", "2024-05-07", publisher="Post",
      sketch=STORY), account("c", "2024-05-08", publisher="Post", sketch=OTHER)], 1)])
def test_copies_and_reports_of_one_publisher_are_one_source(accounts: list[EventProfile], number: int) -> None:
    assert len(sources(accounts)) == told(*accounts).sources == number


@pytest.mark.parametrize(("accounts", "date", "precision"), [
    ([account("a", "2024-05-07", **day("2024-05-06")), account("b", "2024-05-08", **MAY)], "2024-05-06", "day"),
    ([account("a", "2024-05-07", **day("2024-05-06")), account("b", "2024-05-08", **day("2024-05-07")),
      account("c", "2024-05-08", **day("2024-05-07"))], "2024-05-07", "day"),
    ([account("a", "2024-05-07", **day("2024-05-06")), account("b", "2024-05-08", **day("2024-05-07"))],
     "2024-05-06", "day"),
    ([account("a", "2024-05-07", **MAY), account("b", "2025-05-07", **day("2024-05-09"))], "2024-05-01", "month"),
    ([account("a", "2024-05-07", **MAY), account("b", "2024-05-08", salience="background", **day("2024-05-09"))],
     "2024-05-01", "month"),
    ([account("a", "2024-05-07"), account("b", "2025-05-07", **day("2024-05-06"))], "2024-05-06", "day"),
    ([account("a", "2024-05-07")], None, None)])
def test_the_date_is_the_narrowest_that_agrees_with_most_sources(accounts: list[EventProfile], date: str | None,
                                                                 precision: str | None) -> None:
    found = told(*accounts)
    assert (found.earliest, found.precision) == (date, precision)


@pytest.mark.parametrize(("types", "expected"), [
    (["Bombing", "SuicideBombing"], "SuicideBombing"), (["Attack", "Bombing", "SuicideBombing"], "SuicideBombing"),
    (["SuicideBombing", "VehicleBombing", "VehicleBombing", "Bombing"], "VehicleBombing"),
    (["Bombing", "Bombing", "ArmedAssault"], "Bombing"), (["Attack", "Attack", "Clash"], "Attack"),
    (["Bombing", "Bombing", "Attack", "Clash"], "Bombing")])
def test_the_class_is_the_finest_that_most_sources_lead_to(types: list[str], expected: str) -> None:
    accounts = [account(f"a{turn}", "2024-05-06", type=name) for turn, name in enumerate(types)]
    assert told(*accounts).type == told(*reversed(accounts)).type == expected


@pytest.mark.parametrize(("statuses", "expected"), [
    (["asserted", "alleged"], "asserted"), (["alleged", "planned", "planned"], "alleged"), (["planned"], "planned"),
    (["denied", "denied", "threatened"], "denied")])
def test_an_event_is_asserted_if_anybody_asserts_it(statuses: list[str], expected: str) -> None:
    assert told(*(account(f"a{turn}", None, status=one) for turn, one in enumerate(statuses))).status == expected


def test_prominence_country_and_places_are_those_of_most() -> None:
    mach = PlaceAccount(name="Mach", link="geonames:1", within=("geonames:3",))
    sibi = PlaceAccount(name="Sibi", link="geonames:2", within=("geonames:3",))
    found = told(account("a", "2024-05-06", places=(sibi,), country="IR", salience="background"),
                 account("b", "2024-05-07", places=(mach,), country="PK"),
                 account("c", "2024-05-07", places=(mach,), country="PK"))
    assert (found.salience, found.country, found.places, found.main) == ("main", "PK", ("Mach",), ("b", "c"))
    assert [document for document, _ in found.country_spans] == ["b", "c"]


SIBI, MACH, KALAT = (PlaceAccount(name=name, link=f"geonames:{name}", level="locality", lat=lat, lon=lon)
                     for name, lat, lon in (("Sibi", 29.54, 67.88), ("Mach", 29.87, 67.33), ("Kalat", 29.03, 66.59)))


def twofold(whole: TollAccount, *parts: int, **more: Any) -> EventProfile:
    """A report of several attacks with so many killed in each."""
    return account("a", "2024-05-06", whole, total=True, parts=tuple((toll(one, one),) for one in parts), **more)


ONE, TWO = actor("Desert Falcons", link="group:1"), actor("Hill Brigade", link="group:2")
UNIT = actor("Falcons' Night Unit", link="group:3", above=("group:1",))


@pytest.mark.parametrize(("accounts", "aspects"), [
    ([account("a", "2024-05-06", toll(12, 12)), account("b", "2024-05-06", toll(14, 14))], ["killed"]),
    ([account("a", "2024-05-06", toll(14, 14)), account("b", "2024-05-08", toll(12, 12))], ["killed"]),
    ([account("a", "2024-05-06", **day("2024-05-05")), account("b", "2024-05-06", **day("2024-05-04"))], ["date"]),
    ([account("a", "2024-05-06", actors=(ONE, actor("Hill Brigade", "denied"), actor("Hill Brigade", "suspected")))],
     ["perpetrator", "perpetrator"]),
    ([account("a", "2024-05-06", actors=(ONE,)), account("b", "2024-05-06", actors=(TWO,))], ["perpetrator"]),
    ([account("a", "2024-05-06", places=(SIBI,)), account("b", "2024-05-06", places=(KALAT,))], ["place"]),
    # Parts that come to more than the whole, whether it is closed above or all is told.
    ([twofold(toll(11, 11), 9, 4)], ["arithmetic"]), ([twofold(toll(None, 11, best=11), 9, 4)], ["arithmetic"]),
    # All parts told, and less than the whole, also if that is a lower bound.
    ([twofold(toll(11, 11), 5, 2, stated_parts=2)], ["arithmetic"]),
    ([twofold(toll(11, None), 5, 2, stated_parts=2)], ["arithmetic"]),
    ([account("a", "2024-05-06", actors=(ONE, actor("Hill Brigade", at=90, link="group:2")))], ["perpetrator"])])
def test_accounts_that_exclude_each_other_are_a_dispute(accounts: list[EventProfile], aspects: list[str]) -> None:
    found = told(*accounts).disputes
    assert [one.aspect for one in found] == aspects
    assert all(one.reason and one.spans for one in found)


@pytest.mark.parametrize("accounts", [
    # A toll that grows from day to day, a floor, ranges that meet, a recollection, a round number.
    [account("a", "2024-05-06", toll(12, 12)), account("b", "2024-05-08", toll(14, 14))],
    [account("a", "2024-05-06", toll(12, 12)), account("b", "2024-05-26", toll(13, 13))],
    [account("a", "2024-05-06", toll(12, None)), account("b", "2024-05-06", toll(14, 14))],
    [account("a", "2024-05-06", toll(12, 14)), account("b", "2024-05-06", toll(14, 15))],
    [account("a", "2024-05-06", toll(12, 12)), account("b", "2025-05-06", toll(9, 9))],
    [account("a", "2024-05-06", toll(20, 20, approximate=True)), account("b", "2024-05-06", toll(22, 22))],
    # Towns near each other, a way between two, a place that no table knows, a district.
    [account("a", "2024-05-06", places=(SIBI,)), account("b", "2024-05-06", places=(MACH,))],
    [account("a", "2024-05-06", places=(SIBI, KALAT)), account("b", "2024-05-06", places=(KALAT,))],
    [account("a", "2024-05-06", places=(SIBI, PlaceAccount(name="Old Ford"))),
     account("b", "2024-05-06", places=(KALAT,))],
    [account("a", "2024-05-06", places=(SIBI,)),
     account("b", "2024-05-06", places=(PlaceAccount(name="Kalat District", level="admin2", lat=29.0, lon=66.6),))],
    # Parts that fit, that leave some untold, that may be more; round numbers; other outcomes; one part alone.
    [twofold(toll(11, 11), 9, 2, stated_parts=2)], [twofold(toll(11, 11), 5, 2)],
    [twofold(toll(11, 11), 5, 2, stated_parts=3)], [twofold(toll(11, None), 9, 4)],
    [twofold(toll(11, 11, approximate=True), 9, 4)], [twofold(toll(11, 11, outcome="injured"), 9, 4)],
    [account("a", "2024-05-06", toll(11, 11), total=True, parts=((toll(15, 15),),))],
    # A month that holds the day; a day that no words of the text give; a day recalled years later.
    [account("a", "2024-05-06", **day("2024-05-05")), account("b", "2024-05-06", **MAY)],
    [account("a", "2024-05-06", **day("2024-05-05")), account("b", "2024-05-06", **day("2024-05-06", date_span=None))],
    [account("a", "2024-05-06", **day("2024-05-05")), account("b", "2026-05-06", **day("2026-05-05"))],
    # A unit and its group, two that claim together, attackers without a name, both sides of a clash, one denial.
    [account("a", "2024-05-06", actors=(ONE,)), account("b", "2024-05-06", actors=(UNIT,))],
    [account("a", "2024-05-06", actors=(ONE, TWO))],
    [account("a", "2024-05-06", actors=(ONE,)), account("b", "2024-05-06", actors=(actor("gunmen", "stated"),))],
    [account("a", "2024-05-06", actors=(ONE, actor("Border Guard", "stated", role="participant", kind="force")))],
    [account("a", "2024-05-06", actors=(ONE, actor("Hill Brigade", "denied")))],
    [account("a", "2024-05-06", actors=(actor("Falcons of the Desert"),)),
     account("b", "2024-05-06", actors=(actor("Desert Falcons"),))]])
def test_accounts_that_can_both_be_right_are_no_dispute(accounts: list[EventProfile]) -> None:
    assert told(*accounts).disputes == ()


def test_a_dispute_says_who_tells_what() -> None:
    dispute, = told(account("a", "2024-05-06", toll(12, 12), publisher="Wire"),
                    account("b", "2024-05-06", toll(14, 14), publisher="Post")).disputes
    assert dispute.reason == ("the counts of killed exclude each other: "
                              "12 (Wire, 2024-05-06); 14 (Post, 2024-05-06)")
    assert [document for document, _ in dispute.spans] == ["a", "b"]


def test_a_dispute_over_arithmetic_tells_the_sum() -> None:
    dispute, = told(twofold(toll(11, 11), 9, 4)).disputes
    assert dispute.reason == ("the parts do not fit the whole: 9 and 4 killed make 13, more than the 11 of the whole "
                              "(a report, 2024-05-06)")


def report(name: str, published: str, title: str) -> ReportProfile:
    return ReportProfile(id=f"story/{name}", document=name, published=published, title=title)


REPORTS = (report("a", "2024-05-07", "Later"), report("b", "2024-05-06", "First"), report("c", "2024-05-08", "Last"))


@pytest.mark.parametrize(("events", "expected"), [
    ([("e1", account("a", None)), ("e1", account("b", None)), ("e2", account("c", None))], "e1"),
    ([("e1", account("a", None, confidence=0.6)), ("e2", account("b", None))], "e2"),
    ([("e1", account("a", None, salience="background"))], None), ([("e1", account("a", None, status="planned"))], None),
    ([("e1", account("a", None, part=True))], None), ([], None)])
def test_a_story_is_about_the_event_that_most_of_its_documents_report(events: list[tuple[str, EventProfile]],
                                                                      expected: str | None) -> None:
    found = story("story/b", REPORTS, events)
    assert (found.event, found.label, found.documents) == (expected, "First", ("a", "b", "c"))


def test_of_two_events_the_names_they_happen_to_have_do_not_decide_which_a_story_is_about() -> None:
    one, other = account("a", None), account("b", None)
    for name in ("e1", "e9"):
        assert story("story/b", REPORTS, [(name, one), ("e5", other)]).event == name


TEXT = "Three soldiers and two drivers died. Seven were killed. He was shot dead."


def count(words: str, low: int | None, high: int | None, who: str | None, speaker: str | None = None,
          side: str = "victims") -> Casualties:
    start = TEXT.index(words)
    return Casualties(outcome="killed", side=side, min=low, max=high, who=who, start=start, end=start + len(words),
                      text=words, speaker=speaker)


SOLDIERS, DRIVERS = count("Three soldiers", 3, 3, "soldiers"), count("two drivers", 2, 2, "drivers")
SEVEN, HE = count("Seven", 7, 7, None), count("He", 1, 1, "he")


@pytest.mark.parametrize(("counts", "span", "best"), [
    ([SOLDIERS], (3, 3), 3), ([SOLDIERS, DRIVERS], (5, 5), 5), ([SOLDIERS, HE], (3, 3), 3), ([HE], (1, 1), 1),
    ([SOLDIERS, count("Seven", 4, 4, "army soldiers")], (4, 4), 4),
    ([SOLDIERS, count("Seven", 2, 2, "villagers")], (3, 5), 3), ([SOLDIERS, DRIVERS, SEVEN], (7, 12), 7),
    ([SOLDIERS, count("Seven", 7, 7, "troops", "x1")], (3, 7), 3),
    ([count("Three soldiers", 3, None, "soldiers"), count("Seven", 7, 7, "troops", "x1")], (3, None), 7),
    ([SOLDIERS, count("Seven", None, None, "soldiers")], (3, 3), 3), ([count("Seven", None, 5, None)], (None, 5), 5),
    ([count("Seven", None, None, "people")], (None, None), None)])
def test_counts_of_one_document_span_a_range_and_have_a_best(counts: list[Casualties],
                                                             span: tuple[int | None, int | None],
                                                             best: int | None) -> None:
    assert (span_of(counts, TEXT), best_of(counts, TEXT)) == (span, best)


def test_a_group_is_no_witness_of_its_own_attack_unless_nobody_else_counts() -> None:
    boast = count("Seven", 7, 7, "troops", "x1")
    heard, = toll_accounts((SOLDIERS, boast), TEXT, partisan={"x1"}, properties=ONTOLOGY.toll_properties)
    alone, = toll_accounts((boast,), TEXT, partisan={"x1"}, properties=ONTOLOGY.toll_properties)
    assert (heard.best, heard.partisan, alone.best, alone.partisan) == (3, False, 7, True)


def test_people_of_unknown_side_are_counted_with_the_victims() -> None:
    unknown = count("Seven", 7, 7, None, side="unknown")
    found, = toll_accounts((SOLDIERS, unknown), TEXT, partisan=(), properties=ONTOLOGY.toll_properties)
    assert (found.side, found.best) == ("victims", 7)


@pytest.mark.parametrize(("accounts", "bounds", "best"), [
    ([account("a", "2024-05-06", toll(12, 12))], [], []),
    ([account("a", "2024-05-06", toll(4, 4)), account("b", "2024-05-10", toll(9, 9))], [],
     ["4 (a report, 2024-05-06): superseded"]),
    ([account("a", "2024-05-06", toll(12, 12)), account("b", "2024-05-06", toll(14, 14))], [],
     ["14 (a report, 2024-05-06): outvoted"]),
    ([account("a", "2024-05-06", toll(3, None)), account("b", "2024-05-06", toll(5, 5))],
     ["at least 3 (a report, 2024-05-06): floor"], ["at least 3 (a report, 2024-05-06): floor"]),
    ([account("a", "2024-05-06", toll(11, 11), publisher="Wire"),
      account("b", "2024-05-07", toll(7, 7), publisher="Wire")],
     ["11 (Wire, 2024-05-06): corrected"], ["11 (Wire, 2024-05-06): corrected"]),
    ([account("a", "2024-05-06", toll(7, 7), publisher="Wire"),
      account("b", "2024-05-07", toll(7, 7), publisher="Wire")], [], []),
    ([account("a", "2024-05-06", toll(23, 23, partisan=True)), account("b", "2024-05-06", toll(12, 12))],
     ["23 (a report, 2024-05-06): boast"], ["23 (a report, 2024-05-06): boast"]),
    ([account("a", "2024-05-06", toll(12, 12)), account("b", "2025-05-06", toll(15, 15))], [],
     ["15 (a report, 2025-05-06): recalled"]),
    ([account("a", "2024-05-06", toll(20, 20, approximate=True)), account("b", "2024-05-06", toll(22, 22))], [],
     ["20 (a report, 2024-05-06): round"])])
def test_every_count_that_a_sum_was_not_drawn_from_is_told_with_its_reason(
    accounts: list[EventProfile], bounds: list[str], best: list[str],
) -> None:
    reasons = {words: why for why, words in policy().aside.items()}
    found, = told(*accounts).tolls
    for lines, expected in ((found.aside, bounds), (found.best_aside, best)):
        parted = [line.partition(": ") for line in lines]
        assert [f"{said}: {reasons[why]}" for said, _, why in parted] == expected


def test_other_dates_and_classes_are_told_beside_the_chosen_ones() -> None:
    found = told(account("a", "2024-05-07", publisher="Wire", **day("2024-05-06")),
                 account("b", "2024-05-07", publisher="Post", type="SuicideBombing", **day("2024-05-06")),
                 account("c", "2024-05-08", publisher="Star", type="Clash", **day("2024-05-07")))
    assert [line.partition(":")[0] for line in found.aside["date"]] == ["2024-05-07 (Star, 2024-05-08)"]
    assert [line.partition(":")[0] for line in found.aside["type"]] == ["clash (Star, 2024-05-08)",
                                                                        "bombing (Wire, 2024-05-07)"]


def test_each_number_rests_on_the_words_that_say_it() -> None:
    found, = told(account("a", "2024-05-06", toll(12, 12)), account("b", "2024-05-06", toll(14, 14)),
                  account("c", "2024-05-06", toll(14, 14))).tolls
    rows = [[document for document, _ in spans] for spans in (found.low_spans, found.best_spans, found.high_spans)]
    assert rows == [["a"], ["b", "c"], ["b", "c"]]
