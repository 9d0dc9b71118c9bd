"""An extraction becomes facts, each held up by an assertion that points at the words."""

from __future__ import annotations

import io

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.graph import vocabulary as v
from kg.graph.facts import date_value
from kg.graph.iris import linked_iri
from kg.graph.knowledge import Knowledge
from kg.graph.rdf import statements
from kg.graph.saved import saved_queries
from kg.graph.store import FORMATS, GraphStore
from kg.graph.terms import Table, Truth
from kg.records import Estimate, Extraction


def ask(store: GraphStore, pattern: str) -> bool:
    answer = store.query(f"ASK {{ {pattern} }}")
    assert isinstance(answer, Truth)
    return answer.value


@pytest.mark.parametrize("pattern", [
    "group:bla kg:claims ?attack . ?attack a kg:Bombing ; kg:claimedBy group:bla",
    "?attack a kg:Bombing ; kg:locatedIn+ place:geonames-2",
    "?attack a kg:Bombing ; kg:locatedIn/rdfs:label 'Garruk'",
    "?garruk rdfs:label 'Garruk' ; kg:locatedIn place:geonames-1",
    "group:bla kg:opposes project:cpec",
    "?attack kg:suspect ?x ; kg:deniedBy ?x ; kg:contested true . ?x kg:suspectedOf ?attack ; kg:denies ?attack",
    "?attack kg:killedMin 12 ; kg:killedMax 12 ; kg:date '2024-05-06'^^xsd:date",
    "?attack kg:target/rdfs:label 'a patrol truck' ; kg:victim/rdfs:label 'Nadir Shah'",
    "?attack kg:weapon weapon:roadside-bomb . weapon:roadside-bomb kg:kindOf weapon:bomb",
    "?a rdf:predicate kg:suspect ; kg:speaker/rdfs:label 'police' ; kg:attribution kg:Suspected",
    "?a rdf:predicate kg:toll ; kg:speakerText 'Hospital staff'",
    "?a rdf:predicate rdf:type ; rdf:object kg:Attack ; kg:status kg:Threatened",
    "?a rdf:predicate kg:alliedWith ; kg:status kg:Denied",
    "?a rdf:subject place:geonames-1 ; rdf:predicate kg:locatedIn ; kg:status kg:Reference ; kg:evidence geonames:1\\/",
])
def test_the_graph_holds(store: GraphStore, pattern: str) -> None:
    assert ask(store, pattern)


@pytest.mark.parametrize("pattern", [
    "?event a kg:Attack", "?anything kg:locatedIn place:geonames-5", "?x kg:alliedWith ?y",
    "?event a kg:UnconfirmedEvent ; kg:attributedTo ?anybody", "group:bla kg:accusedOf ?event",
    "?event kg:attributedTo ?anybody", "?event kg:killedMin 0", "?s ?p ?o FILTER(isBlank(?s) || isBlank(?o))",
])
def test_the_graph_does_not_hold(store: GraphStore, pattern: str) -> None:
    assert not ask(store, pattern)


def test_every_fact_has_an_assertion(store: GraphStore) -> None:
    answer = saved_queries()["facts-without-assertion"].run(store)
    assert isinstance(answer, Table)
    assert answer.rows == ()


def test_every_quote_is_the_text_at_its_offsets(store: GraphStore, first: Extraction, second: Extraction) -> None:
    texts = {extraction.document.source: extraction.document.text for extraction in (first, second)}
    answer = saved_queries()["quotes"].run(store)
    assert isinstance(answer, Table)
    assert len(answer.rows) > 20
    for row in answer.records():
        assert texts[row["source"] or ""][int(row["start"] or 0):int(row["end"] or 0)] == row["quote"]


def test_an_alleged_event_keeps_its_claim_as_a_fact_and_nothing_else(knowledge: Knowledge, second: Extraction) -> None:
    event = msgspec.structs.replace(second.events[0], status="alleged")
    triples = set(statements(msgspec.structs.replace(second, events=(event,)), knowledge))
    facts = {t.predicate.value.removeprefix(v.KG) for t in triples if "/event/" in t.subject.value
             and t.predicate.value.startswith(v.KG)}
    assert facts == {"claimedBy"}


def test_resolution_changes_no_assertion(knowledge: Knowledge, second: Extraction) -> None:
    plain = set(statements(second, knowledge))
    event = next(t.subject.value for t in plain if t.predicate == v.kg("claimedBy"))
    merged = set(statements(second, knowledge, resolved={event: f"{v.RESOURCE}event/older"}))

    def assertions(triples: set[Triple]) -> set[str]:
        return {t.subject.value for t in triples if t.object == v.ASSERTION}

    assert assertions(plain) == assertions(merged)
    assert Triple(NamedNode(linked_iri("group:bla")), v.kg("claims"), NamedNode(f"{v.RESOURCE}event/older")) in merged


