"""Closing attributions belong to their speakers, and clauses with "when" to the verb they go with."""

from __future__ import annotations

import pytest

from kg.extract.language import load_pipeline, parse
from kg.records import Document
from kg.settings import Settings

SPEECH = frozenset({"say", "tell"})


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline(Settings().pipeline)


@pytest.mark.parametrize(("text", "verb", "child", "dep"), [
    ("A bomber blew himself up in a crowded bakery in Mora on Friday, killing at least four people, police and a "
     "witness said.", "said", "police", "nsubj"),
    ("A bomber blew himself up in a crowded bakery in Mora on Friday, killing at least four people, police and a "
     "witness said.", "killing", "people", "dobj"),
    ("Rebels killed nine people in a night raid on a guard post near Mora, in Niger's Diffa region, police and medics "
     "said on Monday.", "said", "police", "nsubj"),
    ("Soldiers, police and residents said that they fled.", "said", "Soldiers", "nsubj"),
    ("He met officers, judges and clerks and said nothing.", "met", "officers", "dobj"),
])
def test_the_speakers_of_a_closing_attribution_hang_on_its_verb(nlp, text, verb, child, dep):
    parsed = parse(nlp, Document(id="d", source="test", text=text), None, SPEECH)
    token = next(token for token in parsed.doc if token.text == child)
    assert (token.head.text, token.dep_) == (verb, dep)


@pytest.mark.parametrize(("text", "clause", "head", "dep"), [
    ("The patrol was crossing a stream close to Oru, in the district of Bani Walid, when it was fired on from the "
     "forest.", "fired", "crossing", "advcl"),
    ("He remembers the day when the bridge was bombed.", "bombed", "day", "relcl"),
])
def test_a_clause_with_when_belongs_to_the_verb_before_it(nlp, text, clause, head, dep):
    parsed = parse(nlp, Document(id="d", source="test", text=text), None, SPEECH)
    token = next(token for token in parsed.doc if token.text == clause)
    assert (token.head.text, token.dep_) == (head, dep)
