"""GraphML holds the same picture as GEXF."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from kg.export import EXPORTERS
from kg.export.picture import Picture, draw
from kg.graph.store import GraphStore


def test_networkx_reads_back_what_is_drawn(sample_store: GraphStore, sample_picture: Picture, tmp_path: Path) -> None:
    _check(sample_store, sample_picture, tmp_path / "sample.graphml")


def test_odd_names_come_back(odd_store: GraphStore, tmp_path: Path) -> None:
    _check(odd_store, draw(odd_store), tmp_path / "odd.graphml")


def _check(store: GraphStore, picture: Picture, path: Path) -> None:
    EXPORTERS["graphml"].write(store, path)
    graph = nx.read_graphml(path, force_multigraph=True)
    assert {node.id: node.label for node in picture.nodes} == dict(graph.nodes(data="label"))
    assert sorted((edge.source, edge.target, edge.kind) for edge in picture.edges) == sorted(graph.edges(data="kind"))
