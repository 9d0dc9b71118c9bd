"""The store replaces, withdraws, asks and refuses as promised."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Triple
from rdflib import Graph

from kg.errors import QueryError, WorkspaceError
from kg.graph.knowledge import Knowledge
from kg.graph.rdf import statements
from kg.graph.reading import explain, find, info, show
from kg.graph.saved import saved_queries
from kg.graph.sparql import bind
from kg.graph.store import GraphStore
from kg.graph.terms import Iri, Literal, Table, Triples, Truth
from kg.graph.validate import validate
from kg.graph.vocabulary import SUPPORTING
from kg.ontology import load_ontology
from kg.records import Extraction
from kg.settings import Settings

Told = Callable[[Extraction, Knowledge], Iterator[Triple]]


def text_of(store: GraphStore) -> bytes:
    stream = io.BytesIO()
    store.dump("ntriples", stream)
    return stream.getvalue()


def test_replacing_a_document_by_itself_changes_nothing(store: GraphStore, knowledge: Knowledge, told: Told,
                                                        first: Extraction) -> None:
    before = text_of(store)
    store.replace(first.document.id, told(first, knowledge))
    assert text_of(store) == before


@pytest.mark.parametrize("which", [0, 1])
def test_withdrawing_a_document_leaves_the_graph_of_the_others(knowledge: Knowledge, first: Extraction,
                                                               second: Extraction, which: int, told: Told) -> None:
    both, alone = GraphStore.open(), GraphStore.open()
    pair = (first, second)
    for extraction in pair:
        both.replace(extraction.document.id, told(extraction, knowledge))
    alone.replace(pair[1 - which].document.id, told(pair[1 - which], knowledge))
    both.remove(pair[which].document.id)
    assert text_of(both) == text_of(alone)


def test_withdrawing_all_documents_leaves_nothing(knowledge: Knowledge, first: Extraction, second: Extraction,
                                                  told: Told) -> None:
    store = GraphStore.open()
    store.fill(triple for extraction in (first, second) for triple in told(extraction, knowledge))
    assert store.remove(first.document.id) > 0
    store.remove(second.document.id)
    assert text_of(store) == b""


def test_withdrawing_an_unknown_document_removes_nothing(store: GraphStore) -> None:
    assert store.remove("0" * 64) == 0


def test_a_changed_extraction_takes_the_place_of_the_old(store: GraphStore, knowledge: Knowledge,
                                                         second: Extraction) -> None:
    store.replace(second.document.id, statements(Extraction(document=second.document), knowledge))
    answer = store.query("ASK { ?event kg:killedMin 14 }")
    assert answer == Truth(value=False)


def test_loading_the_ontology_twice_changes_nothing(store: GraphStore) -> None:
    before = text_of(store)
    store.load_ontology(Settings().ontology)
    assert text_of(store) == before


def test_answers_are_typed(store: GraphStore) -> None:
    assert store.query("ASK { group:bla kg:opposes project:cpec }") == Truth(value=True)
    assert store.query("SELECT ?n { VALUES ?n { 1 } }") == Table(
        columns=("n",), rows=((Literal("1", "http://www.w3.org/2001/XMLSchema#integer"),),))
    assert isinstance(store.query("CONSTRUCT WHERE { ?s kg:opposes ?o }"), Triples)


@pytest.mark.parametrize("sparql", [
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SELECT * { service silent <http://e/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }", "LOAD <http://example.org/>",
    "INSERT DATA { group:bla kg:opposes group:x }", "DELETE WHERE { ?s ?p ?o }", "SELECT ?s WHERE {", ""])
def test_what_is_no_local_question_is_refused(store: GraphStore, sparql: str) -> None:
    with pytest.raises(QueryError):
        store.query(sparql)


@pytest.mark.parametrize("sparql", [
    "SELECT ?service { ?service ?p ?o }", "SELECT * { ?s rdfs:label 'SERVICE { LOAD' }",
    "SELECT * { <http://example.org/service> ?p ?load } # SERVICE",
    "PREFIX service: <http://e/> SELECT * { ?s service:x ?o }"])
def test_words_that_only_look_like_a_call_are_allowed(store: GraphStore, sparql: str) -> None:
    assert isinstance(store.query(sparql), Table)


def test_a_parameter_is_bound_as_a_term_whatever_is_in_it() -> None:
    hostile = 'x" } ; DROP ALL #'
    assert bind("SELECT * { ?s ?p $name }", {"name": Literal(hostile)}).count('\\"') == 1
    assert bind("SELECT '$name' { ?s ?p $other }", {"name": Iri("http://e/")}) == "SELECT '$name' { ?s ?p $other }"


def test_a_parameter_that_is_no_iri_is_refused() -> None:
    with pytest.raises(QueryError, match="parameter group"):
        bind("SELECT * { $group ?p ?o }", {"group": Iri("http://e/> ?p ?o } #")})


def test_a_second_writer_is_told_that_the_graph_is_in_use(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "graph"), pytest.raises(WorkspaceError, match="in use"):
        GraphStore.open(tmp_path / "graph")


def test_a_snapshot_keeps_what_was_there_and_cannot_be_written(tmp_path: Path, knowledge: Knowledge,
                                                               second: Extraction) -> None:
    with GraphStore.open(tmp_path / "graph") as store:
        store.replace(second.document.id, statements(second, knowledge))
        with store.snapshot(tmp_path / "copy") as copy:
            store.remove(second.document.id)
            assert copy.query("ASK { group:bla kg:opposes project:cpec }") == Truth(value=True)
            with pytest.raises(WorkspaceError):
                copy.remove(second.document.id)


def test_a_closed_graph_says_so() -> None:
    store = GraphStore.open()
    store.close()
    with pytest.raises(WorkspaceError, match="closed"):
        store.query("ASK { ?s ?p ?o }")


def test_the_statuses_that_support_facts_are_those_of_the_ontology() -> None:
    statuses = load_ontology(Settings()).statuses.values()
    assert {status.term for status in statuses if status.supports_fact} == set(SUPPORTING)


@pytest.mark.parametrize("name", sorted(saved_queries()))
def test_every_saved_query_runs(store: GraphStore, name: str) -> None:
    query = saved_queries()[name]
    assert isinstance(query.run(store), Table)
    assert query.title
    assert query.description.endswith(".")


@pytest.mark.parametrize(("name", "values", "rows"), [
    ("claimed-attacks", {"group": "group:bla"}, 2), ("claimed-attacks", {"group": "group:none"}, 0),
    ("events-in-place", {"place": "place:geonames-3"}, 2), ("events-in-place", {"place": "place:geonames-5"}, 0),
    ("opponents", {"object": "project:cpec"}, 2), ("opponents", {"object": "project:none"}, 0),
    ("events", {"from": "2024-05-06", "to": "2024-05-06"}, 2), ("events", {"from": "2024-05-07"}, 0),
    ("contested-attributions", {}, 2), ("unconfirmed-events", {}, 1), ("unclaimed-attacks", {}, 0)])
def test_saved_queries_answer(store: GraphStore, name: str, values: dict[str, str], rows: int) -> None:
    answer = saved_queries()[name].run(store, values)
    assert isinstance(answer, Table)
    assert len(answer.rows) == rows


@pytest.mark.parametrize("values", [{"from": "last week"}, {"when": "2024-01-01"}])
def test_a_bad_parameter_is_an_error(store: GraphStore, values: dict[str, str]) -> None:
    with pytest.raises(QueryError):
        saved_queries()["events"].run(store, values)


def test_a_good_graph_conforms(store: GraphStore) -> None:
    report = validate(store, Settings().ontology)
    assert report.violations == ()
    assert report.conforms


BREAKS = {
    "DELETE WHERE { ?x oa:exact 'BLA' }": "evidence quotes no words",
    "DELETE { ?x oa:start ?n } INSERT { ?x oa:start 900 } WHERE { ?x oa:exact 'Garruk' ; oa:start ?n }":
        "evidence does not start before it ends",
    "DELETE { ?x oa:exact 'Mach' } INSERT { ?x oa:exact 'Machh' } WHERE { ?x oa:exact 'Mach' }":
        "the quoted words are not as long as their place",
    "DELETE { ?x kg:status ?y } WHERE { ?x rdf:predicate kg:opposes ; kg:status ?y }": "an assertion lacks a status",
    "DELETE { ?x kg:evidence ?y } WHERE { ?x rdf:predicate kg:victim ; kg:evidence ?y }":
        "an assertion has no evidence",
    "DELETE { ?x kg:killedMin ?n } INSERT { ?x kg:killedMin 99 } WHERE { ?x kg:killedMin ?n }":
        "killedMax is below killedMin",
    "INSERT { ?x kg:date 'in May' } WHERE { ?x a kg:Bombing }": "a date is neither a day, a month nor a year",
    "INSERT DATA { place:geonames-1 kg:claims event:x }":
        "something that cannot act claims, denies, is accused of or suspected of an event",
    "INSERT { ?x kg:locatedIn group:bla } WHERE { ?x a kg:Bombing }": "something is located in what is no place",
    "INSERT DATA { group:bla kg:supports project:cpec }": "a fact has no assertion",
    "INSERT DATA { _:x rdfs:label 'nameless' }": "a node has no IRI",
    "DELETE { ?x rdfs:label ?n } WHERE { ?x a kg:Bombing ; rdfs:label ?n }": "an event has no label",
}


@pytest.mark.parametrize(("update", "message"), BREAKS.items())
def test_a_broken_graph_is_found_out(store: GraphStore, update: str, message: str) -> None:
    from kg.graph.vocabulary import PREFIXES

    store._open.update(update, prefixes=PREFIXES)
    report = validate(store, Settings().ontology)
    assert not report.conforms
    assert message in {violation.message for violation in report.violations}


@pytest.mark.parametrize(("name", "iri"), [
    ("bla", "group/bla"), ("Baluch Liberation Army", "group/bla"), ("group:bla", "group/bla"), ("cpec", "project/cpec"),
    ("Balochistan", "place/geonames-3")])
def test_things_are_found_by_any_name(store: GraphStore, name: str, iri: str) -> None:
    assert find(store, name) == (f"https://w3id.org/militant-kg/{iri}",)


@pytest.mark.parametrize("name", ["nobody", "group:none", "bombing", ""])
def test_nothing_is_found_by_a_name_nothing_has(store: GraphStore, name: str) -> None:
    assert find(store, name) == ()


def test_a_thing_is_shown_with_the_facts_about_it(store: GraphStore) -> None:
    thing, = show(store, "BLA")
    facts = [(one.predicate_label, one.value_label, one.supports) for one in thing.statements]
    assert ("opposes", "China-Pakistan Economic Corridor", 2) in facts
    assert [name for name, _, _ in facts].count("claims") == 2


@pytest.mark.parametrize("fact", [
    ("group:bla", "kg:opposes", "project:cpec"), ("BLA", "opposes", "China-Pakistan Economic Corridor")])
def test_a_fact_is_explained_by_its_sentences(store: GraphStore, fact: tuple[str, ...]) -> None:
    supports = explain(store, fact)
    assert {one.evidence[0].source for one in supports} == {"reports/first.txt", "https://news.example/2"}
    assert {one.evidence[0].quote for one in supports} == {"The BLA opposes the China-Pakistan Economic Corridor."}


def test_an_assertion_explains_itself(store: GraphStore) -> None:
    one = explain(store, ("BLA", "claims", "Bombing in Mach, 2024-05-06"))[0]
    assert explain(store, (one.assertion,)) == (one,)
    assert (one.speaker, one.status, one.rule) == ("Baloch Liberation Army", "asserted", "attack.blast")


@pytest.mark.parametrize("fact", [("BLA", "supports", "CPEC"), ("nobody", "opposes", "CPEC"), ("nothing",)])
def test_what_nobody_says_has_no_explanation(store: GraphStore, fact: tuple[str, ...]) -> None:
    assert explain(store, fact) == ()


def test_half_a_fact_is_an_error(store: GraphStore) -> None:
    with pytest.raises(QueryError):
        explain(store, ("BLA", "opposes"))


def test_info_counts_what_is_there(store: GraphStore) -> None:
    counts = info(store)
    assert (counts.documents, counts.events, counts.types) == (2, 2, (("bombing", 2),))
    assert dict(counts.predicates)["opposes"] == 1
    assert counts.triples == len(Graph().parse(data=text_of(store).decode(), format="nt"))
