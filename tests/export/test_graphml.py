"""GraphML holds the same picture as GEXF."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from kg.export import EXPORTERS
from kg.export.picture import draw
from kg.graph.store import GraphStore


@pytest.mark.parametrize("which", ["sample_store", "odd_store"])
def test_networkx_reads_back_what_is_drawn(request: pytest.FixtureRequest, tmp_path: Path, which: str) -> None:
    store: GraphStore = request.getfixturevalue(which)
    EXPORTERS["graphml"].write(store, tmp_path / "graph.graphml")
    graph, picture = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True), draw(store)
    assert {node.id: node.label for node in picture.nodes} == dict(graph.nodes(data="label"))
    assert sorted((edge.source, edge.target, edge.kind) for edge in picture.edges) == sorted(
        graph.edges(data="kind"))
