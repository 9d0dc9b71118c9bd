"""Events as lines of JSON: every document is the main one of exactly one line."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.export import EXPORTERS
from kg.graph.iris import document_iri
from kg.graph.store import GraphStore
from kg.graph.summaries import story_statements
from kg.resolution import StorySummary


def written(store: GraphStore, folder: Path) -> list[dict[str, Any]]:
    path = folder / "events.jsonl"
    EXPORTERS["events"].write(store, path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_event_has_its_documents_type_date_and_tolls(odd_store: GraphStore, tmp_path: Path) -> None:
    line = next(one for one in written(odd_store, tmp_path) if one["type"])
    assert (line["type"], line["status"], line["documents"]) == ("RocketOrDroneAttack", "asserted", ["odd.txt"])
    assert (line["earliest"], line["latest"], line["date_precision"]) == ("2015-05-01", "2015-05-31", "month")
    assert line["killed"] == {"low": 3, "best": 3, "high": 5}
    assert "injured" not in line


@pytest.mark.parametrize("event", [True, False])
def test_a_document_is_the_main_one_of_its_event_or_else_of_its_story(odd_store: GraphStore, tmp_path: Path,
                                                                     event: bool) -> None:
    iri = next(one["event"] for one in written(odd_store, tmp_path) if one["type"])
    full = f"https://w3id.org/militant-kg/event/{iri.partition(':')[2]}"
    told = StorySummary(iri="https://w3id.org/militant-kg/story/1", documents=("0" * 64,),
                        event=full if event else None)
    odd_store.consolidate(told.iri, story_statements(told))
    main = [one for one in written(odd_store, tmp_path) if one["main"]]
    assert [(one["event"], one["main"]) for one in main] == [(iri if event else "story:1", ["odd.txt"])]


def test_a_document_without_a_story_has_a_line_of_its_own(odd_store: GraphStore, tmp_path: Path) -> None:
    main = [one for one in written(odd_store, tmp_path) if one["main"]]
    assert [(one["event"], one["type"]) for one in main] == [(f"document:{'0' * 64}", None)]
    assert document_iri("0" * 64).endswith("0" * 64)


def test_every_sample_report_is_main_in_exactly_one_line(sample_store: GraphStore, tmp_path: Path) -> None:
    lines = written(sample_store, tmp_path)
    counted = Counter(source for line in lines for source in line["main"])
    assert set(counted.values()) == {1}
    assert set(counted) == {source for line in lines for source in line["documents"]}
