"""Spans, sentences and names are compared by their words."""

from __future__ import annotations

import pytest

from kg.evaluate.vocabulary import Vocabulary
from kg.evaluate.wording import sentence_at


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("the bus", "a bus", True),
    ("Kenya’s army", "the army of Kenya", True),
    ("bus", "a bus carrying miners", True),
    ("Sévaré", "SEVARE", True),
    ("1,200 houses", "1200 houses", True),
    ("the “Blue Café”[3]", "Blue Cafe", True),
    ("Ardul army base", "army", False),
    ("a police officer", "a police station", False),
    ("miners", "a bus carrying miners", True),
    ("bus", "a minibus", False),
    ("north of Ardul", "south of Tezin", False),
    ("", "anything", False),
])
def test_spans_that_name_one_thing_are_the_same(vocabulary: Vocabulary, one: str, other: str, expected: bool) -> None:
    assert vocabulary.wording.same(one, other) is expected
    assert vocabulary.wording.same(other, one) is expected


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("River Front", "the river front", True),
    ("River Front fighters", "River Front", True),
    ("al-Shabaab", "Al Shabaab", True),
    ("militants", "rebels", False),
    ("River Front", "River Army", False),
    ("River Front", "New River Front", False),
])
def test_names_of_groups_are_compared_strictly(vocabulary: Vocabulary, one: str, other: str, expected: bool) -> None:
    key = vocabulary.wording.group_key
    assert (key(one) == key(other)) is expected


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("Gunmen attacked a bus near the bridge", "On Monday gunmen attacked a bus near the bridge, police said", True),
    ("Gunmen attacked a bus near the bridge", "Gunmen attacked a school in the capital", False),
    ("a bus", "a bus", False),
])
def test_sentences_are_about_the_same_if_their_words_are(
    vocabulary: Vocabulary, one: str, other: str, expected: bool,
) -> None:
    words = vocabulary.wording.words
    assert vocabulary.wording.about(words(one), words(other)) is expected


@pytest.mark.parametrize(("text", "word", "expected"), [
    ("First came rain. Then gunmen came. They left.", "gunmen", "Then gunmen came."),
    ("A heading\nGunmen came", "Gunmen", "Gunmen came"),
    ("He said \"run.\" Gunmen came", "run", "He said \"run.\""),
    ("only one", "one", "only one"),
])
def test_the_sentence_around_a_word_ends_at_its_punctuation(text: str, word: str, expected: str) -> None:
    start = text.index(word)
    assert sentence_at(text, start, start + len(word)).strip() == expected
