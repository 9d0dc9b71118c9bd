"""A closing attribution belongs to its speakers, and what it reports keeps its own words."""

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
