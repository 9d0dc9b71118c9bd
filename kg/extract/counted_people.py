"""Reads the phrase that names counted people: how many, which words, victims or perpetrators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.extract.numbers import Amount, NumberWords, number_words, read_number
from kg.extract.syntax import Token

_REACH = 4  # tokens before a phrase that may qualify its number ("as many as")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWords:
    """The words for people of a language, and its number words."""

    numbers: NumberWords
    people: frozenset[str]
    no_people: frozenset[str]
    collectives: frozenset[str]
    heaps: frozenset[str]
    part_of: frozenset[str]
    members: frozenset[str]
    pronouns: frozenset[str]
    single: frozenset[str]
    reflexives: frozenset[str]
    perpetrators: frozenset[str]
    armed: frozenset[str]
    anybody: frozenset[str]
    nobody: frozenset[str]
    nobody_two: frozenset[str]
    other: frozenset[str]
    partitives: frozenset[str]
    articles: frozenset[str]


def people_words(data: Mapping[str, Any]) -> PeopleWords:
    """The words for people of a parsed `counts.yaml`."""
    return PeopleWords(
        numbers=number_words(data), people=frozenset(data["people"]), no_people=frozenset(data["no_people"]),
        collectives=frozenset(data["collectives"]), heaps=frozenset(data["heaps"]), part_of=frozenset(data["part_of"]),
        members=frozenset(data["open_members"]),
        pronouns=frozenset(data["pronouns"]), single=frozenset(data["single"]),
        reflexives=frozenset(data["reflexives"]),
        perpetrators=frozenset(data["perpetrators"]), armed=frozenset(data["armed"]),
        anybody=frozenset(data["anybody"]), nobody=frozenset(data["nobody"]),
        nobody_two=frozenset(data["nobody_two"]), other=frozenset(data["other"]),
        partitives=frozenset(data["partitives"]), articles=frozenset(data["one_each"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """People as a phrase counts them; `who` is None where the phrase is a bare number, `named` True for a name."""

    start: int
    end: int
    head: int
    min: int | None
    max: int | None
    approximate: bool
    who: str | None
    side: str


def counted_people(head: Token, words: PeopleWords) -> Iterator[Counted]:
    """The people a noun phrase counts, and those joined to it by "and"; nothing for what cannot be people."""
    for token in (head, *_listed(head, words), *(other for other in head.conjuncts if other.i > head.i)):
        counted = count_phrase(_real_head(token, words), words)
        if counted is not None:
            yield counted


def _listed(head: Token, words: PeopleWords) -> Iterator[Token]:
    """What is read as an apposition but goes on with a list: "the priest, two other monks and three women"."""
    if "Number=Plur" in head.morph or head.like_num:
        return
    for child in head.children:
        later = [other for other in child.conjuncts if other.i > child.i] if child.dep_ == "appos" else []
        if later and any(_is_another(other, words) for other in (child, *later)):
            yield child
            yield from later


def _is_another(noun: Token, words: PeopleWords) -> bool:
    """Whether a noun set beside one person means others: those of a number, or "his wife"."""
    return _amount(noun, words) is not None or any(child.tag_ == "PRP$" for child in noun.children)


def _real_head(head: Token, words: PeopleWords) -> Token:
    """The people of "a group of 12 soldiers"; the head itself if it carries the number or there is no such phrase."""
    if head.lower_ not in words.collectives or head.lower_ in words.members or head.like_num:
        return head
    for preposition in head.rights:
        if preposition.dep_ == "prep":
            inner = next((child for child in preposition.children if child.dep_ == "pobj"), None)
            if inner is not None and _amount(inner, words) is not None and _amount(head, words) is None:
                return inner
    return head


def count_phrase(head: Token, words: PeopleWords) -> Counted | None:
    """How many people one noun phrase means; None if it does not mean people, or an unknown thing without a number."""
    if head.lower_ in words.reflexives:
        return _counted(head, 1 if "Number=Plur" not in head.morph else None, None, "perpetrators", words)
    if _is_nobody(head, words):
        others = any(child.lower_ in words.other for child in head.subtree)
        return None if others else _counted(head, 0, None, "victims", words)
    if head.lower_ in words.pronouns:
        return _counted(head, 1, head.text, "unknown", words)
    if head.lower_ in words.single:
        return _counted(head, 1, None, "unknown", words)
    if head.lemma_.lower() in words.no_people or head.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ", "DET", "PRON"}:
        return None
    amount = _amount(head, words)
    if amount is not None and _is_one_thing(head, amount, words):
        return None
    if amount is not None:
        return _with_amount(head, amount, words)
    return _without_amount(head, words)


def _is_one_thing(head: Token, amount: Amount, words: PeopleWords) -> bool:
    """"A 2002 peace pact": no count goes with the singular of a noun that means no people."""
    several = amount.min is not None and amount.min > 1
    return several and head.tag_ == "NN" and not is_human(head, words) and head.lemma_.lower() not in words.collectives


def _is_nobody(head: Token, words: PeopleWords) -> bool:
    if head.lower_ in words.nobody:
        return True
    before = head.nbor(-1).lower_ if head.i > head.sent.start else ""
    return f"{before} {head.lower_}" in words.nobody_two or any(
        child.dep_ == "det" and child.lemma_.lower() == "no" for child in head.children)


def _amount(head: Token, words: PeopleWords) -> Amount | None:
    """The number phrase of a noun phrase, its offsets counted from the document's beginning."""
    # "Five dead, sixteen wounded": another number before the comma.
    left = head.i if head.like_num and head.i > head.sent.start and head.nbor(-1).text == "," else head.left_edge.i
    base = max(head.sent.start, left - _REACH)
    doc = head.doc
    end = min(head.i + 1, len(doc))
    tokens = [token.lower_ for token in doc[base:min(end + 3, head.sent.end)]]
    amount = read_number(tokens[:end - base] if not head.like_num else tokens, words.numbers, first=left - base)
    if amount is None or base + amount.start > head.i or _is_calendar(head):
        return None
    if doc[base + amount.start].dep_ in {"preconj", "cc"} or _is_rank(doc[base + amount.start], head):
        return None
    return Amount(min=amount.min, max=amount.max, approximate=amount.approximate, start=base + amount.start,
                  end=base + amount.end)


