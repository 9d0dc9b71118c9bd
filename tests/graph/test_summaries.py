"""Two reports of one blast become one event with one value for each thing, and both accounts stay."""

from __future__ import annotations

import io
from typing import cast

import msgspec
import pytest

from kg.gazetteer import Gazetteer
from kg.graph.accounts import accounts_of
from kg.graph.iris import document_iri
from kg.graph.knowledge import Knowledge
from kg.graph.nodes import local_names
from kg.graph.rdf import statements
from kg.graph.reading import explain, find, show
from kg.graph.saved import saved_queries
from kg.graph.store import GraphStore
from kg.graph.summaries import story_statements, summary_statements
from kg.graph.terms import Iri, Table, Truth
from kg.graph.validate import validate
from kg.graph.vocabulary import REPLACED_BY
from kg.ontology import load_ontology
from kg.placenames import PlaceIndex
from kg.records import Extraction
from kg.resolution import Dispute, EventProfile, EventSummary, StorySummary
from kg.resolve import ResolutionKnowledge, accounts, events, reports
from kg.settings import Settings


class Merged:
    """A graph in which the blast of both reports is the event of the first."""

    def __init__(self, knowledge: Knowledge, first: Extraction, second: Extraction) -> None:
        self.knowledge, self.first, self.second = knowledge, first, second
        self.old, self.iri = local_names(second)["e1"], local_names(first)["e1"]
        self.store = GraphStore.open()
        self.store.load_ontology(Settings().ontology)
        for extraction in (first, second):
            self.store.replace(extraction.document.id,
                               statements(extraction, knowledge, resolved={self.old: self.iri}))
        self.consolidate(first, second)

    def consolidate(self, *documents: Extraction) -> None:
        """Sum up the accounts of these documents, and tell the threat of the first apart."""
        found = [profile for document in documents for profile in self._profiles(document)]
        blasts = [profile for profile in found if profile.status == "asserted"]
        groups = {self.iri: blasts} | {one.id: [one] for one in found if one.status != "asserted"}
        for iri, group in groups.items():
            summed = accounts.summary(iri, group, self._known) if group else None
            self.store.consolidate(iri, summary_statements(summed, self.knowledge) if summed else ())

    def summed_up(self) -> EventSummary:
        """What both accounts of the blast come to."""
        found = [profile for document in (self.first, self.second) for profile in self._profiles(document)]
        return accounts.summary(self.iri, [one for one in found if one.status == "asserted"], self._known)

    @property
    def _known(self) -> ResolutionKnowledge:
        return ResolutionKnowledge(
            ontology=self.knowledge.ontology, gazetteer=cast("Gazetteer", self.knowledge.seeds),
            places=cast("PlaceIndex", self.knowledge.places))

    def _profiles(self, extraction: Extraction) -> tuple[EventProfile, ...]:
        names = local_names(extraction)
        return events.profiles(extraction, names, reports.profile(extraction, names, self._known), self._known)

    def holds(self, pattern: str) -> bool:
        return self.store.query(f"ASK {{ {pattern} }}") == Truth(value=True)

    def rows(self, name: str) -> list[dict[str, str | None]]:
        answer = saved_queries()[name].run(self.store)
        assert isinstance(answer, Table)
        return answer.records()

    def text(self) -> bytes:
        stream = io.BytesIO()
        self.store.dump("ntriples", stream)
        return stream.getvalue()


@pytest.fixture
def merged(knowledge: Knowledge, first: Extraction, second: Extraction) -> Merged:
    other = msgspec.structs.replace(second.document, publisher="Another Outlet")
    return Merged(knowledge, first, msgspec.structs.replace(second, document=other))


