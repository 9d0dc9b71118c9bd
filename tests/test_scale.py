"""What grows with the number of documents, and what must not."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from reports import Made, Maker

from kg.graph.nodes import local_names
from kg.pipeline import Toolbox
from kg.resolution import Profile

A_DAY = 3


@pytest.fixture(scope="module")
def tools() -> Toolbox:
    return Toolbox()


@pytest.fixture(scope="module")
def weeks(tools: Toolbox) -> list[list[Made]]:
    maker = Maker(tools, a_day=A_DAY)
    return [maker.week(number) for number in range(44)]


def candidates(tools: Toolbox, weeks: list[list[Made]]) -> int:
    """How many members of all weeks share a key with those of the last two."""
    keyed: defaultdict[str, list[Profile]] = defaultdict(list)
    found, resolver = set[tuple[str, str]](), tools.resolver
    for turn, week in enumerate(weeks, start=1):
        for made in week:
            for profile in resolver.profiles(made.extraction, local_names(made.extraction)):
                for key in resolver.blocks(profile):
                    if turn > len(weeks) - 2:
                        found.update((profile.id, other.id) for other in keyed[key])
                    keyed[key].append(profile)
    return len(found)


def test_what_is_compared_follows_how_many_reports_come_a_day_not_how_many_there_are(
        tools: Toolbox, weeks: list[list[Made]]) -> None:
    some, all_weeks = candidates(tools, weeks[22:]), candidates(tools, weeks)
    assert some > 100
    assert all_weeks < 1.3 * some


def test_made_up_reports_quote_their_texts_and_are_told_apart(weeks: list[list[Made]]) -> None:
    made = [one for week in weeks for one in week]
    assert len({one.extraction.document.id for one in made}) == len(made)
    for one in made:
        text = one.extraction.document.text
        assert all(text[mention.start:mention.end] == mention.text for mention in one.extraction.mentions)
        assert all(text[anchor.start:anchor.end] == anchor.text
                   for event in one.extraction.events for anchor in event.triggers)


def test_made_up_news_is_as_uneven_as_news_is(weeks: list[list[Made]]) -> None:
    """There are attacks with one report and with many, digests, recalled attacks and revised tolls."""
    made = [one for week in weeks for one in week]
    reports = Counter(attack for one in made for attack in one.truth.values())
    assert 1 in reports.values()
    assert max(reports.values()) > 20
    assert any(len(one.truth) > 2 for one in made)
    assert any(event.salience == "background" for one in made for event in one.extraction.events)
    tolls = defaultdict(set)
    for one in made:
        for event in one.extraction.events:
            if event.id in one.truth:
                tolls[one.truth[event.id]].add(event.casualties[0].min)
    assert any(len(told) > 2 for told in tolls.values())
    assert len({one.extraction.events[0].country for one in made}) > 10