def _is_rank(number: Token, head: Token) -> bool:
    """Whether a figure belongs to a rank or name before it: "Officer 2 Ann Li", "Unit 4"."""
    before = number.doc[number.i - 1] if number.i > number.sent.start else number
    return head.pos_ == "PROPN" and before != number and before.pos_ == "PROPN" and before.dep_ in {
        "compound", "nmod", "nummod", "dobj", "nsubj"}


def _is_calendar(head: Token) -> bool:
    return head.pos_ == "NUM" and head.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"}


def _with_amount(head: Token, amount: Amount, words: PeopleWords) -> Counted | None:
    people = _of_people(head, words)
    described = people if people is not None and people.lower_ not in words.partitives else None
    if described is not None and described.lemma_.lower() in words.no_people:
        return None
    last = described if described is not None else head
    end = max(last.i + 1, amount.end, _members_end(head, words))
    who = _words_between(head.doc, described.left_edge.i if described is not None else amount.end, end)
    return Counted(start=amount.start, end=end, head=head.i, min=amount.min, max=amount.max,
                   approximate=amount.approximate, who=who, side=_side(last, words))


def _of_people(head: Token, words: PeopleWords) -> Token | None:
    """The people in "two of the bombers", "dozens of people", when the head itself is but a number."""
    heap = head.pos_ != "NOUN" or head.lemma_.lower() in words.heaps
    if head.pos_ not in {"NUM", "NOUN", "DET", "ADJ"} or not heap:
        return None
    for preposition in head.rights:
        if preposition.dep_ == "prep" and preposition.lower_ in words.part_of:
            return next((child for child in preposition.children if child.dep_ == "pobj"), None)
    return None


