"""What must leave the graph when a document is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, QuerySolutions, Store, Triple

from kg.graph import vocabulary as v
from kg.graph.iris import document_iri

Object = NamedNode | BlankNode | Literal | Triple

_GRAPH = DefaultGraph()
_HAS_GEOMETRY = NamedNode(v.GEO + "hasGeometry")
# The facts a document supports and no assertion of another source does.
_ALONE = f"""
SELECT DISTINCT ?s ?p ?o WHERE {{
  ?mine <{v.DERIVED_FROM.value}> $document ; <{v.SUBJECT.value}> ?s ; <{v.PREDICATE.value}> ?p ; <{v.OBJECT.value}> ?o .
  FILTER NOT EXISTS {{
    ?other <{v.OBJECT.value}> ?o ; <{v.SUBJECT.value}> ?s ; <{v.PREDICATE.value}> ?p ;
      <{v.KG}status> ?status ; <{v.DERIVED_FROM.value}> ?source .
    FILTER(?source != $document && ?status IN ({", ".join(f"<{v.KG}{name}>" for name in v.SUPPORTING)}))
  }}
}}"""


def withdrawal(store: Store, document_id: str) -> list[Triple]:
    """The triples that only this document brought: its nodes, and facts and things nothing else supports."""
    document = NamedNode(document_iri(document_id))
    if next(store.quads_for_pattern(document, None, None, _GRAPH), None) is None:
        return []
    return list(_Withdrawal(store).run(document))


class _Withdrawal:
    """Collects triples to go: first what the document says, then what that leaves hanging."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._gone: dict[Triple, None] = {}
        self._dropped: set[NamedNode] = set()

    def run(self, document: NamedNode) -> dict[Triple, None]:
        """The triples to delete."""
        todo = [t.object for t in self._of(document) if t.predicate == v.MENTIONS]
        for fact in self._facts_alone(document):
            if next(self._store.quads_for_pattern(fact.subject, fact.predicate, fact.object, _GRAPH), None) is not None:
                self._gone[fact] = None
        for owned in list(self._subjects(v.DERIVED_FROM, document)):
            self._drop(owned)
        self._drop(document)
        while todo:
            todo.extend(self._abandon(todo.pop()))
        return self._gone

    def _facts_alone(self, document: NamedNode) -> Iterator[Triple]:
        found = self._store.query(_ALONE.replace("$document", str(document)))
        assert isinstance(found, QuerySolutions)
        for row in found:
            yield Triple(row["s"], row["p"], row["o"])

    def _abandon(self, thing: Object) -> list[Object]:
        """Drop a thing that nothing mentions or points at any more; what it pointed at comes back."""
        if not isinstance(thing, NamedNode) or thing in self._dropped or self._alive(thing):
            return []
        pointed_at: list[Object] = []
        for assertion in list(self._subjects(v.SUBJECT, thing)):
            if assertion not in self._dropped:
                pointed_at += [t.object for t in self._of(assertion) if t.predicate == v.OBJECT]
                self._drop(assertion)
        for triple in self._of(thing):
            if triple.predicate == _HAS_GEOMETRY:
                self._drop(triple.object)
        self._drop(thing)
        return pointed_at

    def _alive(self, thing: NamedNode) -> bool:
        pointers = (v.MENTIONS, v.OBJECT, v.kg("speaker"))
        return any(node not in self._dropped for predicate in pointers for node in self._subjects(predicate, thing))

    def _drop(self, node: Object) -> None:
        if isinstance(node, NamedNode):
            self._dropped.add(node)
            self._gone.update(dict.fromkeys(self._of(node)))

    def _of(self, node: NamedNode) -> list[Triple]:
        return [quad.triple for quad in self._store.quads_for_pattern(node, None, None, _GRAPH)]

    def _subjects(self, predicate: NamedNode, obj: NamedNode) -> Iterator[NamedNode]:
        for quad in self._store.quads_for_pattern(None, predicate, obj, _GRAPH):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject
