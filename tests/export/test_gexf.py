"""GEXF files open in Gephi and its relatives, laid out, with dates and evidence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import networkx as nx
import pytest

from kg.export import EXPORTERS
from kg.export.picture import Picture
from kg.graph.store import GraphStore

_G = "{http://gexf.net/1.3}"
_VIZ = "{http://gexf.net/1.3/viz}"
_CHECK = Path(__file__).with_name("graphology_check.mjs")


@pytest.fixture
def odd(odd_store: GraphStore, tmp_path: Path) -> ElementTree.Element:
    EXPORTERS["gexf"].write(odd_store, tmp_path / "odd.gexf")
    return ElementTree.parse(tmp_path / "odd.gexf").getroot()


def _edges(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [edge for edge in root.iter(f"{_G}edge") if edge.get("kind") == kind]


def _values(element: ElementTree.Element) -> dict[str, str]:
    return {value.attrib["for"]: value.attrib["value"] for value in element.iter(f"{_G}attvalue")}


def test_elements_stand_in_the_order_of_the_format(sample_gexf: Path) -> None:
    root = ElementTree.parse(sample_gexf).getroot()
    assert (root.tag, root.get("version")) == (f"{_G}gexf", "1.3")
    assert [child.tag for child in root] == [f"{_G}meta", f"{_G}graph"]
    graph = root[1]
    assert [child.tag for child in graph] == [f"{_G}attributes"] * 2 + [f"{_G}nodes", f"{_G}edges"]
    assert {node.tag for node in graph[2]} == {f"{_G}node"}
    looks = [f"{_G}attvalues", f"{_VIZ}color", f"{_VIZ}position", f"{_VIZ}size"]
    assert all([child.tag for child in node] == looks for node in graph[2])
    assert all([child.tag for child in edge] == looks[:2] for edge in graph[3])


def test_ids_are_unique_and_edges_join_nodes(sample_gexf: Path) -> None:
    root = ElementTree.parse(sample_gexf).getroot()
    nodes = [node.attrib["id"] for node in root.iter(f"{_G}node")]
    edges = list(root.iter(f"{_G}edge"))
    assert len(nodes) == len(set(nodes))
    assert len(edges) == len({edge.attrib["id"] for edge in edges})
    assert {edge.attrib[end] for edge in edges for end in ("source", "target")} <= set(nodes)


def test_every_value_is_declared_with_its_type_and_none_is_called_type(sample_gexf: Path) -> None:
    root = ElementTree.parse(sample_gexf).getroot()
    reads = {"integer": int, "double": float, "string": str, "boolean": ("true", "false").index}
    for of in ("node", "edge"):
        declared = {one.attrib["id"]: one.attrib["type"] for one in root.iter(f"{_G}attribute")
                    if one in root.find(f".//{_G}attributes[@class='{of}']")}
        used = [pair for element in root.iter(f"{_G}{of}") for pair in _values(element).items()]
        assert {name for name, _ in used} == set(declared)
        assert not {"type", "label", "id", "None"} & set(declared)
        assert all(reads[declared[name]](value) is not None and value != "None" for name, value in used)


def test_dates_are_closed_intervals(sample_gexf: Path) -> None:
    root = ElementTree.parse(sample_gexf).getroot()
    dated = [e for e in root.iter() if e.get("start") or e.get("end")]
    assert {e.tag for e in dated} == {f"{_G}node", f"{_G}edge"}
    assert all("0001-01-01" <= e.attrib["start"] <= e.attrib["end"] for e in dated)


def test_no_two_nodes_lie_on_each_other(sample_picture: Picture) -> None:
    places = [(node.x, node.y) for node in sample_picture.nodes]
    assert len(places) == len(set(places))


def test_the_same_graph_gives_the_same_file(sample_store: GraphStore, sample_gexf: Path, tmp_path: Path) -> None:
    EXPORTERS["gexf"].write(sample_store, tmp_path / "again.gexf")
    assert (tmp_path / "again.gexf").read_bytes() == sample_gexf.read_bytes()


def test_networkx_reads_all_of_it(sample_picture: Picture, sample_gexf: Path) -> None:
    picture, graph = sample_picture, nx.read_gexf(sample_gexf)
    assert (len(graph), graph.number_of_edges()) == (len(picture.nodes), len(picture.edges))


def test_graphology_reads_all_of_it(sample_picture: Picture, sample_gexf: Path) -> None:
    folder = os.environ.get("GRAPHOLOGY_FOLDER")
    if not shutil.which("node") or not folder or not Path(folder, "node_modules", "graphology-gexf").is_dir():
        pytest.skip("node, or GRAPHOLOGY_FOLDER with graphology and graphology-gexf installed by npm, is missing")
    command = ["node", str(_CHECK), str(sample_gexf)]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    picture, found = sample_picture, json.loads(answer.stdout)
    assert (found["nodes"], found["edges"]) == (len(picture.nodes), len(picture.edges))
    assert found["placed"] == found["labelled"] == found["nodes"]
    assert found["quoted"] > 0
    assert found["typed"] == 0


def test_marks_that_xml_forbids_are_left_out_and_others_kept(odd: ElementTree.Element) -> None:
    labels = {node.get("label") for node in odd.iter(f"{_G}node")}
    assert {'"Red & Blue" <Front>', "UmmQarn"} <= labels


def test_claim_attribution_and_denial_are_edges_of_their_own(odd: ElementTree.Element) -> None:
    kinds = {kind: _edges(odd, kind) for kind in ("kg:claims", "kg:accusedOf", "kg:denies")}
    assert [len(edges) for edges in kinds.values()] == [1, 1, 1]
    colours = {tuple(edges[0].find(f"{_VIZ}color").attrib.items()) for edges in kinds.values()}
    assert len(colours) == 3


def test_what_an_actor_is_to_an_event_is_drawn_once(odd: ElementTree.Element) -> None:
    assert not _edges(odd, "kg:claimedBy") + _edges(odd, "kg:attributedTo") + _edges(odd, "kg:deniedBy")


def test_an_edge_leads_to_its_sentence(odd: ElementTree.Element) -> None:
    values = _values(_edges(odd, "kg:rivalOf")[0])
    assert values["quote"] == "The Lions are rivals of the Front."
    assert (values["source"], values["status"], values["confidence"]) == ("odd.txt", "asserted", "0.8")


def test_a_month_is_written_with_its_first_and_last_day(odd: ElementTree.Element) -> None:
    claim = _edges(odd, "kg:claims")[0]
    assert (claim.get("start"), claim.get("end")) == ("2015-05-01", "2015-05-31")


def test_assertions_and_planned_events_are_no_nodes(odd: ElementTree.Element) -> None:
    nodes = list(odd.iter(f"{_G}node"))
    assert {node.attrib["id"].split(":")[0] for node in nodes} == {"event", "group", "place"}
    assert sum(_values(node)["entity_type"] == "event" for node in nodes) == 1
