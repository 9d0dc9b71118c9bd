"""Reads outcomes stated by nouns: "the deaths of two", "no casualties", "claimed 12 lives", "a toll of 15"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.count_words import CountWords, Use
from kg.extract.counted_people import Counted, count_phrase, is_human
from kg.extract.numbers import read_number
from kg.extract.outcome_hits import Hit, antecedent, has_number, hits_of, named_outcome, own_subjects, patients
from kg.extract.reality import is_real
from kg.extract.syntax import Token


def read_act(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """Whose death or abduction a noun tells of: "the murder of two nuns", "his death"."""
    if trigger.pos_ != "NOUN":
        return
    for child in trigger.children:
        if child.dep_ == "poss":
            yield from hits_of([child], trigger, use, words)
        elif child.dep_ == "prep" and child.lower_ == "of":
            yield from hits_of((inner for inner in child.children if inner.dep_ == "pobj"), trigger, use, words)
    if trigger.dep_ == "conj" and trigger.head.lemma_.lower() in words.uses and not any(
            child.dep_ in {"prep", "poss"} and child.lower_ in {"of", "'s"} for child in trigger.children):
        for use_of_first in words.uses[trigger.head.lemma_.lower()]:
            if use_of_first.reader == "act":
                yield from read_act(trigger.head, use, words)


def read_counted(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """As many people as the noun counts: "12 fatalities", "the bodies of three men"."""
    if trigger.pos_ != "NOUN":
        return
    if trigger.lemma_.lower() in words.lists["collected"]:
        owners = [inner for child in trigger.children if child.dep_ == "prep" and child.lower_ == "of"
                  for inner in child.children if inner.dep_ == "pobj"]
        if owners:
            yield from hits_of(owners, trigger, use, words)
            return
    yield from _numbered(trigger, use, words)


def _numbered(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """The number or the "no" before a noun of outcome."""
    nobody = any(child.dep_ == "det" and child.lemma_.lower() == "no" for child in trigger.children)
    start = trigger.left_edge.i
    if nobody and is_real(trigger, words.reality, nobody=True):
        counted = Counted(start=start, end=trigger.i + 1, head=trigger.i, min=0, max=0, approximate=False, who=None,
                          side="victims")
        yield Hit(counted, trigger.i, use.outcome)
        return
    base = max(trigger.sent.start, start - 4)
    tokens = [token.lower_ for token in trigger.doc[base:trigger.i]]
    amount = read_number(tokens, words.people.numbers, first=start - base)
    if amount is not None and is_real(trigger, words.reality):
        counted = Counted(start=base + amount.start, end=trigger.i + 1, head=trigger.i, min=amount.min, max=amount.max,
                          approximate=amount.approximate, who=None, side="victims")
        yield Hit(counted, trigger.i, use.outcome)


def read_casualties(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """ "No casualties" means nobody killed and nobody injured; a number of casualties says neither."""
    for hit in _numbered(trigger, use, words):
        if hit.counted.max == 0 and not _of_one_side(trigger):
            yield hit
            yield Hit(hit.counted, hit.trigger, "injured")


def _of_one_side(noun: Token) -> bool:
    """Whether "no casualties" holds for some only: "it suffered no casualties", "no casualties among residents"."""
    own = noun.dep_ == "dobj" and noun.head.pos_ == "VERB" and any(
        c.dep_ == "nsubj" and c.pos_ == "PRON" and c.tag_ == "PRP" for c in noun.head.children)
    near = [*noun.children, *noun.head.children]
    return own or any(c.dep_ == "prep" and c.lower_ in {"among", "amongst"} for c in near)


def read_taken(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """Hostages taken: "took 12 people hostage", "holding three hostages"."""
    verb = trigger.head
    if verb.lemma_.lower() not in words.lists["victim_takers"]:
        return
    others = [child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"} and child != trigger]
    if others:
        yield from hits_of((antecedent(other, verb) for other in others), trigger, use, words)
    elif trigger.dep_ in {"dobj", "nsubjpass", "nsubj"}:
        yield from hits_of([trigger], trigger, use, words)


def read_lives(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """Lives claimed, cost or lost."""
    verb, role = trigger.head, trigger.dep_
    lemma = verb.lemma_.lower()
    if lemma in words.lists["life_losers"] and role == "dobj":
        yield from hits_of(own_subjects(verb), trigger, use, words)
    elif (lemma in words.lists["life_takers"] and role == "dobj") or (
            lemma in words.lists["life_losers"] and role == "nsubjpass"):
        found = list(read_act(trigger, use, words))
        yield from found or _numbered(trigger, use, words)


def read_wounds(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """Those who suffered wounds or were taken away with them; a fatal wound kills."""
    mortal = any(child.lower_ in words.lists["fatal_adjectives"] for child in trigger.children)
    use = replace(use, outcome="killed" if mortal else "injured", weak=not mortal)
    if any(child.dep_ == "det" and child.lemma_.lower() == "no" for child in trigger.children):
        if trigger.lemma_ == "injury":
            yield from _numbered(trigger, use, words)
        return
    yield from hits_of(_wounded(trigger, words), trigger, use, words)
    verb = trigger.head
    if trigger.dep_ == "dobj" and verb.lemma_.lower() in words.lists["wound_bearers"]:
        yield from hits_of(_bearing(verb), trigger, use, words)
    elif trigger.dep_ == "pobj" and verb.lower_ in words.lists["wound_prepositions"]:
        carrier = verb.head
        if carrier.lemma_.lower() in words.lists["wound_carriers"]:
            yield from hits_of(patients(carrier, words) or list(own_subjects(carrier)), trigger, use, words)


def _wounded(wound: Token, words: CountWords) -> Iterator[Token]:
    """The people in "injuries to a watchman", "the injury of five people"."""
    for child in wound.children:
        if child.dep_ == "prep" and child.lower_ in words.lists["wounded_prepositions"]:
            yield from (inner for inner in child.children if inner.dep_ == "pobj" and is_human(inner, words.people))


def _bearing(verb: Token) -> Iterator[Token]:
    if verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBG":
        yield verb.head
    else:
        yield from own_subjects(verb)


def read_toll(trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """The figure a toll has reached: "the death toll rose to 15", "a toll of 15"."""
    kinds = [child.lemma_.lower() for child in trigger.children if child.dep_ in {"compound", "amod", "nmod"}]
    if any(kind in words.lists["toll_stops"] for kind in kinds) or not is_real(trigger, words.reality) or (
            _over_several(trigger, words)):
        return
    if trigger.lemma_.lower() in words.lists["number_nouns"]:
        outcomes = list(_outcomes_of(trigger, words))
        if not outcomes:
            return
    else:
        outcomes = [words.toll_outcomes[kind] for kind in kinds if kind in words.toll_outcomes]
    number = _toll_number(trigger, words)
    if number is not None:
        counted = count_phrase(number, words.people)
        if counted is not None:
            yield Hit(counted, trigger.i, outcomes[0] if outcomes else use.outcome, total=True)


def _over_several(toll: Token, words: CountWords) -> bool:
    """"The toll from a number of incidents": a sum over events that the text may not tell of."""
    hanging = [*toll.rights, *(c for c in toll.head.rights if c.i > toll.i)]
    below = (t for child in hanging if child.dep_ == "prep" and child.lower_ != "to" for t in child.subtree)
    return any(t.tag_ == "NNS" and t.lemma_.lower() in words.lists["attacks"] and not any(
        c.lower_ in words.lists["definite"] for c in t.lefts) for t in below)


def _outcomes_of(number: Token, words: CountWords) -> Iterator[str]:
    """What became of those in "the number of people killed", "the number of wounded"."""
    for child in number.children:
        inner = next((grandchild for grandchild in child.children if grandchild.dep_ == "pobj"), child)
        outcome = named_outcome(inner, words)[1] if child.dep_ in {"prep", "acl"} else None
        if outcome is not None:
            yield outcome


def _toll_number(toll: Token, words: CountWords) -> Token | None:
    for holder in (toll, toll.head):
        for child in holder.rights:
            if child.dep_ == "prep" and (child.lower_ in words.lists["toll_prepositions"] or holder == toll):
                inner = next((grandchild for grandchild in child.children if grandchild.dep_ == "pobj"), None)
                if inner is not None and (inner.like_num or has_number(count_phrase(inner, words.people))):
                    return inner
            if holder != toll and child.dep_ in {"attr", "dobj"} and child.like_num:
                return child
    return None
