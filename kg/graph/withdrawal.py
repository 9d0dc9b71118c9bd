"""What must leave the graph when a document is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.graph import vocabulary as v
from kg.graph.iris import document_iri

Object = NamedNode | BlankNode | Literal | Triple

_GRAPH = DefaultGraph()
_HAS_GEOMETRY = NamedNode(v.GEO + "hasGeometry")
_SUPPORTING = tuple(v.kg(name) for name in v.SUPPORTING)


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
        owned = list(self._subjects(v.DERIVED_FROM, document))
        facts = dict.fromkeys(fact for node in owned for fact in self._fact(node))
        for node in (*owned, document):
            self._drop(node)
        self._gone.update(dict.fromkeys(fact for fact in facts if self._has(fact) and not self._supported(fact)))
        while todo:
            todo.extend(self._abandon(todo.pop()))
        return self._gone

    def _fact(self, assertion: NamedNode) -> Iterator[Triple]:
        parts = {t.predicate: t.object for t in self._of(assertion)}
        subject, predicate = parts.get(v.SUBJECT), parts.get(v.PREDICATE)
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
            yield Triple(subject, predicate, parts[v.OBJECT])

    def _supported(self, fact: Triple) -> bool:
        """Whether an assertion that stays supports the fact.

        The assertions with its subject and those with its object are searched in turns: a group or a common value has
        thousands, an event a few, and the shorter list decides.
        """
        searches = (self._subjects(v.SUBJECT, fact.subject), self._subjects(v.OBJECT, fact.object))
        while True:
            for search in searches:
                node = next(search, None)
                if node is None:
                    return False
                if node not in self._dropped and self._supports(node, fact):
                    return True

    def _supports(self, node: NamedNode, fact: Triple) -> bool:
        parts = ((v.SUBJECT, fact.subject), (v.OBJECT, fact.object), (v.PREDICATE, fact.predicate))
        return all(self._has(Triple(node, *part)) for part in parts) and any(
            self._has(Triple(node, v.kg("status"), status)) for status in _SUPPORTING)

    def _has(self, triple: Triple) -> bool:
        return Quad(triple.subject, triple.predicate, triple.object) in self._store

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

    def _subjects(self, predicate: NamedNode, obj: Object) -> Iterator[NamedNode]:
        for quad in self._store.quads_for_pattern(None, predicate, obj, _GRAPH):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject
