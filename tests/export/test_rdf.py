"""RDF exports hold the whole graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.export import EXPORTERS
from kg.graph.store import FORMATS, GraphStore

_PARSERS = {"turtle": "turtle", "trig": "trig", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


def _exported(store: GraphStore, name: str, folder: Path) -> Graph:
    path = folder / f"graph{EXPORTERS[name].suffix}"
    EXPORTERS[name].write(store, path)
    graph = Graph()
    graph.parse(path, format=_PARSERS[name])
    return graph


def test_every_notation_of_the_store_has_an_exporter() -> None:
    assert set(FORMATS) <= set(EXPORTERS)


def test_every_exporter_has_its_name_and_one_sentence() -> None:
    assert all(one.name == name and one.description.endswith(".") for name, one in EXPORTERS.items())


@pytest.mark.parametrize("name", ["turtle", "trig", "jsonld"])
def test_every_notation_gives_the_same_graph(odd_store: GraphStore, tmp_path: Path, name: str) -> None:
    expected = _exported(odd_store, "ntriples", tmp_path)
    assert len(expected) == len(odd_store)
    assert isomorphic(_exported(odd_store, name, tmp_path), expected)


@pytest.mark.parametrize("name", ["turtle", "trig", "jsonld", "rdfxml"])
def test_every_notation_gives_the_sample_graph(sample_store: GraphStore, tmp_path: Path, name: str) -> None:
    """There are no blank nodes, so that isomorphic means equal, which is faster to see."""
    expected, found = (_exported(sample_store, one, tmp_path) for one in ("ntriples", name))
    assert len(expected) == len(sample_store)
    assert set(found) == set(expected)


def test_turtle_reads_as_the_ontology_is_written(sample_store: GraphStore, tmp_path: Path) -> None:
    EXPORTERS["turtle"].write(sample_store, tmp_path / "graph.ttl")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert "kg:claims event:" in text
    written = [line for line in text.splitlines() if not line.startswith("@prefix")]
    assert not [line for line in written if "<https://w3id.org/militant-kg/ontology#" in line]
