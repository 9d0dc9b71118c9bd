"""Reads outcomes stated by verbs and states: "killed 12", "were wounded", "left three dead", "died"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.count_words import CountWords, Use
from kg.extract.counted_people import count_phrase, is_human
from kg.extract.outcome_hits import Hit, antecedent, has_number, hits_of, number_before, own_subjects, patients
from kg.extract.syntax import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECTS = frozenset({"dobj", "obj"})


def read_affected(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """Whom a transitive verb affects: its object, the subject of its passive, the noun a participle describes."""
    if trigger.pos_ not in {"VERB", "AUX", "ADJ"} or (trigger.pos_ == "ADJ" and use.weak):
        return
    if _shares_object(trigger, use, words) and number_before(trigger, words) is None:
        return
    yield from hits_of(patients(trigger, words), trigger, use, words)


def _shares_object(verb: Token, use: Use, words: CountWords) -> bool:
    """Whether another outcome is stated of the same object: "killed or wounded 20 soldiers"."""
    first = verb.head
    if verb.dep_ != "conj" or any(child.dep_ in {"dobj", "nsubjpass", "auxpass"} for child in first.children):
        return False
    return any(other.reader == "affected" and not other.weak and other.outcome not in {use.outcome, "kidnapped"}
               for other in words.uses.get(first.lemma_.lower(), ())) and not any(
                   child.dep_ == "nsubj" for child in verb.children)


def read_subject(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """Who undergoes what an intransitive verb says."""
    if trigger.pos_ == "VERB":
        yield from hits_of(own_subjects(trigger), trigger, use, words)


def read_state(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """Who is, was left or was found in a state: "left three dead", "was pronounced dead", "Two dead in blast"."""
    if trigger.pos_ == "VERB" and trigger.tag_ in {"VBN", "VBD"} and use.outcome != "missing":
        return
    bearers = _bearers(trigger, words)
    if trigger.lemma_.lower() in words.lists["ambiguous_states"]:
        if trigger.lower_ not in words.lists["ambiguous_states"]:
            return
        bearers = [bearer for bearer in bearers if bearer.like_num and bearer.i == trigger.i - 1]
        bearers = [bearer for bearer in bearers if words.people.numbers.values.get(bearer.lower_, 2) > 1]
    yield from hits_of(bearers, trigger, use, words)


def _bearers(state: Token, words: CountWords) -> list[Token]:
    own = [child for child in state.children if child.dep_ in _SUBJECTS]
    if own:
        return [antecedent(child, state) for child in own]
    before = number_before(state, words)
    if before is not None:
        return [before]
    head = state.head
    giver = state.doc[max(0, state.i - 1)]
    if state.dep_ == "amod" and giver.lemma_ in words.lists["state_givers"]:
        return patients(giver, words)
    if state.dep_ == "amod" and head.i > state.i:
        return [head] if is_human(head, words.people) and has_number(count_phrase(head, words.people)) else []
    if state.dep_ == "amod" or (state.dep_ in {"acl", "relcl"} and head.pos_ in {"NOUN", "PROPN", "NUM"}):
        return [head]
    if state.dep_ == "conj" and head.pos_ in {"ADJ", "VERB"} and head.i < state.i:
        return _bearers(head, words) if head.pos_ == "ADJ" else list(own_subjects(head))
    if head.lemma_.lower() not in words.lists["state_verbs"] or state.dep_ not in {
            "acomp", "oprd", "xcomp", "ccomp", "advcl", "dobj", "advmod", "attr"}:
        return []
    if any(child.lower_ in words.lists["presumed"] for child in (head, *head.children)):
        return []
    objects = [child for child in head.children if child.dep_ in _OBJECTS and child != state]
    if objects:
        return objects if head.lemma_.lower() in words.lists["state_givers"] else []
    return patients(head, words) or list(own_subjects(head))


def read_fatal(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """Whom a verb affects that was done "fatally"."""
    verb = trigger.head
    if verb.pos_ == "VERB" and trigger.i and trigger.nbor(-1).lower_ not in words.lists["partitives"]:
        yield from hits_of(patients(verb, words), verb, use, words)


def read_fatal_end(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """Whom a verb affects that was done "to death"."""
    link, verb = trigger.head, trigger.head.head
    if trigger.dep_ == "pobj" and link.lower_ == "to" and verb.lemma_.lower() in words.lists["fatal_end_verbs"]:
        yield from hits_of(patients(verb, words) or list(own_subjects(verb)), verb, use, words)
