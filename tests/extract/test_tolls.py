"""Tolls: who was counted as killed, injured, kidnapped, missing or arrested, and what is no such count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KnowledgeError
from kg.extract.findings import Toll
from kg.extract.language import load_pipeline, parse
from kg.extract.tolls import find_tolls, load_count_words
from kg.records import Document
from kg.settings import Settings

Find = Callable[[str], list[Toll]]


@pytest.fixture(scope="module")
def find() -> Find:
    nlp, words = load_pipeline(Settings().pipeline), load_count_words(Settings())
    return lambda text: find_tolls(parse(nlp, Document(id="d", source="test", text=text)), words)


def _short(toll: Toll) -> tuple[str, int | None, int | None, str | None]:
    return toll.outcome, toll.min, toll.max, toll.who


@pytest.mark.parametrize(("text", "expected"), [
    ("Rebels killed at least 12 soldiers near the river.", [("killed", 12, None, "soldiers")]),
    ("Gunmen abducted Officer 2 Rosa Alvarez on Monday.", [("kidnapped", 1, 1, "Officer 2 Rosa Alvarez")]),
    ("Twelve people were killed and 30 wounded in the market.",
     [("killed", 12, 12, "people"), ("injured", 30, 30, "people")]),
    ("The helicopter crashed, killing all 12 soldiers on board.", [("killed", 12, 12, "soldiers")]),
    ("The blast left three dead and approximately 100 wounded.",
     [("killed", 3, 3, None), ("injured", 100, 100, None)]),
    ("He condemned the deaths of two officers.", [("killed", 2, 2, "officers")]),
    ("Gunmen shot five men, two of them fatally.", [("injured", 5, 5, "men"), ("killed", 2, 2, "men")]),
    ("A soldier guarding the bridge was wounded.", [("injured", 1, 1, "soldier")]),
    ("The mayor was assassinated outside his home.", [("killed", 1, 1, "mayor")]),
    ("The group admitted killing Judge Ramon Ortega.", [("killed", 1, 1, "Judge Ramon Ortega")]),
    ("A bombing that killed seven people shook the town.", [("killed", 7, 7, "people")]),
    ("Bomb kills 5 in Kabul", [("killed", 5, 5, None)]),
    ("A second bomb went off nearby. Five dead, sixteen wounded.",
     [("killed", 5, 5, None), ("injured", 16, 16, None)]),
    ("Three killed, four hurt in blast", [("killed", 3, 3, None), ("injured", 4, 4, None)]),
    ("The attack claimed the lives of nine farmers.", [("killed", 9, 9, "farmers")]),
    ("Two policemen lost their lives.", [("killed", 2, 2, "policemen")]),
    ("He was pronounced dead at the hospital.", [("killed", 1, 1, "He")]),
    ("Gunmen took 12 people hostage.", [("kidnapped", 12, 12, "people")]),
    ("Police arrested 20 suspects and detained a lawyer.",
     [("arrested", 20, 20, "suspects"), ("arrested", 1, 1, "lawyer")]),
    ("Eleven people are still missing.", [("missing", 11, 11, "people")]),
    ("The bodies of three men were found in a ditch.", [("killed", 3, 3, "men")]),
    ("Six workers suffered gunshot wounds.", [("injured", 6, 6, "workers")]),
    ("Two men were shot and killed by police.", [("killed", 2, 2, "men")]),
    ("Two people were found shot to death.", [("killed", 2, 2, "people")]),
    ("Two soldiers and three policemen were killed.", [("killed", 2, 2, "soldiers"), ("killed", 3, 3, "policemen")]),
    ("One person was killed and another wounded.", [("killed", 1, 1, "person"), ("injured", 1, 1, "person")]),
    ("Dozens of people were killed.", [("killed", None, None, "people")]),
    ("There were no casualties.", [("killed", 0, 0, None), ("injured", 0, 0, None)]),
    ("No one was injured.", [("injured", 0, 0, None)]),
    ("A 14-year-old boy was shot in the leg.", [("injured", 1, 1, "14-year-old boy")]),
    ("Rebels killed 15 people in the north and seven in the south.",
     [("killed", 15, 15, "people"), ("killed", 7, 7, "people")]),
])
def test_a_stated_outcome_is_counted(
        find: Find, text: str, expected: list[tuple[str, int | None, int | None, str | None]]) -> None:
    assert [_short(toll) for toll in find(text)] == expected


@pytest.mark.parametrize("text", [
    "The bombers could kill 20 people.", "The governor was not killed.", "They threatened to kill three hostages.",
    "The minister narrowly escaped being killed.", "They killed or wounded 20 soldiers.",
    "The rebels killed and wounded five soldiers.", "A plan to kill 30 people was foiled.",
    "If 20 people are killed, we will leave.", "He was charged with the attempted murder of two officers.",
    "No one else was hurt.", "Ten cows were killed.", "It killed the engine.", "It was the third death this week.",
    "The $3 million bridge was bombed.", "The bishop has received death threats.", "Several shots were heard.",
    "The toll road was closed.", "It is unknown whether civilians have been hurt.", "The budget cut took a heavy toll.",
    "The army captured the town.", "They vowed to kidnap 10 tourists.", "The killing of the project angered him.",
    "Nobody claimed the attack.", "The team lost three matches.", "The 12 soldiers left for home.",
    "He feared that 30 people might be dead.", "The patrol hit a mine.", "The bill died in parliament.",
])
def test_what_did_not_happen_or_is_no_count_gives_no_toll(find: Find, text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(("text", "subsets"), [
    ("Seven people, including two children, were killed.", [False, True]),
    ("Among the dead were three children.", [True]),
    ("Two officers were among those killed.", [True]),
    ("Seven people and two children were killed.", [False, False]),
])
def test_a_part_of_a_count_is_marked(find: Find, text: str, subsets: list[bool]) -> None:
    assert [toll.subset for toll in find(text)] == subsets


@pytest.mark.parametrize(("text", "total"), [
    ("The death toll rose to 15 on Friday.", True),
    ("Fourteen soldiers were killed in two attacks.", True),
    ("The war has killed 6,000 people.", True),
    ("The conflict has left 70,000 dead since 2004.", True),
    ("So far this year three judges have been killed.", True),
    ("The number of guerrillas killed by the troops has risen to 26.", True),
    ("Fourteen soldiers were killed in an attack.", False),
    ("The blast has killed six people.", False),
    ("Three judges were killed on Monday.", False),
])
def test_a_sum_is_told_from_the_count_of_one_incident(find: Find, text: str, total: bool) -> None:
    assert [toll.total for toll in find(text)] == [total]


@pytest.mark.parametrize(("text", "side"), [
    ("Four gunmen were shot dead.", "perpetrators"),
    ("Five of the attackers were killed.", "perpetrators"),
    ("The bomber killed himself.", "perpetrators"),
    ("Four policemen were shot dead.", "victims"),
    ("Five of the villagers were killed.", "victims"),
])
def test_attackers_are_told_from_their_victims(find: Find, text: str, side: str) -> None:
    assert [toll.side for toll in find(text)] == [side]


def test_the_wound_of_one_who_died_is_no_injury(find: Find) -> None:
    tolls = find("A boy was shot in the park on Monday. The boy died at the hospital.")
    assert [toll.outcome for toll in tolls] == ["killed"]


@pytest.mark.parametrize(("text", "outcomes"), [
    ("A mine killed two brothers on Monday. The brothers were also shot.", ["killed"]),
    ("A mine killed two brothers on Monday. Three sisters were also shot.", ["killed", "injured"]),
])
def test_the_dead_who_were_shot_are_not_wounded_as_well(find: Find, text: str, outcomes: list[str]) -> None:
    """Uncounted people who are known to be dead are not counted as wounded; others are."""
    assert [toll.outcome for toll in find(text)] == outcomes


def test_a_toll_points_at_its_words(find: Find) -> None:
    toll = find("Rebels killed at least 12 soldiers near the river.")[0]
    assert (toll.start, toll.end, toll.head, toll.trigger) == (2, 6, 5, 1)


def test_a_broken_word_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "counts.yaml").write_text("verbs: [kill", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"counts\.yaml"):
        load_count_words(replace(Settings(), language_data=tmp_path))
