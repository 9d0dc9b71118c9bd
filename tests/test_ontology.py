"""The ontology file says what the code and the extraction contract need it to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace

from kg.errors import KnowledgeError
from kg.ontology import load_ontology
from kg.records import Kind
from kg.settings import Settings

KG = Namespace("https://w3id.org/militant-kg/ontology#")
ONTOLOGY = load_ontology(Settings())
PARENTS = {
    "Attack": None, "Bombing": "Attack", "SuicideBombing": "Bombing", "VehicleBombing": "Bombing",
    "ArmedAssault": "Attack", "Ambush": "ArmedAssault", "Assassination": "Attack", "Kidnapping": "Attack",
    "HostageTaking": "Kidnapping", "Sabotage": "Attack", "Arson": "Sabotage", "RocketOrDroneAttack": "Attack",
    "Clash": None, "SecurityOperation": None, "Airstrike": "SecurityOperation", "Raid": "SecurityOperation",
    "Arrest": "SecurityOperation", "Protest": None, "Surrender": None, "Agreement": None, "Ceasefire": "Agreement",
}
RELATIONS = {"opposes", "supports", "alliedWith", "rivalOf", "affiliatedWith", "subgroupOf", "splitFrom", "mergedInto",
             "memberOf", "leads", "spokespersonFor", "operatesIn", "basedIn", "demands", "designatedAs", "fundedBy",
             "alsoKnownAs"}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(Settings().ontology / "militancy.ttl")


def test_event_classes_are_those_of_the_record_with_their_parents() -> None:
    assert {name: row.parent for name, row in ONTOLOGY.event_classes.items()} == PARENTS


def test_relations_are_those_of_the_record() -> None:
    assert set(ONTOLOGY.relations) == RELATIONS


def test_every_kind_that_names_an_entity_has_a_class() -> None:
    assert set(ONTOLOGY.kind_classes) == {str(kind) for kind in Kind} - {"time", "count", "event"}


@pytest.mark.parametrize(("name", "ancestor", "holds"), [
    ("SuicideBombing", "Attack", True), ("SuicideBombing", "SuicideBombing", True), ("Ceasefire", "Agreement", True),
    ("Attack", "Bombing", False), ("Airstrike", "Attack", False), ("Clash", "Attack", False)])
def test_a_class_is_what_stands_above_it(name: str, ancestor: str, holds: bool) -> None:
    assert ONTOLOGY.is_a(name, ancestor) is holds


def test_ancestors_come_nearest_first() -> None:
    assert ONTOLOGY.ancestors("SuicideBombing") == ("Bombing", "Attack")


def test_an_unknown_class_is_an_error() -> None:
    with pytest.raises(KeyError):
        ONTOLOGY.is_a("Earthquake", "Attack")


@pytest.mark.parametrize(("relation", "end", "kind", "allowed"), [
    ("operatesIn", "range", "place", True), ("operatesIn", "range", "facility", True),
    ("operatesIn", "range", "group", False), ("opposes", "range", "project", True),
    ("opposes", "domain", "group", True),
    ("opposes", "domain", "place", False), ("demands", "range", "thing", True), ("leads", "range", "weapon", False)])
def test_a_relation_joins_the_kinds_of_its_domain_and_range(relation: str, end: str, kind: str, allowed: bool) -> None:
    kinds = getattr(ONTOLOGY.relations[relation], end)
    assert (kind in kinds) is allowed


@pytest.mark.parametrize(("role", "status", "property_", "inverse"), [
    ("claimant", "claimed", "claimedBy", "claims"), ("perpetrator", "stated", "attributedTo", "accusedOf"),
    ("perpetrator", "attributed", "attributedTo", "accusedOf"), ("perpetrator", "suspected", "suspect", "suspectedOf"),
    ("perpetrator", "denied", "deniedBy", "denies"), ("participant", "stated", "participant", "participatesIn"),
    ("participant", "claimed", "claimedBy", "claims")])
def test_an_actor_is_written_by_role_and_attribution(role: str, status: str, property_: str, inverse: str) -> None:
    found = ONTOLOGY.actor_property(role, status)
    assert (found.to_actor, found.to_event) == (property_, inverse)


def test_only_assertions_references_reviews_and_what_all_accounts_come_to_support_facts() -> None:
    supporting = {name for name, row in ONTOLOGY.statuses.items() if row.supports_fact}
    assert supporting == {"asserted", "reference", "consolidated", "reviewed"}


@pytest.mark.parametrize(("key", "name"), [
    (("killed", "victims", "min"), "killedMin"), (("killed", "unknown", "max"), "killedMax"),
    (("killed", "perpetrators", "min"), "attackersKilledMin"), (("missing", "victims", "max"), "missingMax")])
def test_tolls_are_summed_up_by_outcome_and_side(key: tuple[str, str, str], name: str) -> None:
    assert ONTOLOGY.toll_properties[key] == name


def test_every_term_of_ours_has_a_label_and_a_definition(graph: Graph) -> None:
    terms = {s for s in graph.subjects() if str(s).startswith(KG)}
    bare = {str(t) for t in terms if not graph.value(t, RDFS.label) or not graph.value(t, SKOS.definition)}
    assert not bare


def test_every_term_used_is_defined(graph: Graph) -> None:
    used = {term for triple in graph for term in triple if str(term).startswith(KG)}
    assert {str(t) for t in used if not graph.value(t, RDF.type)} == set()


def test_inverses_point_at_each_other_with_swapped_ends(graph: Graph) -> None:
    for one, other in graph.subject_objects(OWL.inverseOf):
        assert (other, OWL.inverseOf, one) in graph
        assert graph.value(one, RDFS.domain) == graph.value(other, RDFS.range)


def test_located_in_is_transitive(graph: Graph) -> None:
    assert (KG.locatedIn, RDF.type, OWL.TransitiveProperty) in graph


def test_a_missing_ontology_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"militancy\.ttl"):
        load_ontology(Settings(ontology=tmp_path))


def test_a_broken_ontology_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "militancy.ttl").write_text("kg:Attack a owl:Class .")
    with pytest.raises(KnowledgeError, match=r"militancy\.ttl"):
        load_ontology(Settings(ontology=tmp_path))
