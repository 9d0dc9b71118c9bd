"""Counted people tied to the word that says what became of them, and the argument structure of such words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.count_words import CountWords, Use
from kg.extract.counted_people import Counted, count_phrase, counted_people
from kg.extract.reality import is_real
from kg.extract.syntax import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECTS = frozenset({"dobj", "obj"})
_BARE = frozenset({"nummod", "npadvmod", "dep", "nsubj", "nsubjpass", "ROOT", "appos", "conj", "amod", "dobj", "oprd",
                   "det"})


@dataclass(frozen=True, slots=True)
class Hit:
    """Counted people, the word that says what became of them and the outcome."""

    counted: Counted
    trigger: int
    outcome: str
    weak: bool = False
    subset: bool = False
    total: bool = False


def hits_of(heads: Iterable[Token], trigger: Token, use: Use, words: CountWords) -> Iterator[Hit]:
    """The people counted by the heads with the outcome of the trigger, if the text states that it came about."""
    real = is_real(trigger, words.reality)
    for head in heads:
        for counted in counted_people(head, words.people):
            nobody = counted.max == 0
            if use.weak and counted.who is not None and not _surely_people(trigger.doc[counted.head], counted, words):
                continue
            if real or (nobody and is_real(trigger, words.reality, nobody=True)):
                yield Hit(counted, trigger.i, use.outcome, use.weak and not nobody)


def _surely_people(head: Token, counted: Counted, words: CountWords) -> bool:
    """Whether the counted are people beyond doubt; the dead that were shot are none who were injured."""
    if head.lower_ in words.people.pronouns or head.pos_ == "PROPN" or head.ent_type_ == "PERSON":
        return True
    return counted.side != "unknown"


def has_number(counted: Counted | None) -> bool:
    """Whether a phrase states a number, be it a vague one."""
    return counted is not None and not (counted.min is None and counted.max is None and not counted.approximate)


def patients(verb: Token, words: CountWords) -> list[Token]:
    """Whom a verb affects, also where auxiliary or subject are left out or shared with another verb."""
    found = _noted(verb, words) or list(_affected(verb)) or _left(verb, words)
    return found or _elliptic(verb, words) or list(_shared(verb))


def _left(participle: Token, words: CountWords) -> list[Token]:
    """The object of the verb that a participle completes: "left a policeman wounded"."""
    giver = participle.head
    if participle.dep_ != "oprd" or giver.lemma_.lower() not in words.lists["state_givers"]:
        return []
    return [child for child in giver.children if child.dep_ in _OBJECTS and child.i < participle.i]


def _noted(verb: Token, words: CountWords) -> list[Token]:
    """The bare number of a note: "ambush on a patrol, 8 killed"."""
    doc, first, last = verb.doc, verb.sent.start, verb.sent.end
    if verb.tag_ not in {"VBN", "VBD", "JJ"} or any(child.dep_ in {"aux", "auxpass"} for child in verb.children):
        return []
    before = number_before(verb, words)
    noted = before is not None and before.i > first and doc[before.i - 1].text in ",;" and (
        verb.i + 1 >= last or doc[verb.i + 1].is_punct)
    return [before] if noted and before is not None else []


def _affected(verb: Token) -> Iterator[Token]:
    objects = [child for child in verb.children if child.dep_ in _OBJECTS]
    passive = [child for child in verb.children if child.dep_ == "nsubjpass"]
    if passive:
        yield from (antecedent(subject, verb) for subject in passive)
    elif verb.tag_ == "VBN" and not objects and verb.dep_ in {"acl", "relcl"} and not _has_subject(verb):
        yield verb.head
    elif objects and not (verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children)):
        yield from (antecedent(found, verb) for found in objects)


def _shared(verb: Token) -> Iterator[Token]:
    """The people a second verb shares with the first: "were shot and killed", "shot and killed the judge"."""
    if verb.dep_ != "conj" or _has_subject(verb) or any(child.dep_ in _OBJECTS for child in verb.children):
        return
    first = verb.head
    while first.dep_ == "conj" and not _has_subject(first):
        first = first.head
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in first.children) or (
        first.dep_ in {"acl", "relcl"} and first.tag_ == "VBN")
    if passive and verb.tag_ in {"VBN", "VBD"}:
        yield from list(_affected(first)) or _shared(first)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)


def antecedent(argument: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for; of "two of whom" the number."""
    if argument.tag_ in {"WDT", "WP", "WP$"} and verb.dep_ == "relcl":
        return verb.head
    return argument


def _elliptic(trigger: Token, words: CountWords) -> list[Token]:
    """The subject of a participle without auxiliary: "Three soldiers killed in blast", "and 30 wounded"."""
    if trigger.tag_ not in {"VBN", "VBD", "JJ"} or any(child.dep_ in {"aux", "auxpass"} for child in trigger.children):
        return []
    for child in trigger.children:
        if child.dep_ == "nsubj":
            subject = antecedent(child, trigger)
            counted = count_phrase(subject, words.people)
            numbered = counted is not None and counted.side != "perpetrators" and child == subject
            return [subject] if numbered and (has_number(counted) and not _transitive_subject(trigger)) else []
    if trigger.dep_ == "amod" and trigger.head.i > trigger.i:
        described = count_phrase(trigger.head, words.people)
        return [trigger.head] if described is not None and described.side != "unknown" and has_number(described) else []
    before = number_before(trigger, words)
    return [before] if before is not None else []


def number_before(token: Token, words: CountWords) -> Token | None:
    """The bare number directly before a token, as in "and 30 wounded"."""
    if token.i == token.sent.start:
        return None
    before = token.nbor(-1)
    bare = before.like_num or (before.lower_,) in words.people.numbers.vague or before.lower_ in words.people.single
    joined = before.head in (token, token.head) or before.dep_ in {"conj", "appos"}
    return before if bare and before.dep_ in _BARE and joined else None


def _transitive_subject(verb: Token) -> bool:
    """Whether the verb acts on somebody in spite of the missing object: "fired at", "that"-clauses."""
    def acted_on(child: Token) -> bool:
        return child.dep_ in {"ccomp", "dobj"} and all(token.text != ";" for token in verb.doc[child.i:verb.i])

    return any(child.dep_ == "prep" and child.lower_ in {"at", "toward", "towards"} for child in verb.children) or any(
        map(acted_on, verb.children))


def own_subjects(verb: Token) -> Iterator[Token]:
    """The subjects of a verb, its own or those of the verb it goes on from."""
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if own:
        yield from (antecedent(subject, verb) for subject in own)
    elif verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBG":
        yield verb.head
    elif verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        yield from own_subjects(verb.head)


def named_outcome(token: Token, words: CountWords) -> tuple[Token, str | None]:
    """The outcome in "the dead", "those killed", "the wounded"."""
    for candidate in (token, *(child for child in token.children if child.dep_ in {"acl", "amod", "relcl"})):
        for use in words.uses.get(candidate.lemma_.lower(), ()) + words.uses.get(candidate.lower_, ()):
            if use.reader in {"state", "affected", "counted"} and not use.weak:
                return candidate, use.outcome
    return token, None
