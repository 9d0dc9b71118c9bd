"""A reviewed document keeps what was read from it, with marks, and makes facts of what people left or put there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.judged import Amendment
from kg.graph.knowledge import Knowledge
from kg.graph.rdf import said, statements
from kg.graph.vocabulary import EVIDENCE, KG, OBJECT, PREDICATE, REVISION_OF, STATUS, kg
from kg.ontology import load_ontology
from kg.pipeline.amending import amend, touch
from kg.pipeline.parts import Part, parts
from kg.records import Extraction, Kind
from kg.reviews import NewValue, Review, Verb, sealed
from kg.settings import Settings

Read = Callable[..., Extraction]
WORLD = Knowledge(ontology=load_ontology(Settings()))


def review(verb: Verb, day: int = 1) -> Review:
    return sealed(Review(time=f"2031-06-{day:02}T10:00:00Z", by="Mira", verb=verb, reason="misread"))


def part_of(extraction: Extraction, owner: str, slot: str, number: int = 0) -> Part:
    return [p for p in parts(extraction) if (p.owner, p.slot) == (owner, slot)][number]


def written(extraction: Extraction, *amendments: Amendment) -> set[Triple]:
    return set(statements(extraction, WORLD, amendments=amendments))


def rejected(extraction: Extraction, part: Part) -> Amendment:
    return Amendment(review(Verb.REJECT), amend(extraction, part, None))


def corrected(extraction: Extraction, part: Part, value: NewValue) -> Amendment:
    return Amendment(review(Verb.CORRECT), amend(extraction, part, value))


def with_status(triples: set[Triple], status: str, predicate: str) -> list[NamedNode]:
    return [t.subject for t in triples if t.predicate == STATUS and t.object == kg(status)
            and Triple(t.subject, PREDICATE, kg(predicate)) in triples]


def facts(triples: set[Triple], predicate: str) -> set[Triple]:
    return {t for t in triples if t.predicate == kg(predicate)}


@pytest.mark.parametrize(("owner", "slot", "predicates"), [
    ("e1", "place", ("locatedIn",)), ("e1", "actor", ("claimedBy", "claims")), ("e1", "toll", ("toll", "killedMin")),
    ("e1", "date", ("date", "earliest", "latest")), ("r1", "relation", ("opposes",)), ("e2", "part of", ("partOf",)),
])
def test_what_was_rejected_stays_as_an_assertion_and_makes_no_fact(read: Read, owner: str, slot: str,
                                                                   predicates: tuple[str, ...]) -> None:
    extraction = read()
    before, after = written(extraction), written(extraction, rejected(extraction, part_of(extraction, owner, slot)))
    for predicate in predicates:
        (node,) = with_status(after, "Rejected", predicate)
        assert Triple(node, kg("statedAs"), kg("Asserted")) in after
        assert any(t.subject == node and t.predicate == kg("review") for t in after)
        assert len(facts(after, predicate)) == max(len(facts(before, predicate)) - 1, 0)
    assert {t for t in before if t.predicate == OBJECT} <= {t for t in after if t.predicate == OBJECT}


def test_what_was_not_touched_is_written_as_before(read: Read) -> None:
    extraction = read()
    before, after = written(extraction), written(extraction, rejected(extraction, part_of(extraction, "e1", "place")))
    (node,) = with_status(after, "Rejected", "locatedIn")
    lost = before - after
    assert {t.predicate for t in lost} == {STATUS, NamedNode(KG + "locatedIn")}
    assert {t.subject for t in lost if t.predicate == STATUS} == {node}


def test_a_correction_is_an_assertion_of_its_own_on_the_same_evidence(read: Read) -> None:
    extraction = read()
    value = NewValue(text="Karsan", kind=Kind.PLACE, link="geonames:9")
    after = written(extraction, corrected(extraction, part_of(extraction, "e1", "place"), value))
    (old,), (new,) = with_status(after, "Corrected", "locatedIn"), with_status(after, "Reviewed", "locatedIn")
    assert Triple(new, REVISION_OF, old) in after
    assert {t.object for t in after if (t.subject, t.predicate) == (new, EVIDENCE)} == {
        t.object for t in after if (t.subject, t.predicate) == (old, EVIDENCE)}
    assert {t.object for t in after if t.subject == new and t.predicate in (kg("rule"), kg("confidence"))} == set()
    place = NamedNode("https://w3id.org/militant-kg/place/geonames-9")
    assert place in {t.object for t in facts(after, "locatedIn")}


def test_a_corrected_count_corrects_the_bounds(read: Read) -> None:
    extraction = read()
    after = written(extraction, corrected(extraction, part_of(extraction, "e1", "toll"), NewValue(text="14-15")))
    said_now = {(p, t.object.value) for p in ("killedMin", "killedMax") for node in with_status(after, "Reviewed", p)
                for t in after if (t.subject, t.predicate) == (node, OBJECT)}
    assert said_now == {("killedMin", "14"), ("killedMax", "15")}


def test_an_alleged_event_is_not_made_a_fact_by_a_correction(read: Read) -> None:
    from msgspec.structs import replace

    extraction = read()
    alleged = replace(extraction, events=tuple(replace(e, status="alleged") for e in extraction.events))
    after = written(alleged, corrected(alleged, part_of(alleged, "e1", "place"),
                                       NewValue(text="Velun", kind=Kind.PLACE)))
    assert with_status(after, "Reviewed", "locatedIn") == []
    assert facts(after, "locatedIn") == set()


def test_an_event_found_to_be_none_keeps_its_assertions_and_has_no_fact(read: Read) -> None:
    extraction = read()
    after = written(extraction, rejected(extraction, part_of(extraction, "e2", "class")))
    (node,) = {t.subject for t in after if t.object == kg("UnconfirmedEvent")}
    assert Triple(node, kg("eventStatus"), kg("Rejected")) in after
    assert not {t for t in facts(after, "locatedIn") if t.subject == node}
    assert node.value not in {t.object.value for t in written(extraction) if isinstance(t.object, NamedNode)}


def test_accepting_changes_nothing_but_the_mark(read: Read) -> None:
    extraction = read()
    part = part_of(extraction, "e1", "place")
    before = written(extraction)
    after = written(extraction, Amendment(review(Verb.ACCEPT), extraction, touch(extraction, part)))
    assert before < after
    marked = {t.subject for t in after - before if t.predicate == kg("review")}
    assert marked <= set(with_status(before, "Asserted", "locatedIn"))
    assert len(marked) == 1


def test_who_decided_when_and_why_stands_in_the_graph(read: Read) -> None:
    extraction = read()
    after = written(extraction, rejected(extraction, part_of(extraction, "e1", "place")))
    (node,) = {t.subject for t in after if t.object == kg("Review")}
    said_of_it = {t.object.value for t in after if t.subject == node and isinstance(t.object, Literal)}
    assert {"Mira", "misread", "reject", "2031-06-01T10:00:00Z"} <= said_of_it


def test_a_value_put_back_is_as_it_was(read: Read) -> None:
    extraction = read()
    part = part_of(extraction, "e1", "class")
    first = corrected(extraction, part, NewValue(text="Ambush"))
    back = Amendment(review(Verb.CORRECT, 2), extraction)
    left = {t for t in written(extraction, first, back) if t.predicate == STATUS}
    assert left == {t for t in written(extraction) if t.predicate == STATUS}


def test_the_names_of_assertions_do_not_depend_on_reviews(read: Read) -> None:
    extraction = read()
    part = part_of(extraction, "e1", "place")
    kept = {t.subject.value for t in written(extraction, rejected(extraction, part)) if t.predicate == PREDICATE}
    assert set(said(extraction, WORLD)) == kept
