"""What must leave the graph when a document is withdrawn, or when what all accounts come to is told anew."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.graph import vocabulary as v
from kg.graph.iris import document_iri

Object = NamedNode | BlankNode | Literal | Triple

_GRAPH = DefaultGraph()
_HAS_GEOMETRY = NamedNode(v.GEO + "hasGeometry")
_SUPPORTING = tuple(v.kg(name) for name in v.SUPPORTING)
_SOURCES = v.kg("sourceCount")
_TOLD_ONCE = (v.LABEL, v.EVENT_STATUS, _SOURCES, v.kg("documentCount"))


def withdrawal(store: Store, document_id: str) -> list[Triple]:
    """The triples that only this document brought: its nodes, and facts and things nothing else supports.

    What was consolidated from its accounts among others goes too, until it is told anew from those that stay.
    """
    document = NamedNode(document_iri(document_id))
    if next(store.quads_for_pattern(document, None, None, _GRAPH), None) is None:
        return []
    return list(_Withdrawal(store).run(document))


def told_once(store: Store, iri: str) -> list[Triple]:
    """The triples that sum up all accounts of an event, make up a story, or tell what an entity is called."""
    return list(_Withdrawal(store).summary(NamedNode(iri)))


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
        for node in owned:
            if self._leads_on(node):
                self._leave_name(node, document)
            else:
                self._drop_whole(node)
        self._leave_stories(document)
        self._drop(document)
        self._gone.update(dict.fromkeys(fact for fact in facts if self._has(fact) and not self._supported(fact)))
        while todo:
            todo.extend(self._abandon(todo.pop()))
        return self._gone

    def summary(self, thing: NamedNode) -> dict[Triple, None]:
        """The triples that stand for all accounts of a thing together."""
        for assertion in list(self._subjects(v.SUBJECT, thing)):
            if self._is_consolidated(assertion):
                self._drop_whole(assertion)
        for judgement in list(self._subjects(v.JOINED_IN, thing)):
            self._drop(judgement)
        told = self._of(thing)
        if not any(t.predicate == _SOURCES or t.object == v.STORY for t in told):
            self._gone.update(dict.fromkeys(self._description(told)))
            return self._gone
        for triple in told:
            if triple.predicate == v.DISPUTE:
                self._drop(triple.object)
            elif triple.predicate == v.INCLUDES:
                self._gone[triple] = None
                self._forget(triple.object, v.ABOUT, None)
            elif triple.predicate in _TOLD_ONCE or triple.object in (v.UNCONFIRMED, v.STORY):
                self._gone[triple] = None
        return self._gone

    def _description(self, told: list[Triple]) -> Iterator[Triple]:
        """The label and class of an entity, unless they are those of a table."""
        if not any(t.predicate == v.DERIVED_FROM and not _is_document(t.object) for t in told):
            yield from (t for t in told if t.predicate == v.LABEL or (t.predicate == v.TYPE and not self._supported(t)))

    def _is_consolidated(self, node: NamedNode) -> bool:
        return self._has(Triple(node, v.STATUS, v.CONSOLIDATED))

    def _drop_whole(self, node: NamedNode) -> None:
        """Drop a node, and the fact that only a consolidated assertion makes one."""
        if self._is_consolidated(node):
            self._gone.update(dict.fromkeys(fact for fact in self._fact(node) if self._has(fact)))
        self._drop(node)

    def _leave_stories(self, document: NamedNode) -> None:
        """Take a document out of its story, and the story away with the last."""
        for story in list(self._subjects(v.INCLUDES, document)):
            self._gone[Triple(story, v.INCLUDES, document)] = None
            if not any(t.predicate == v.INCLUDES and t.object != document for t in self._of(story)):
                self._drop_thing(story)

    def _leads_on(self, node: NamedNode) -> bool:
        """Whether a node is the name of a thing that another one stands for."""
        return any(t.predicate == v.REPLACED_BY and t not in self._gone for t in self._of(node))

    def _leave_name(self, name: NamedNode, document: NamedNode) -> None:
        """Forget that a document has a name for a thing, and where it leads once no document has it."""
        derived = [t for t in self._of(name) if t.predicate == v.DERIVED_FROM and _is_document(t.object)]
        self._gone[Triple(name, v.DERIVED_FROM, document)] = None
        if all(t in self._gone for t in derived):
            self._forget(name, v.REPLACED_BY, None)

    def _forget(self, subject: Object | None, predicate: NamedNode, obj: NamedNode | None) -> None:
        if subject is None or isinstance(subject, NamedNode):
            found = self._store.quads_for_pattern(subject, predicate, obj, _GRAPH)
            self._gone.update(dict.fromkeys(quad.triple for quad in found))

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
            self._has(Triple(node, v.STATUS, status)) for status in _SUPPORTING)

    def _has(self, triple: Triple) -> bool:
        return Quad(triple.subject, triple.predicate, triple.object) in self._store

    def _abandon(self, thing: Object) -> list[Object]:
        """Drop a thing that nothing mentions or points at any more; what it pointed at comes back."""
        if not isinstance(thing, NamedNode) or thing in self._dropped or self._alive(thing):
            return []
        if thing.value.startswith(v.KG):
            return []
        self._forget(None, v.ABOUT, thing)
        pointed_at: list[Object] = []
        for assertion in list(self._subjects(v.SUBJECT, thing)):
            if assertion not in self._dropped:
                pointed_at += [t.object for t in self._of(assertion) if t.predicate == v.OBJECT]
                self._drop(assertion)
        for triple in self._of(thing):
            if triple.predicate == _HAS_GEOMETRY:
                self._drop(triple.object)
        self._drop_thing(thing)
        return pointed_at

    def _drop_thing(self, thing: NamedNode) -> None:
        """Drop a thing; a document may have its name for what another one stands for now."""
        kept = [t for t in self._of(thing) if t not in self._gone and self._leads_on(thing)
                and (t.predicate == v.REPLACED_BY or (t.predicate == v.DERIVED_FROM and _is_document(t.object)))]
        self._drop(thing)
        for triple in kept:
            del self._gone[triple]

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


def _is_document(node: Object) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(document_iri(""))
