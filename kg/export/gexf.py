"""GEXF 1.3 for Gephi, written as a stream: laid out, coloured, with a time axis and the words behind each edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from kg.export.network import Value
from kg.export.picture import Attributes, DrawnEdge, DrawnNode, Picture, draw

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
  <meta>
    <creator>militant-kg</creator>
    <description>Events, actors and places, with an edge for each fact and the words it rests on</description>
  </meta>
  <graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
_TAIL = "  </graph>\n</gexf>\n"
_TYPES: dict[type, str] = {bool: "boolean", int: "integer", float: "double", str: "string"}


def write_gexf(store: GraphStore, path: Path) -> None:
    """Write what is drawn of the graph; the same graph gives the same file, byte by byte."""
    picture = draw(store)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(_lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    yield _HEAD
    node_types = _declared(node.attributes for node in picture.nodes)
    edge_types = _declared(edge.attributes for edge in picture.edges)
    yield from _declaration("node", node_types)
    yield from _declaration("edge", edge_types)
    yield f'    <nodes count="{len(picture.nodes)}">\n'
    for node in picture.nodes:
        yield _node(node)
    yield f'    </nodes>\n    <edges count="{len(picture.edges)}">\n'
    for edge in picture.edges:
        yield _edge(edge)
    yield "    </edges>\n" + _TAIL


def _declared(rows: Iterable[Attributes]) -> dict[str, str]:
    """The type of each attribute that occurs; one with values of several types is a string."""
    found: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            kind = _TYPES[type(value)]
            found[name] = kind if found.get(name, kind) == kind else "string"
    return found


def _declaration(of: str, types: Mapping[str, str]) -> Iterator[str]:
    yield f'    <attributes class="{of}">\n'
    for name, kind in types.items():
        yield f'      <attribute id="{name}" title="{name}" type="{kind}"/>\n'
    yield "    </attributes>\n"


def _node(node: DrawnNode) -> str:
    red, green, blue = _channels(node.colour)
    return (f"      <node id={quoteattr(node.id)} label={quoteattr(node.label)}{_days(node)}>\n"
            f"        {_values(node.attributes)}\n"
            f'        <viz:color r="{red}" g="{green}" b="{blue}" a="1.0"/>\n'
            f'        <viz:position x="{node.x}" y="{node.y}" z="0.0"/>\n'
            f'        <viz:size value="{node.size}"/>\n'
            "      </node>\n")


def _edge(edge: DrawnEdge) -> str:
    red, green, blue = _channels(edge.colour)
    return (f'      <edge id="{edge.id}" source={quoteattr(edge.source)} target={quoteattr(edge.target)} '
            f'kind={quoteattr(edge.kind)} label={quoteattr(edge.label)} weight="{edge.weight}"{_days(edge)}>\n'
            f"        {_values(edge.attributes)}\n"
            f'        <viz:color r="{red}" g="{green}" b="{blue}" a="1.0"/>\n'
            "      </edge>\n")


def _days(thing: DrawnNode | DrawnEdge) -> str:
    """The closed interval of an event's date; a month is written with its first and last day."""
    start = f' start="{thing.first_day}"' if thing.first_day else ""
    return start + (f' end="{thing.last_day}"' if thing.last_day else "")


def _values(attributes: Attributes) -> str:
    cells = (f'<attvalue for="{name}" value={quoteattr(_written(value))}/>' for name, value in attributes.items())
    return f"<attvalues>{''.join(cells)}</attvalues>"


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
