"""Records to RDF: what one document asserts, as facts, assertions and evidence."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import vocabulary as v
from kg.graph.assertion import Assertion, Pair, Source
from kg.graph.facts import assertions
from kg.graph.iris import assertion_iri, document_iri, link_of, local_iri, review_iri, span_iri
from kg.graph.judged import REJECTED, Amendment, Judged, judged, review_statements
from kg.graph.knowledge import Knowledge
from kg.graph.nodes import Named, Node, Nodes, Value
from kg.graph.reference import is_known, lies_within, reference
from kg.graph.triples import confidence, day, reified, term
from kg.records import Event, Extraction, content_hash

_SELECTOR, _START, _END, _EXACT = (NamedNode(v.OA + name) for name in ("TextPositionSelector", "start", "end", "exact"))
_INTEGER = NamedNode(v.XSD + "integer")


def statements(extraction: Extraction, knowledge: Knowledge, *, resolved: Mapping[str, str] | None = None,
               amendments: Sequence[Amendment] = ()) -> Iterator[Triple]:
    """Every triple of one document; the same extraction gives the same triples, some more than once.

    `resolved` maps IRIs of single documents' entities and events to those of the things they were found to be; the
    assertions' own IRIs do not depend on it. What an event has one of (label, date, tolls …) stands here as assertions
    only, and so do the names of entities in `resolved`: the facts and labels come from all accounts of a thing together
    (`kg.graph.summaries`). `amendments` are what people decided on
    what the document says, in the order in which they are applied.
    """
    found_to_be = dict(resolved or {})
    after = _source(amendments[-1].after if amendments else extraction, knowledge, found_to_be)
    none = _found_to_be_none(extraction, after) if amendments else {}
    writer = _Writer(_source(extraction, knowledge, found_to_be | none))
    yield from writer.document()
    yield from writer.events()
    supports_fact = {name for name, status in knowledge.ontology.statuses.items() if status.supports_fact}
    found = judged(said(extraction, knowledge, found_to_be | none), amendments,
                   lambda one: said(one, knowledge, found_to_be), supports_fact.__contains__)
    for iri, assertion in found.items():
        yield from writer.assertion(iri, assertion)
    yield from writer.entities(knowledge)
    if amendments:
        yield from writer.amended(after, none, knowledge)
        for amendment in amendments:
            yield from review_statements(amendment.review, extraction.document.id)
    yield from writer.replaced(but=none)
    yield from writer.spans()


def _found_to_be_none(extraction: Extraction, after: Source) -> dict[str, str]:
    """The events that people found to be none, with the IRIs by which they are spoken of from then on.

    Their old ones may have become those of events that other documents tell of.
    """
    kept = {event.id for event in after.extraction.events}
    nodes = Nodes(extraction).events
    return {node.iri: local_iri("event", content_hash("none", node.key)) for name, node in nodes.items()
            if name not in kept}


def renamed(names: Mapping[str, str], document_id: str) -> Iterator[Triple]:
    """Where the IRIs of known things lead to that a document names and that people found to be others."""
    for name, thing in names.items():
        yield Triple(NamedNode(name), v.REPLACED_BY, NamedNode(thing))
        yield Triple(NamedNode(name), v.DERIVED_FROM, NamedNode(document_iri(document_id)))


def said(extraction: Extraction, knowledge: Knowledge,
         resolved: Mapping[str, str] | None = None) -> dict[str, Assertion]:
    """The assertions of one document by IRI."""
    source = _source(extraction, knowledge, resolved)
    return _best(extraction.document.id, assertions(source, lambda one, other: lies_within(knowledge, one, other)))


def _source(extraction: Extraction, knowledge: Knowledge, resolved: Mapping[str, str] | None) -> Source:
    return Source(extraction, Nodes(extraction, resolved), knowledge.ontology)


def _best(document_id: str, found: Iterator[Assertion]) -> dict[str, Assertion]:
    """The assertions by IRI; of those that say the same at the same place, the surest."""
    best: dict[str, Assertion] = {}
    for assertion in found:
        iri = _iri_of(document_id, assertion)
        if iri not in best or (best[iri].confidence or 0) < (assertion.confidence or 0):
            best[iri] = assertion
    return best


def _iri_of(document_id: str, assertion: Assertion) -> str:
    speaker = assertion.speaker.key if isinstance(assertion.speaker, Node) else assertion.speaker
    offsets = (offset for pair in assertion.anchors for offset in pair)
    return assertion_iri(document_id, assertion.subject.key, assertion.predicate, assertion.object.key,
                         assertion.status, speaker, assertion.attribution, *offsets)


class _Writer:
    """Writes the triples of one document and remembers which places of its text they point at."""

    def __init__(self, source: Source, spans: dict[Pair, NamedNode] | None = None) -> None:
        self._source, self._ontology = source, source.ontology
        self._document = source.extraction.document
        self._node = NamedNode(document_iri(self._document.id))
        self._spans: dict[Pair, NamedNode] = {} if spans is None else spans

    def document(self) -> Iterator[Triple]:
        """The document as a source, without its text."""
        doc = self._document
        yield Triple(self._node, v.TYPE, v.kg("Document"))
        yield Triple(self._node, v.TYPE, NamedNode(v.PROV + "Entity"))
        yield Triple(self._node, v.LABEL, Literal(doc.title or doc.source))
        yield Triple(self._node, v.kg("sha256"), Literal(doc.id))
        texts = {v.DCTERMS + "source": doc.source, v.DCTERMS + "title": doc.title, v.KG + "rawSha256": doc.raw_sha256,
                 v.DCTERMS + "publisher": doc.publisher, v.DCTERMS + "language": doc.language}
        for predicate, text in texts.items():
            if text:
                yield Triple(self._node, NamedNode(predicate), Literal(text))
        if doc.published:
            yield Triple(self._node, NamedNode(v.DCTERMS + "issued"), day(doc.published))

    def events(self) -> Iterator[Triple]:
        """The events' nodes with the places that tell of them; classes and facts come with the assertions."""
        for event in self._source.extraction.events:
            yield Triple(self._node, v.MENTIONS, NamedNode(self._source.nodes.events[event.id].iri))
            for pair in self._source.anchors(*event.evidence, *event.triggers):
                self._span(*pair)
            yield from self._tolls(event)

    def replaced(self, *, but: Container[str]) -> Iterator[Triple]:
        """Where the names that things, and its story, have by this document alone lead to."""
        for name, thing in self._source.nodes.replaced.items():
            if name in but:
                continue
            yield Triple(NamedNode(name), v.REPLACED_BY, NamedNode(thing))
            yield Triple(NamedNode(name), v.DERIVED_FROM, self._node)

    def assertion(self, iri: str, judged: Judged) -> Iterator[Triple]:
        """The assertion and, if its status supports one, the plain fact."""
        assertion = judged.assertion
        node, status = NamedNode(iri), self._ontology.statuses[judged.status]
        fact = Triple(NamedNode(assertion.subject.iri), NamedNode(assertion.predicate), term(assertion.object))
        if status.supports_fact and assertion.predicate.removeprefix(v.KG) not in self._ontology.consolidated:
            yield fact
        yield from reified(node, fact, status.term, sources=(self._node,),
                           evidence=(self._span(*pair) for pair in assertion.anchors))
        yield from self._manner(node, assertion)
        if judged.review:
            yield Triple(node, v.kg("review"), NamedNode(review_iri(judged.review.id)))
        if judged.stated:
            yield Triple(node, v.kg("statedAs"), v.kg(self._ontology.statuses[judged.stated].term))
        if judged.revises:
            yield Triple(node, v.REVISION_OF, NamedNode(judged.revises))

    def amended(self, after: Source, none: Mapping[str, str], knowledge: Knowledge) -> Iterator[Triple]:
        """What people's decisions brought in, and the events that they found to be none."""
        for event in self._source.extraction.events:
            iri = self._source.nodes.events[event.id].iri
            if iri in none.values():
                status, words = self._ontology.statuses[REJECTED], self._ontology.label(event.type)
                yield Triple(NamedNode(iri), v.TYPE, v.UNCONFIRMED)
                yield Triple(NamedNode(iri), v.EVENT_STATUS, v.kg(status.term))
                yield Triple(NamedNode(iri), v.LABEL, Literal(f"{status.label} {words}".capitalize()))
        writer = _Writer(after, self._spans)
        yield from writer.events()
        yield from writer.entities(knowledge)

    def entities(self, knowledge: Knowledge) -> Iterator[Triple]:
        """The things the document speaks of, described by the gazetteer where it knows them."""
        for named in self._source.nodes.described:
            node = NamedNode(named.node.iri)
            yield Triple(self._node, v.MENTIONS, node)
            link = named.link or link_of(named.node.iri)
            if link and is_known(link, knowledge):
                yield from reference(link, knowledge)
            elif named.node.iri not in self._source.nodes.compared:
                yield Triple(node, v.TYPE, v.kg(self._class(named)))
                yield Triple(node, v.LABEL, Literal(named.name))
        for mention in self._source.extraction.mentions:
            if mention.entity in self._source.nodes.entities and self._source.anchors(mention):
                iri = self._source.nodes.entities[mention.entity].node.iri
                yield Triple(self._span(mention.start, mention.end), v.kg("refersTo"), NamedNode(iri))

    def spans(self) -> Iterator[Triple]:
        """The places of the text that anything pointed at, with their words."""
        for (start, end), node in self._spans.items():
            yield Triple(node, v.TYPE, _SELECTOR)
            yield Triple(node, _START, Literal(str(start), datatype=_INTEGER))
            yield Triple(node, _END, Literal(str(end), datatype=_INTEGER))
            yield Triple(node, _EXACT, Literal(self._document.text[start:end]))
            yield Triple(node, v.DERIVED_FROM, self._node)

    def _manner(self, node: NamedNode, assertion: Assertion) -> Iterator[Triple]:
        """By which rule, how surely, by whom and how it is known."""
        if assertion.rule:
            yield Triple(node, v.kg("rule"), Literal(assertion.rule))
        if assertion.confidence is not None:
            yield confidence(node, assertion.confidence)
        if assertion.attribution:
            yield Triple(node, v.kg("attribution"), v.kg(assertion.attribution))
        yield from _speaker(node, assertion.speaker)

    def _tolls(self, event: Event) -> Iterator[Triple]:
        for count in event.casualties:
            node = NamedNode(self._source.nodes.toll(event, count).iri)
            yield Triple(node, v.TYPE, v.kg("Toll"))
            yield Triple(node, v.LABEL, Literal(f"{count.outcome}: {count.text}"))
            yield Triple(node, v.DERIVED_FROM, self._node)
            yield from (Triple(node, v.EVIDENCE, self._span(*pair)) for pair in self._source.anchors(count))
            values = {"outcome": Value(count.outcome), "side": Value(count.side), "who": Value(count.who or ""),
                      "min": _count(count.min), "max": _count(count.max),
                      "approximate": Value("true" if count.approximate else "false", "boolean")}
            given = {name: value for name, value in values.items() if value and value.text}
            yield from (Triple(node, v.kg(name), term(value)) for name, value in given.items())
            yield from _speaker(node, self._source.speaker(count.speaker))

    def _class(self, named: Named) -> str:
        return self._ontology.kind_classes.get(named.kind, "Entity")

    def _span(self, start: int, end: int) -> NamedNode:
        if (start, end) not in self._spans:
            self._spans[start, end] = NamedNode(span_iri(self._document.id, start, end))
        return self._spans[start, end]


def _speaker(node: NamedNode, speaker: Node | str | None) -> Iterator[Triple]:
    if isinstance(speaker, Node):
        yield Triple(node, v.kg("speaker"), NamedNode(speaker.iri))
    elif speaker:
        yield Triple(node, v.kg("speakerText"), Literal(speaker))


def _count(number: int | None) -> Value | None:
    return None if number is None else Value(str(number), "integer")
