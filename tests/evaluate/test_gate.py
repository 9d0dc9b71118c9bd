"""The quality gate: no figure on the gold set is below its pinned floor."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.evaluate import evaluate
from kg.evaluate.floors import Floors, breaches, read_floors
from kg.evaluate.gold import read_gold
from kg.evaluate.predictions import extract_gold
from kg.evaluate.summary import Summary, summarise
from kg.evaluate.vocabulary import load_vocabulary
from kg.ontology import load_ontology
from kg.pipeline import Toolbox, extract
from kg.placenames import load_places
from kg.records import Extraction
from kg.settings import Settings

GOLD = Path(__file__).resolve().parent.parent / "gold"


@pytest.fixture(scope="module")
def summary(toolbox: Toolbox, settings: Settings) -> Summary:
    def extract_file(file: str, published: str | None) -> Iterable[Extraction]:
        return extract([file], published=published, tools=toolbox)

    gold = read_gold(GOLD)
    vocabulary = load_vocabulary(load_ontology(settings), load_places(settings).country_of)
    return summarise(evaluate(gold, extract_gold(gold, extract_file), vocabulary))


@pytest.fixture(scope="module")
def limits() -> Floors:
    return read_floors(GOLD / "floors.toml")


def test_every_figure_keeps_its_floor(summary: Summary, limits: Floors) -> None:
    assert list(map(str, breaches(summary, limits))) == []


def test_the_gate_asks_for_every_part_and_for_reliability(limits: Floors) -> None:
    parts = {f"{part}.{rate}" for part in ("events", "militant", "relations", "groups")
             for rate in ("precision", "recall", "f1")}
    assert parts | {"overall", "slots.f1", "type_accuracy"} <= limits.floors.keys()
    assert {"false_attacks", "calibration_error.events", "calibration_error.relations"} <= limits.ceilings.keys()
