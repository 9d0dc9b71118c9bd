"""Checks a graph against the shapes of the ontology and that every fact has an assertion; notes what is contested."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pyshacl
from rdflib import SH, Graph
from rdflib.term import Node

from kg.errors import KnowledgeError
from kg.graph.saved import saved_queries
from kg.graph.store import GraphStore
from kg.graph.terms import Table
from kg.ontology import ontology_files
from kg.records import Record

_UNSUPPORTED, _CONTESTED = "facts-without-assertion", "contested-events"
# What a document can get wrong by itself.
_SUMS = "arithmetic"


class Violation(Record, frozen=True):
    """One broken rule: which node, by which path and value, and what is wrong in a sentence."""

    node: str
    path: str | None
    value: str | None
    message: str
    severity: str


class Note(Record, frozen=True):
    """Accounts of an event that exclude each other, in words; that is data, and no error of the graph.

    A `warning` where one document contradicts itself: then its sums are wrong, or were read wrongly.
    """

    event: str
    label: str
    aspect: str
    reason: str
    warning: bool


class Report(Record, frozen=True):
    """The outcome of a validation; `triples` were checked. Only violations make a graph not conform."""

    conforms: bool
    violations: tuple[Violation, ...]
    triples: int
    notes: tuple[Note, ...] = ()


def validate(store: GraphStore, ontology: Path) -> Report:
    """Check the whole graph against `shapes.ttl` in the folder `ontology`, with rdflib and pyshacl in memory."""
    data = _plain(store)
    triples = len(data)
    shapes = _parsed(ontology / "shapes.ttl")
    for file in ontology_files(ontology):
        data += _parsed(file)
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inplace=True)
    if not isinstance(results, Graph):
        raise KnowledgeError(f"the shapes cannot be used: {results}", where=str(ontology / "shapes.ttl"))
    found = sorted({*_violations(results), *_unsupported(store)}, key=lambda v: (v.message, v.node, v.value or ""))
    return Report(conforms=not found, violations=tuple(found), triples=triples, notes=_notes(store))


def _plain(store: GraphStore) -> Graph:
    """The graph as rdflib's own in-memory graph: pyshacl does not finish on one that lies in another store."""
    buffer = io.BytesIO()
    store.dump("ntriples", buffer)
    return Graph().parse(data=buffer.getvalue().decode(), format="nt")


def _parsed(path: Path) -> Graph:
    try:
        return Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise KnowledgeError(str(error), where=str(path), mend="restore the file from the distribution") from error


def _violations(results: Graph) -> Iterator[Violation]:
    for result in results.subjects(SH.resultSeverity):
        node, path, value = (results.value(result, part) for part in (SH.focusNode, SH.resultPath, SH.value))
        message = results.value(result, SH.resultMessage)
        severity = results.value(result, SH.resultSeverity)
        yield Violation(node=str(node), path=_text(path), value=_text(value), message=str(message),
                        severity=str(severity).rpartition("#")[2])


def _text(term: Node | None) -> str | None:
    return None if term is None else str(term)


def _notes(store: GraphStore) -> tuple[Note, ...]:
    """The contested events, warnings first."""
    answer = saved_queries()[_CONTESTED].run(store)
    assert isinstance(answer, Table)
    notes = [Note(event=row["event"] or "", label=row["label"] or "", aspect=row["aspect"] or "",
                  reason=row["reason"] or "", warning=row["aspect"] == _SUMS) for row in answer.records()]
    return tuple(sorted(notes, key=lambda note: not note.warning))


def _unsupported(store: GraphStore) -> Iterator[Violation]:
    answer = saved_queries()[_UNSUPPORTED].run(store)
    assert isinstance(answer, Table)
    for row in answer.records():
        yield Violation(node=row["subject"] or "", path=row["predicate"], value=row["object"],
                        message="a fact has no assertion", severity="Violation")