@pytest.mark.parametrize("pattern", [
    "?e kg:killedMin 12 ; kg:killedBest 12 ; kg:killedMax 14 ; kg:eventClass kg:Bombing ; kg:documentCount 2",
    "?e kg:dispute ?d ; kg:contested true . ?d kg:aspect 'killed' ; kg:evidence/oa:exact '14 dead'",
    "?a rdf:predicate kg:killedMin ; rdf:object 14 ; kg:status kg:Asserted",
    "?a rdf:predicate kg:killedBest ; kg:status kg:Consolidated ; kg:rule 'accounts.toll.best' ;"
    " kg:evidence/oa:exact '12 soldiers' ; kg:leftAside ?line FILTER(STRSTARTS(?line, '14 (Another Outlet'))",
    "?a rdf:predicate kg:killedMax ; kg:status kg:Consolidated ; kg:evidence/oa:exact '14 dead'",
    "?a kg:rule ?rule ; kg:status kg:Consolidated . ?policy a kg:Policy ; kg:ruleName ?rule ; skos:definition ?how",
    "?e a kg:Bombing ; kg:toll ?one, ?other FILTER(?one != ?other)",
    "?old dcterms:isReplacedBy ?e . ?e kg:killedMin 12",
    "?e a kg:UnconfirmedEvent ; rdfs:label 'Threatened attack in Quetta' ; kg:eventStatus kg:Threatened"])
def test_a_merged_event_holds(merged: Merged, pattern: str) -> None:
    assert merged.holds(pattern)


@pytest.mark.parametrize("pattern", [
    "?e kg:killedMin 14", "?e rdfs:label ?one, ?other ; a kg:Bombing FILTER(?one != ?other)",
    "?e a kg:UnconfirmedEvent ; kg:eventClass ?any", "?s ?p ?o FILTER(isBlank(?s) || isBlank(?o))"])
def test_a_merged_event_does_not_hold(merged: Merged, pattern: str) -> None:
    assert not merged.holds(pattern)


def test_a_merged_graph_conforms_and_every_fact_has_an_assertion(merged: Merged) -> None:
    assert validate(merged.store, Settings().ontology).violations == ()
    assert merged.rows("facts-without-assertion") == []


def test_consolidating_twice_changes_nothing_and_with_nothing_drops_what_was_drawn(merged: Merged) -> None:
    before = merged.text()
    merged.consolidate(merged.first, merged.second)
    assert merged.text() == before
    merged.store.consolidate(merged.iri, ())
    assert not merged.holds("?e kg:killedMin ?n")
    assert not merged.holds("?d a kg:Dispute")
    assert merged.holds("?a rdf:predicate kg:killedMin ; rdf:object 14")


def test_a_withdrawn_account_leaves_the_event_of_the_other(merged: Merged) -> None:
    merged.store.remove(merged.second.document.id)
    assert not merged.holds("?e kg:killedBest ?n")
    merged.consolidate(merged.first)
    alone = Merged(merged.knowledge, merged.first, merged.first)
    alone.consolidate(merged.first)
    assert merged.text() == alone.text()


def test_withdrawing_all_accounts_leaves_nothing(merged: Merged) -> None:
    bare = GraphStore.open()
    bare.load_ontology(Settings().ontology)
    for extraction in (merged.first, merged.second):
        merged.store.remove(extraction.document.id)
    assert len(merged.store) == len(bare)


def test_a_story_includes_its_documents_which_are_about_its_event_and_goes_with_them(merged: Merged) -> None:
    ids = (merged.first.document.id, merged.second.document.id)
    told = StorySummary(iri="https://w3id.org/militant-kg/story/1", documents=ids, label="Blast", event=merged.iri)
    for _ in range(2):
        merged.store.consolidate(told.iri, story_statements(told))
    about = [thing for name in ids for _, _, thing in merged.store.triples(
        Iri(document_iri(name)), Iri("https://w3id.org/militant-kg/ontology#about"))]
    assert about == [Iri(merged.iri)] * 2
    merged.store.remove(ids[0])
    assert merged.holds("?story a kg:Story ; kg:includes ?document")
    assert not merged.holds("?story kg:includes ?one, ?other FILTER(?one != ?other)")
    merged.store.remove(ids[1])
    assert not merged.holds("?story a kg:Story")


def test_an_event_is_found_by_the_name_it_had_before_it_was_merged(merged: Merged) -> None:
    assert find(merged.store, merged.old) == (merged.iri,)