def _members_end(head: Token, words: PeopleWords) -> int:
    """Behind "of the security forces" in "members of the security forces"."""
    if head.lower_ not in words.members:
        return head.i + 1
    for preposition in head.rights:
        if preposition.dep_ == "prep" and preposition.i == head.i + 1:
            inner = next((child for child in preposition.children if child.dep_ == "pobj"), None)
            if inner is not None:
                return inner.i + 1
    return head.i + 1


def _name_end(head: Token) -> int:
    """Behind the name that follows its bearer's calling at once: "the priest Juan Perez"."""
    for child in head.children:
        if child.dep_ == "appos" and child.pos_ == "PROPN" and child.left_edge.i == head.i + 1:
            return child.i + 1
    return head.i + 1


def _words_between(doc: Any, start: int, end: int) -> str | None:
    text: str = doc[start:end].text.strip() if start < end else ""
    return re.split(r"[\[(,;]", text)[0].rstrip(" .") or None


def _side(head: Token, words: PeopleWords) -> str:
    lemma = head.lemma_.lower()
    armed = lemma in words.anybody and any(c.dep_ == "amod" and c.lower_ in words.armed for c in head.children)
    if armed or lemma in words.perpetrators or head.lower_ in words.perpetrators:
        return "perpetrators"
    return "victims" if is_human(head, words) else "unknown"


def is_human(head: Token, words: PeopleWords) -> bool:
    """Whether a noun means people by the word list or by its build ("14-year-old")."""
    word = re.split(r"[\[(,;.]", head.lower_)[0]
    return head.lemma_.lower() in words.people or word in words.people or word.removesuffix("s") in words.people or (
        head.ent_type_ == "NORP" and head.tag_ in {"NNPS", "NNS"})


def _without_amount(head: Token, words: PeopleWords) -> Counted | None:
    human = is_human(head, words)
    if head.pos_ == "PROPN" and not human:
        return _named(head, words)
    if not human:
        return None
    plural = "Number=Plur" in head.morph or head.tag_ in {"NNS", "NNPS"}
    start = head.left_edge.i
    end = max(head.i + 1, _members_end(head, words), _name_end(head))
    opening = head.doc[start]
    first = start + (start < head.i and (opening.dep_ in {"det", "predet"} or opening.tag_ == "PRP$"))
    who = _words_between(head.doc, first, end)
    count = None if plural or head.lower_ in words.collectives else 1
    return Counted(start=start, end=end, head=head.i, min=count, max=count, approximate=False, who=who,
                   side=_side(head, words))


def _named(head: Token, words: PeopleWords) -> Counted | None:
    """One named person: by the recogniser, or by a title or an apposition that means a person."""
    if head.tag_ == "NNPS" or head.ent_type_ not in {"PERSON", "ORG", ""}:
        return None
    titles = (child for child in head.children if child.dep_ in {"compound", "appos", "nmod", "amod"})
    titled = any(is_human(child, words) for child in titles)
    full = any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in head.children) and not any(
        child.dep_ == "amod" for child in head.children)
    if head.ent_type_ != "PERSON" and not titled and not (full and not head.ent_type_):
        return None
    first = head.left_edge.i + (head.left_edge.dep_ == "preconj")
    who = _words_between(head.doc, first, head.i + 1)
    return Counted(start=first, end=head.i + 1, head=head.i, min=1, max=1, approximate=False, who=who, side="victims")


def _counted(head: Token, count: int | None, who: str | None, side: str, words: PeopleWords) -> Counted:
    start = head.left_edge.i if head.left_edge.i >= head.i - 3 else head.i
    phrase = head.doc[start:head.i + 1].text.lower()
    if count == 0 and head.lower_ not in words.nobody and phrase not in words.nobody_two:
        who = _words_between(head.doc, start + 1, head.i + 1)
    return Counted(start=start, end=head.i + 1, head=head.i, min=count, max=count, approximate=False, who=who,
                   side=side)
