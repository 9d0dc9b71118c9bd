"""Writes a graph for other programs; `EXPORTERS` lists the formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.rdf import rdf_writer

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

__all__ = ["EXPORTERS", "Exporter"]

Write = Callable[["GraphStore", Path], None]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name, the ending of its files (none for a folder), a sentence on it, and what writes it."""

    name: str
    suffix: str
    description: str
    write: Write


def _later(module: str, function: str) -> Write:
    """A writer that is imported when it is first used, since drawing needs a heavy library."""
    def write(store: GraphStore, path: Path) -> None:
        writer: Write = getattr(import_module(module), function)
        writer(store, path)
    return write


EXPORTERS: dict[str, Exporter] = {one.name: one for one in (
    Exporter("turtle", ".ttl", "The whole graph as Turtle, the most readable RDF.", rdf_writer("turtle")),
    Exporter("trig", ".trig", "The whole graph as TriG.", rdf_writer("trig")),
    Exporter("ntriples", ".nt", "The whole graph as N-Triples, one statement a line.", rdf_writer("ntriples")),
    Exporter("jsonld", ".jsonld", "The whole graph as JSON-LD.", rdf_writer("jsonld")),
    Exporter("rdfxml", ".rdf", "The whole graph as RDF/XML, for older tools.", rdf_writer("rdfxml")),
    Exporter("gexf", ".gexf", "Events, actors and places for Gephi, laid out, with a time axis and the words behind "
             "each edge.", _later("kg.export.gexf", "write_gexf")),
    Exporter("graphml", ".graphml", "The same picture as GraphML, for yEd, Cytoscape and igraph.",
             _later("kg.export.graphml", "write_graphml")),
    Exporter("events", ".jsonl", "One line of JSON per event: its documents, date, tolls (low, best, high), disputes.",
             _later("kg.export.events", "write_events")),
    Exporter("csv", "", "A folder with events.csv, entities.csv and relations.csv.",
             _later("kg.export.tables", "write_tables")),
)}
