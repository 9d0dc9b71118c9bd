"""Stance: each class of stance words acts on its examples, and on them only as they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language

from kg.errors import KnowledgeError
from kg.extract.language import Parsed, load_pipeline, parse
from kg.extract.mentions import Found, Mentions
from kg.extract.stance import StanceWords, load_stance_words, stance_of
from kg.extract.stance_words import Example
from kg.records import Document, Kind
from kg.settings import Settings

WORDS = load_stance_words(Settings())


def _examples(words: StanceWords) -> list[tuple[str, Example]]:
    tables = [words.governors, words.modifiers, words.modals, words.markers]
    rows = [(name, example) for table in tables for name, group in table.items() for example in group.examples]
    return rows + [("mixed", example) for example in words.examples]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline(Settings().pipeline)


def _parsed(nlp: Language, text: str) -> Parsed:
    return parse(nlp, Document(id="d", source="test", text=text))


def _token(parsed: Parsed, word: str) -> int:
    return max(token.i for token in parsed.doc if token.text == word)


@pytest.mark.parametrize(("name", "example"), _examples(WORDS), ids=lambda value: getattr(value, "text", value))
def test_an_example_has_the_status_and_speaker_its_class_says(nlp: Language, name: str, example: Example) -> None:
    parsed = _parsed(nlp, example.text)
    stance = stance_of(parsed, Mentions([]), _token(parsed, example.trigger), WORDS)
    assert stance.status == example.status
    if example.speaker is not None:
        assert stance.speaker_span is not None
        assert parsed.quote(*stance.speaker_span) == example.speaker


def test_every_class_has_an_example_where_it_acts_and_one_where_it_does_not() -> None:
    for name, group in WORDS.governors.items():
        assert len(group.examples) >= 2, name


def test_a_speaker_that_is_a_mention_is_given_as_that_mention(nlp: Language) -> None:
    parsed = _parsed(nlp, "Police said he told them that rebels attacked the depot.")
    pronoun = _token(parsed, "he")
    person = Found(pronoun, pronoun + 1, pronoun, Kind.PERSON, "test")
    stance = stance_of(parsed, Mentions([person]), _token(parsed, "attacked"), WORDS)
    assert stance.speaker is person
    assert stance.speaker_span is None


def test_a_pronoun_without_a_mention_is_no_speaker(nlp: Language) -> None:
    parsed = _parsed(nlp, "He said rebels attacked the depot.")
    stance = stance_of(parsed, Mentions([]), _token(parsed, "attacked"), WORDS)
    assert stance.speaker is None
    assert stance.speaker_span is None


def test_a_plain_assertion_has_no_cue_and_a_denied_one_names_its_cue(nlp: Language) -> None:
    plain, denied = _parsed(nlp, "Rebels attacked."), _parsed(nlp, "Rebels denied attacking it.")
    assert stance_of(plain, Mentions([]), _token(plain, "attacked"), WORDS).cue is None
    assert stance_of(denied, Mentions([]), _token(denied, "attacking"), WORDS).cue == _token(denied, "denied")


def test_a_broken_stance_file_is_named_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "stance.yaml").write_text("governors: []\n")
    with pytest.raises(KnowledgeError, match=r"stance\.yaml"):
        load_stance_words(replace(Settings(), language_data=tmp_path))
