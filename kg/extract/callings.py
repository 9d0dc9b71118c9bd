"""What named persons are called besides: "Senator X", "X, a former judge", "X was the founder of Y"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import grammar
from kg.extract.cards import lemma
from kg.extract.mentions import Found, Mentions
from kg.extract.name_words import NameWords
from kg.extract.syntax import Doc, Token
from kg.records import Kind

_TITLE = {"NOUN", "PROPN", "ADJ"}


def find_callings(doc: Doc, mentions: Mentions, words: NameWords) -> list[Found]:
    """A mention for each such description that has none; it refers to the person described and may overlap names.

    A description that is a mention already ("the mayor, X,") gets the person as its referent.
    """
    found: list[Found] = []
    for person in mentions:
        if person.kind is not Kind.PERSON or person.name is None or person.referent is None or person.plural:
            continue
        for start, end, head in (*_before(doc, person, mentions, words), *_beside(doc, person, mentions, words)):
            known = mentions.at(head)
            if known is not None and known.kind is Kind.PEOPLE and known.head == head:
                known.referent = person.referent
            else:
                found.append(Found(start, end, head, Kind.PERSON, "persons.calling", referent=person.referent))
    return found


def _before(doc: Doc, person: Found, mentions: Mentions, words: NameWords) -> Iterator[tuple[int, int, int]]:
    """The office, trade or rank right before a name, with what modifies it: "former Supreme Court president X"."""
    head = person.start - 1
    if head < 0 or not _calls(doc[head], words):
        return
    start = head
    while start > doc[head].sent.start and doc[start - 1].pos_ in _TITLE and not _is_person(mentions.at(start - 1)):
        start -= 1
    if not _possessed(doc, start) or start < head:
        yield start, head + 1, head


def _possessed(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].dep_ == "poss"


def _beside(doc: Doc, person: Found, mentions: Mentions, words: NameWords) -> Iterator[tuple[int, int, int]]:
    """The nouns set beside a name, before or after it, or said of it with "be"."""
    name = doc[person.head]
    heads = list(grammar.appositions(name))
    if name.dep_ == "appos" and name.head.i < person.start - 1:
        heads.append(name.head)
    heads += _predicates(name)
    for noun in heads:
        if not person.start <= noun.i < person.end and _calls(noun, words) and not _is_person(mentions.at(noun.i)):
            start, end = grammar.noun_phrase(noun)
            yield start, end, noun.i


def _predicates(name: Token) -> Iterator[Token]:
    """"X was a judge", "X, who was a judge"."""
    verbs = [name.head] if name.dep_ == "nsubj" else []
    verbs += [v for v in name.rights if v.dep_ == "relcl" and any(
        c.dep_ == "nsubj" and c.tag_ in {"WP", "WDT"} for c in v.children)]
    for verb in verbs:
        if lemma(verb) == "be" and not any(c.dep_ == "neg" for c in verb.children):
            yield from (c for c in verb.rights if c.dep_ == "attr")


def _calls(noun: Token, words: NameWords) -> bool:
    """Whether a singular noun says what a person is, not only how one is addressed ("Mr", "Dr")."""
    people, name = words.people, lemma(noun)
    singular = noun.tag_ in {"NN", "NNP"}
    return singular and (name in people.people or name in people.person_nouns or (
        name in people.titles and name not in people.strict_titles))


def _is_person(found: Found | None) -> bool:
    return found is not None and found.kind is Kind.PERSON
