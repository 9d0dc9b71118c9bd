"""GraphML for yEd, Cytoscape, igraph and networkx: the same nodes and edges as in GEXF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.network import Value
from kg.export.picture import draw

if TYPE_CHECKING:
    from kg.graph.store import GraphStore


def write_graphml(store: GraphStore, path: Path) -> None:
    """Write what is drawn of the graph, with the same attributes, positions and colours as in GEXF."""
    import networkx as nx

    picture = draw(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in picture.nodes:
        look = {"label": node.label, "x": node.x, "y": node.y, "size": node.size, "colour": node.colour}
        graph.add_node(node.id, **look, **node.attributes)
    for edge in picture.edges:
        own: dict[str, Value] = {"kind": edge.kind, "label": edge.label, "weight": edge.weight, "colour": edge.colour}
        if edge.first_day and edge.last_day:
            own |= {"first_day": edge.first_day, "last_day": edge.last_day}
        graph.add_edge(edge.source, edge.target, key=edge.id, **own, **edge.attributes)
    nx.write_graphml_xml(graph, str(path), named_key_ids=True, edge_id_from_attribute=None)
