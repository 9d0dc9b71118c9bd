"""Floors hold, are named when they break, and are lowered only on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluate.case import Case
from kg.evaluate.floors import Floors, breaches, pinned, read_floors, write_floors
from kg.evaluate.gold import GoldDocument, GoldError
from kg.evaluate.results import score
from kg.evaluate.summary import Summary, summarise
from kg.evaluate.vocabulary import Vocabulary
from kg.records import Extraction


@pytest.fixture(scope="module")
def summary(gold: GoldDocument, extraction: Extraction, vocabulary: Vocabulary) -> Summary:
    return summarise([score(Case(gold, extraction, vocabulary))])


@pytest.mark.parametrize(("floors", "ceilings", "said"), [
    ({"events.recall": 0.5}, {"split_groups": 1}, []),
    ({"events.recall": 0.51}, {}, ["events.recall is 0.500, below its floor of 0.51"]),
    ({}, {"split_groups": 0}, ["split_groups is 1.000, above its ceiling of 0"]),
    ({"evnets.recall": 0.1}, {}, ["evnets.recall: there is no such figure, but a limit of 0.1 is pinned"]),
])
def test_a_broken_limit_is_named(
    summary: Summary, floors: dict[str, float], ceilings: dict[str, float], said: list[str],
) -> None:
    assert list(map(str, breaches(summary, Floors(floors=floors, ceilings=ceilings)))) == said


def test_pinned_limits_lie_a_little_under_the_figures_and_hold(summary: Summary) -> None:
    limits = pinned(summary, None, lower=False)
    assert limits.floors["events.recall"] == 0.49
    assert limits.ceilings["split_groups"] == 1
    assert breaches(summary, limits) == ()


@pytest.mark.parametrize(("lower", "floor", "ceiling"), [(False, 0.9, 0), (True, 0.49, 1)])
def test_limits_are_relaxed_only_on_purpose(summary: Summary, lower: bool, floor: float, ceiling: float) -> None:
    before = Floors(floors={"events.recall": 0.9}, ceilings={"split_groups": 0})
    after = pinned(summary, before, lower=lower)
    assert (after.floors["events.recall"], after.ceilings["split_groups"]) == (floor, ceiling)


def test_limits_rise_with_the_figures(summary: Summary) -> None:
    before = Floors(floors={"events.recall": 0.2}, ceilings={"split_groups": 7})
    after = pinned(summary, before, lower=False)
    assert (after.floors["events.recall"], after.ceilings["split_groups"]) == (0.49, 1)


def test_limits_are_read_back_as_written(summary: Summary, tmp_path: Path) -> None:
    limits = pinned(summary, None, lower=False)
    write_floors(limits, tmp_path / "floors.toml")
    assert read_floors(tmp_path / "floors.toml") == limits


@pytest.mark.parametrize("content", ["[floors", "[floors]\noverall = 'high'\n[ceilings]\n", "[floors]\n", None])
def test_a_broken_file_of_floors_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "floors.toml"
    if content is not None:
        file.write_text(content)
    with pytest.raises(GoldError, match=r"floors\.toml: .*--pin"):
        read_floors(file)
