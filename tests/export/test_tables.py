"""The tables say of each event, entity and statement what the graph says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.export import EXPORTERS
from kg.graph.saved import saved_queries
from kg.graph.store import GraphStore
from kg.graph.terms import Table

Rows = list[dict[str, str]]


@pytest.fixture
def odd(odd_store: GraphStore, tmp_path: Path) -> dict[str, Rows]:
    return _tables(odd_store, tmp_path / "odd")


def _tables(store: GraphStore, folder: Path) -> dict[str, Rows]:
    EXPORTERS["csv"].write(store, folder)
    found = {}
    for path in folder.iterdir():
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.name] = list(csv.DictReader(stream))
    return found


def test_there_are_three_tables(odd: dict[str, Rows]) -> None:
    assert set(odd) == {"events.csv", "entities.csv", "relations.csv"}


@pytest.mark.parametrize(("column", "value"), [
    ("date", "2015-05"), ("precision", "month"), ("earliest", "2015-05-01"), ("latest", "2015-05-31"),
    ("type", "rocket or drone attack"), ("status", "asserted"), ("place", "UmmQarn"), ("killed_min", "3"),
    ("killed_max", "5"), ("injured_min", ""), ("claimed_by", '"Red & Blue" <Front>'), ("denied_by", "Lions"),
    ("accused", '"Red & Blue" <Front>'), ("suspected", ""), ("weapons", ""), ("lat", ""), ("sources", "odd.txt"),
    ("confidence", "0.9")])
def test_the_row_of_an_event(odd: dict[str, Rows], column: str, value: str) -> None:
    row, = (row for row in odd["events.csv"] if row["status"] == "asserted")
    assert row[column] == value


def test_a_planned_event_says_so_and_has_no_facts(odd: dict[str, Rows]) -> None:
    row, = (row for row in odd["events.csv"] if row["status"] == "planned")
    assert (row["type"], row["claimed_by"], row["killed_min"]) == ("attack", "", "")


def test_a_relation_has_its_words_and_where_they_stand(odd: dict[str, Rows]) -> None:
    row, = (row for row in odd["relations.csv"] if row["predicate"] == "kg:rivalOf")
    assert row["quote"] == "The Lions are rivals of the Front."
    assert int(row["end"]) - int(row["start"]) == len(row["quote"])


def test_an_entity_knows_its_events(odd: dict[str, Rows]) -> None:
    assert {row["name"]: row["events"] for row in odd["entities.csv"]} == {
        '"Red & Blue" <Front>': "1", "Lions": "1", "UmmQarn": "1"}


def test_every_event_of_the_graph_has_a_row(sample_store: GraphStore, tmp_path: Path) -> None:
    rows = [row for row in _tables(sample_store, tmp_path)["events.csv"] if row["type"]]
    answer = saved_queries()["events"].run(sample_store)
    assert isinstance(answer, Table)
    expected = {record["event"]: record for record in answer.records()}
    assert len(expected) == sum(row["status"] == "asserted" for row in rows)
    for row in rows:
        record = expected.get(row["event"].replace("event:", "https://w3id.org/militant-kg/event/"))
        if record is not None:
            assert row["killed_min"] == (record["killedMin"] or "")
            assert row["country"] == (record["country"] or "")
            assert set(row["claimed_by"].split("; ")) == set((record["claimedBy"] or "").split(", "))


def test_events_on_the_map_have_coordinates_and_say_of_what(sample_store: GraphStore, tmp_path: Path) -> None:
    rows = {row["event"]: row for row in _tables(sample_store, tmp_path)["events.csv"]}
    answer = saved_queries()["map-points"].run(sample_store)
    assert isinstance(answer, Table)
    points = {(record["event"] or "").rsplit("/", 1)[-1] for record in answer.records()}
    assert points == {name.removeprefix("event:") for name, row in rows.items() if row["lat"]}
    assert all(bool(row["lat"]) == bool(row["lon"]) == bool(row["coordinates_of"]) for row in rows.values())
