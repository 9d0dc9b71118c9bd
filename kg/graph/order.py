"""The order in which a graph is written: things and their facts, then documents, then what the facts rest on."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QuerySolutions, Store, Triple

from kg.graph.vocabulary import LABEL, RESOURCE, TYPE

_GRAPH = DefaultGraph()
# What a reader wants to see first; kinds not named here come between.
_FIRST, _LAST = ("event", "group", "force"), ("toll", "document", "assertion")


def in_order(store: Store) -> Iterator[Triple]:
    """The triples of the default graph, subject by subject; only the subjects are held in memory."""
    found = store.query("SELECT DISTINCT ?s WHERE { ?s ?p ?o }")
    assert isinstance(found, QuerySolutions)
    for subject in sorted((row["s"] for row in found), key=_subject_key):
        triples = [quad.triple for quad in store.quads_for_pattern(subject, None, None, _GRAPH)]
        yield from sorted(triples, key=_triple_key)


def _subject_key(subject: NamedNode | BlankNode) -> tuple[int, str]:
    if isinstance(subject, BlankNode) or not subject.value.startswith(RESOURCE):
        return len(_FIRST) + 1, subject.value
    kind = subject.value.removeprefix(RESOURCE).partition("/")[0]
    if kind in _FIRST:
        return _FIRST.index(kind), subject.value
    return len(_FIRST) + (2 + _LAST.index(kind) if kind in _LAST else 0), subject.value


def _triple_key(triple: Triple) -> tuple[int, str, str]:
    rank = 0 if triple.predicate == TYPE else 1 if triple.predicate == LABEL else 2
    return rank, triple.predicate.value, str(triple.object)
