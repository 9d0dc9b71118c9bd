"""The labels of the gold set are true to its texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.evaluate.gold import GoldDocument, GoldError, GoldEvent, GoldRelation, read_gold
from kg.evaluate.vocabulary import Vocabulary

GOLD = Path(__file__).resolve().parent.parent / "gold"
DOCUMENTS = read_gold(GOLD)

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)


@every_document
def test_every_string_of_a_label_stands_in_its_text(document: GoldDocument) -> None:
    _, _, body = document.text.split("---\n", 2)
    groups = {group.name for group in document.labels.groups}
    assert [words for words in _strings(document) if words not in groups and words not in body] == []


@every_document
def test_the_publication_date_is_that_of_the_text(document: GoldDocument) -> None:
    _, front, _ = document.text.split("---\n", 2)
    dates = [line.partition(":")[2].strip() for line in front.splitlines() if line.startswith("published:")]
    assert dates == ([document.labels.published] if document.labels.published else [])


@every_document
def test_actors_are_groups_of_the_document(document: GoldDocument) -> None:
    groups = {group.name for group in document.labels.groups}
    for event in document.labels.events:
        optional = [name for slot in ("claimed_by", "attributed_to", "denied_by")
                    for name in event.optional_values.get(slot, ())]
        assert {*event.claimed_by, *event.attributed_to, *event.denied_by, *optional} <= groups


@every_document
def test_types_predicates_and_counts_are_well_formed(document: GoldDocument, vocabulary: Vocabulary) -> None:
    labels, file = document.labels, vocabulary.file
    types = {name for event in labels.events for name in event.types}
    types |= {name for item in labels.optional_items for name in item.types}
    assert types <= file.types.keys()
    assert {relation.predicate for relation in labels.relations} <= file.predicates.keys()
    assert {relation.predicate for relation in labels.extra_relations} <= file.extra_predicates.keys()
    assert len({event.id for event in labels.events}) == len(labels.events)
    counts = [count for event in labels.events for count in (event.killed, event.injured, event.kidnapped) if count]
    assert all(count.min <= count.max for count in counts if count.min is not None and count.max is not None)


def test_the_set_is_large_and_has_hard_negatives() -> None:
    assert len(DOCUMENTS) >= 48
    assert sum(not document.labels.events for document in DOCUMENTS) >= 10


@pytest.mark.parametrize(("name", "content", "message"), [
    ("a.json", "{", "a.json: "), ("a.json", '{"events": [{"id": "e1"}]}', "a.json: Object missing required field"),
    ("a.json", '{"events": []}', "its text .* cannot be read"), ("b.txt", "words", "no label files here"),
])
def test_labels_that_cannot_be_read_are_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(GoldError, match=message):
        read_gold(tmp_path)


def test_evidence_may_be_words_or_offsets(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Gunmen came. They left.")
    (tmp_path / "a.json").write_text('{"events": []}')
    (document,) = read_gold(tmp_path)
    assert [document.quote(one) for one in ((0, 12), "They left.", None)] == ["Gunmen came.", "They left.", ""]


def _strings(document: GoldDocument) -> Iterator[str]:
    labels = document.labels
    for group in labels.groups:
        yield from group.mentions
    for event in labels.events:
        yield from _event_strings(document, event)
    for relation in (*labels.relations, *labels.extra_relations):
        yield from _relation_strings(document, relation)
    for item in labels.optional_items:
        yield from (item.subject, *item.objects, *map(document.quote, item.evidence))


def _event_strings(document: GoldDocument, event: GoldEvent) -> Iterator[str]:
    yield from (*event.places, *event.targets, *event.weapons, *event.victims_named)
    yield from map(document.quote, event.evidence)
    for count in (event.killed, event.injured, event.attackers_killed, event.kidnapped):
        yield (count and count.text) or ""
    for values in event.optional_values.values():
        yield from values


def _relation_strings(document: GoldDocument, relation: GoldRelation) -> Iterator[str]:
    yield from (relation.subject, relation.object, document.quote(relation.evidence))