def test_two_events_at_one_trigger_are_two_nodes(knowledge: Knowledge, second: Extraction) -> None:
    twin = msgspec.structs.replace(second.events[0], id="e2")
    triples = set(statements(msgspec.structs.replace(second, events=(second.events[0], twin)), knowledge))
    assert len({t.subject for t in triples if t.predicate == v.kg("claimedBy")}) == 2


@pytest.mark.parametrize(("earliest", "latest", "precision", "text", "datatype"), [
    ("2016-06-20", "2016-06-20", "day", "2016-06-20", "date"),
    ("2016-06-01", "2016-06-30", "month", "2016-06", "gYearMonth"),
    ("2016-01-01", "2016-12-31", "year", "2016", "gYear")])
def test_a_date_is_as_precise_as_the_text(earliest: str, latest: str, precision: str, text: str, datatype: str) -> None:
    value = date_value(earliest, latest, precision)
    assert value is not None
    assert (value.text, value.datatype) == (text, datatype)


@pytest.mark.parametrize(("earliest", "latest", "precision"), [
    ("2016-06-20", "2016-06-26", "week"), ("1990-01-01", "1999-12-31", "decade"), ("2016-05-30", "2016-06-02", "range"),
    ("2016-06-20", "2016-06-21", "day")])
def test_what_has_no_type_of_its_own_is_never_padded(earliest: str, latest: str, precision: str) -> None:
    assert date_value(earliest, latest, precision) is None


@pytest.mark.parametrize(("format", "parser"), [
    ("turtle", "turtle"), ("ntriples", "nt"), ("trig", "trig"), ("jsonld", "json-ld"), ("rdfxml", "xml")])
def test_every_format_reads_back_as_the_same_graph(knowledge: Knowledge, second: Extraction, format: str,
                                                   parser: str) -> None:
    store = GraphStore.open()
    store.replace(second.document.id, statements(second, knowledge))
    plain = Graph().parse(data=dumped(store, "ntriples"), format="nt")
    assert isomorphic(Graph().parse(data=dumped(store, format), format=parser), plain)
    assert set(FORMATS) == {"turtle", "ntriples", "trig", "jsonld", "rdfxml"}


def dumped(store: GraphStore, format: str) -> str:
    stream = io.BytesIO()
    store.dump(format, stream)
    return stream.getvalue().decode()


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60), data=st.data())
def test_any_anchor_comes_back_as_its_quote(knowledge: Knowledge, second: Extraction, text: str,
                                            data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mention = msgspec.structs.replace(second.mentions[0], start=start, end=end, text=text[start:end])
    document = msgspec.structs.replace(second.document, text=text)
    store = GraphStore.open()
    store.replace(document.id, statements(Extraction(document=document, mentions=(mention,),
                                                     entities=second.entities[:1]), knowledge))
    answer = store.query("SELECT * { ?x kg:refersTo ?y ; oa:start ?start ; oa:end ?end ; oa:exact ?quote }")
    assert isinstance(answer, Table)
    row, = answer.records()
    assert text[int(row["start"] or 0):int(row["end"] or 0)] == row["quote"] == text[start:end]


@settings(max_examples=40, deadline=None)
@given(confidence=st.floats(0, 1))
def test_a_confidence_is_written_in_one_way_only(knowledge: Knowledge, second: Extraction, confidence: float) -> None:
    relation = msgspec.structs.replace(second.relations[0], confidence=confidence)
    triples = list(statements(msgspec.structs.replace(second, events=(), relations=(relation,)), knowledge))
    written = next(t.object for t in triples if t.predicate == v.kg("confidence"))
    assert isinstance(written, Literal)
    assert float(written.value) == pytest.approx(confidence, abs=0.00006)
    store = GraphStore.open()
    store.fill(triples)
    assert set(map(str, (t.object for t in triples))) >= {str(written)}


@pytest.mark.parametrize(("predicate", "expected"), [("target", 0.4), ("date", 0.7), ("weapon", 0.95)])
def test_a_value_bears_its_own_confidence_and_that_of_its_event_without_one(
        knowledge: Knowledge, first: Extraction, predicate: str, expected: float) -> None:
    event = first.events[0]
    estimates = (Estimate(slot="target", value=event.targets[0], rule="target.described", confidence=0.4),
                 Estimate(slot="date", rule="date.day.deictic", confidence=0.7))
    event = msgspec.structs.replace(event, estimates=estimates)
    triples = list(statements(msgspec.structs.replace(first, events=(event,)), knowledge))
    told = {t.subject for t in triples if t.predicate == v.PREDICATE and t.object == v.kg(predicate)}
    sure = {float(t.object.value) for t in triples if t.predicate == v.kg("confidence") and t.subject in told}
    assert sure == {expected}
