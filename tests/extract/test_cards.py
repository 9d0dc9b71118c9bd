"""Event cards: each class of the ontology has one, and the sentences on it give the class, or give nothing of it."""

from __future__ import annotations

import hashlib

import pytest

from kg.extract.cards import Card, load_lexicon
from kg.ontology import load_ontology
from kg.pipeline import Toolbox
from kg.records import Document
from kg.settings import Settings

CARDS = load_lexicon(Settings()).cards
ONTOLOGY = load_ontology(Settings())


def _rows(field: str) -> list[tuple[str, str]]:
    return [(name, sentence) for name, card in CARDS.items() for sentence in getattr(card, field)]


def _classes(toolbox: Toolbox, sentence: str) -> set[str]:
    """The classes of the events that the real extractor finds in a sentence."""
    name = hashlib.sha256(sentence.encode()).hexdigest()
    (extraction,) = toolbox.extractor.extract([Document(id=name, source="card", text=sentence)])
    return {event.type for event in extraction.events}


def test_every_event_class_has_a_card() -> None:
    assert set(ONTOLOGY.event_classes) - set(CARDS) == set()


def test_every_card_has_an_event_class() -> None:
    assert set(CARDS) - set(ONTOLOGY.event_classes) == set()


def test_every_class_that_a_card_names_for_others_exists() -> None:
    named = {other for card in CARDS.values() for trigger in (*card.verbs, *card.nouns)
             for other in (trigger.by_force, trigger.by_group) if other}
    assert named - set(ONTOLOGY.event_classes) == set()


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.event_class)
def test_every_card_is_proved_by_sentences_for_and_against(card: Card) -> None:
    assert card.definition
    assert card.examples
    assert card.counterexamples


@pytest.mark.parametrize(("name", "sentence"), _rows("examples"))
def test_an_example_gives_an_event_of_the_class(
    toolbox: Toolbox, name: str, sentence: str
) -> None:
    found = _classes(toolbox, sentence)
    assert any(ONTOLOGY.is_a(one, name) for one in found), found


@pytest.mark.parametrize(("name", "sentence"), _rows("counterexamples"))
def test_a_counterexample_gives_no_event_of_the_class(toolbox: Toolbox, name: str, sentence: str) -> None:
    found = _classes(toolbox, sentence)
    assert not any(ONTOLOGY.is_a(one, name) for one in found), found
