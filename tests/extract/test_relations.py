"""Relations: every card finds what its examples say, and nothing else of its predicate."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language

from kg.errors import KnowledgeError
from kg.extract.language import Parsed, load_pipeline, parse
from kg.extract.mentions import Found, Mentions, Referent
from kg.extract.relation_cards import Card, RelationExample, load_relation_cards
from kg.extract.relations import FoundRelation, find_relations
from kg.extract.stance import load_stance_words
from kg.records import Document, Kind
from kg.settings import Settings

CARDS = load_relation_cards(Settings())
STANCE = load_stance_words(Settings())
_MARKED = re.compile(r"\[([^\]]+)\]\((\w+)(\?)?\)")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline(Settings().pipeline)


def _read(nlp: Language, marked: str) -> tuple[Parsed, Mentions]:
    """The text without its marks, parsed, and the marked mentions."""
    plain, spans, last = "", [], 0
    for mark in _MARKED.finditer(marked):
        plain += marked[last:mark.start()]
        spans.append((len(plain), len(plain) + len(mark[1]), Kind(mark[2]), mark[3] is None))
        plain, last = plain + mark[1], mark.end()
    parsed = parse(nlp, Document(id="d", source="test", text=plain + marked[last:]))
    found = []
    for start, end, kind, named in spans:
        inside = [token.i for token in parsed.doc if token.idx < end and token.idx + len(token) > start]
        span = parsed.doc[inside[0]:inside[-1] + 1]
        name = span.text if named else None
        found.append(Found(span.start, span.end, span.root.i, kind, "test", name=name))
    return parsed, Mentions(found)


def _shown(parsed: Parsed, relation: FoundRelation) -> str:
    other = relation.object
    span = (other.start, other.end) if isinstance(other, Found) else other
    return f"{parsed.quote(relation.subject.start, relation.subject.end)} | {parsed.quote(*span)}"


def _rows() -> list[tuple[Card, RelationExample]]:
    return [(card, example) for card in CARDS.cards for example in card.examples]


@pytest.mark.parametrize(("card", "example"), _rows(), ids=lambda value: getattr(value, "id", None) or value.text)
def test_an_example_says_what_its_card_lists(nlp: Language, card: Card, example: RelationExample) -> None:
    parsed, mentions = _read(nlp, example.text)
    relations = [r for r in find_relations(parsed, mentions, CARDS, STANCE) if r.predicate == card.predicate]
    assert sorted(_shown(parsed, r) for r in relations) == sorted(example.says)
    assert all(r.status == example.status for r in relations)


@pytest.mark.parametrize("card", CARDS.cards, ids=lambda card: card.id)
def test_every_card_shows_a_sentence_it_reads_and_one_it_does_not(card: Card) -> None:
    assert any(example.says for example in card.examples)
    assert any(not example.says for example in card.examples) or card.id == "opposes.emphasis"


@pytest.mark.parametrize("text", [
    "[Red Path](group) and [Green Hand](group) signed the deal in [Sandar](place).",
    "[Adan Kole](person) was killed in [Sandar](place) near a [Red Path](group) camp.",
    "[Red Path](group) told [Adan Kole](person) that [Green Hand](group) had fled.",
    "[Adan Kole](person), mayor of [Sandar](place), condemned [Red Path](group).",
    "[Red Path](group) bombed a mosque in [Sandar](place), killing [Adan Kole](person).",
])
def test_standing_in_one_sentence_is_no_relation(nlp: Language, text: str) -> None:
    assert find_relations(*_read(nlp, text), CARDS, STANCE) == []


@pytest.mark.parametrize(("text", "shown"), [
    ("[Red Path](group) shelled the port. Its leader, [Adan Kole](person), fled.", ["Adan Kole | Red Path"]),
    ("[Kandria](place) fears [Red Path](group). Its leader, [Adan Kole](person), fled.", ["Adan Kole | Red Path"]),
    ("The [Kandri army](force) shelled [Red Path](group). Its leader, [Adan Kole](person), fled.", []),
    ("Men of [Red Path](group) met men of [Green Hand](group). Their leader, [Adan Kole](person), fled.", []),
])
def test_a_pronoun_means_what_the_last_sentence_is_about_and_nothing_if_that_is_unclear(
    nlp: Language, text: str, shown: list[str]
) -> None:
    parsed, mentions = _read(nlp, text)
    assert [_shown(parsed, r) for r in find_relations(parsed, mentions, CARDS, STANCE)] == shown


def test_a_description_stands_for_the_entity_it_refers_to(nlp: Language) -> None:
    parsed, mentions = _read(nlp, "[The group](group?) is based in [Sandar](place).")
    next(iter(mentions)).referent = Referent(Kind.GROUP, "Red Path")
    [relation] = find_relations(parsed, mentions, CARDS, STANCE)
    assert (relation.predicate, _shown(parsed, relation)) == ("basedIn", "The group | Sandar")


def test_a_description_that_refers_to_nothing_named_has_no_relations(nlp: Language) -> None:
    assert find_relations(*_read(nlp, "[The group](group?) is based in [Sandar](place)."), CARDS, STANCE) == []


def test_two_mentions_of_one_entity_have_no_relation(nlp: Language) -> None:
    parsed, mentions = _read(nlp, "[Red Path](group) is affiliated with [Red Path](group).")
    assert find_relations(parsed, mentions, CARDS, STANCE) == []


def test_lists_on_both_sides_are_spread_out(nlp: Language) -> None:
    text = "[Red Path](group) and [Green Hand](group) oppose the [Delta Canal](project) and the [Sandar Port](project)."
    parsed, mentions = _read(nlp, text)
    shown = {_shown(parsed, r) for r in find_relations(parsed, mentions, CARDS, STANCE)}
    assert shown == {f"{group} | {project}" for group in ("Red Path", "Green Hand")
                     for project in ("Delta Canal", "Sandar Port")}


def test_who_reports_a_relation_is_kept_and_an_allegation_lowers_the_confidence(nlp: Language) -> None:
    said, mentions = _read(nlp, "Police said [Red Path](group) is affiliated with [Green Hand](group).")
    [plain] = find_relations(said, mentions, CARDS, STANCE)
    heard, others = _read(nlp, "[Red Path](group) is reportedly affiliated with [Green Hand](group).")
    [alleged] = find_relations(heard, others, CARDS, STANCE)
    assert plain.stance.speaker_span is not None
    assert said.quote(*plain.stance.speaker_span) == "Police"
    assert alleged.status == "alleged"
    assert alleged.confidence < plain.confidence


@pytest.mark.parametrize(("text", "named"), [("cards: [", r"relations\.yaml"), ("cards: []", r"relations\.yaml"),
                                             ("cards: [{id: a.b}]", r"card a\.b")])
def test_a_broken_card_file_is_named_in_the_error(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "relations.yaml").write_text(text)
    with pytest.raises(KnowledgeError, match=named):
        load_relation_cards(replace(Settings(), language_data=tmp_path))