def test_what_is_shown_of_a_merged_event_are_its_facts_with_each_account_beside_them(merged: Merged) -> None:
    thing, = show(merged.store, merged.iri)
    assert [one.value for one in thing.statements if one.predicate.endswith("killedMin")] == ["12"]
    found = accounts_of(merged.store, merged.iri)
    assert [dict(one.values)["killed, at least"] for one in found.accounts] == ["14", "12"]
    assert (len(found.disputes), len(found.merged)) == (2, 1)


@pytest.mark.parametrize(("query", "number"), [
    ("events", 1), ("contested-events", 2), ("reports-of-event", 3), ("parts-against-totals", 0)])
def test_saved_queries_answer_on_merged_events(merged: Merged, query: str, number: int) -> None:
    assert len(merged.rows(query)) == number


def test_disagreements_give_each_value_that_differs_with_its_source(merged: Merged) -> None:
    found = {(row["property"], row["together"], row["value"], row["source"])
             for row in merged.rows("disagreements-of-event")}
    assert ("killed, at least", "12", "14", "https://news.example/2") in found
    assert not any(row[0] == "date" for row in found)


def test_a_summed_up_value_is_explained_with_its_policy_and_what_was_left_aside(merged: Merged) -> None:
    support, = explain(merged.store, (merged.iri, "kg:killedBest", "12"))
    assert support.policy is not None
    assert support.policy.startswith("Among the reports")
    assert [line.partition(" (")[0] for line in support.left_aside] == ["14"]
    assert [place.quote for place in support.evidence] == ["12 soldiers"]


def test_every_consolidated_value_follows_a_policy_that_the_ontology_words(merged: Merged) -> None:
    assert not merged.holds("?a kg:status kg:Consolidated ; kg:rule ?rule"
                            " FILTER NOT EXISTS { ?policy kg:ruleName ?rule ; skos:definition ?how }")


@pytest.mark.parametrize("aspect", [*sorted({key[0] for key in load_ontology(Settings()).toll_properties}),
                                    "date", "place", "perpetrator", "arithmetic"])
def test_every_aspect_of_a_dispute_has_a_policy(merged: Merged, aspect: str) -> None:
    assert merged.holds(f"?policy kg:ruleName 'accounts.dispute.{aspect}' ; skos:definition ?how")


def test_a_contradiction_between_sources_is_a_note_and_no_broken_rule(merged: Merged) -> None:
    report = validate(merged.store, Settings().ontology)
    assert report.conforms
    assert [(note.aspect, note.warning) for note in report.notes] == [("killed", False), ("perpetrator", False)]


def test_sums_that_cannot_be_true_are_a_warning_that_comes_first(merged: Merged) -> None:
    found = merged.summed_up()
    sums = Dispute(aspect="arithmetic", reason="the parts do not fit the whole", spans=found.evidence[:1])
    found = msgspec.structs.replace(found, disputes=(*found.disputes, sums))
    merged.store.consolidate(merged.iri, summary_statements(found, merged.knowledge))
    report = validate(merged.store, Settings().ontology)
    assert report.conforms
    assert [(note.aspect, note.warning) for note in report.notes] == [
        ("arithmetic", True), ("killed", False), ("perpetrator", False)]


def test_the_name_of_a_story_leads_on_after_the_last_document_left_it(knowledge: Knowledge, first: Extraction,
                                                                    second: Extraction) -> None:
    store, documents = GraphStore.open(), (first, second)
    own, other, now = local_names(first)["story"], local_names(second)["story"], "https://example.org/story/older"
    for iri in (own, now):
        for one in documents:
            store.replace(one.document.id, statements(one, knowledge, resolved={own: iri, other: iri}))
        store.consolidate(own, ())
        store.consolidate(iri, story_statements(
            StorySummary(iri=iri, documents=tuple(one.document.id for one in documents))))
    leading = {(str(old), str(new)) for old, _, new in store.triples(predicate=Iri(REPLACED_BY.value))}
    assert leading == {(own, now), (other, now)}
    for one in documents:
        store.remove(one.document.id)
    store.consolidate(now, ())
    assert list(store.triples()) == []
