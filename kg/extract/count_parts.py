"""Parts and sums of counts: "including two officers", "two of them fatally", "since 2004", "in two attacks"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.count_words import CountWords
from kg.extract.counted_people import count_phrase, counted_people, is_human
from kg.extract.outcome_hits import Hit, named_outcome
from kg.extract.syntax import Doc, Token


def parts(doc: Doc, hits: list[Hit], words: CountWords) -> Iterator[Hit]:
    """Parts of counts: "including two officers", "among the dead were three children", "two of them civilians"."""
    lists = words.lists
    for token in doc:
        if token.like_num and token.i + 1 < len(doc) and token.nbor(1).lower_ in lists["places"]:
            yield from _gapped(token, hits, words)
        elif token.lower_ in lists["including"]:
            yield from _included(token, hits, words)
        elif token.lower_ in lists["among"] and token.dep_ == "prep":
            yield from _among(token, words)
        elif token.lower_ in lists["partitives"] and token.i > 1 and doc[token.i - 1].lower_ == "of":
            yield from _of_them(doc[token.i - 2], token, hits, words)


def _whole(token: Token, hits: list[Hit]) -> Hit | None:
    """The count nearest before a token in its sentence."""
    start = token.sent.start
    before = [hit for hit in hits if start <= hit.counted.start and hit.counted.end <= token.i and not hit.subset]
    return max(before, key=lambda hit: hit.counted.end, default=None)


def _gapped(number: Token, hits: list[Hit], words: CountWords) -> Iterator[Hit]:
    """A second count of a clause whose verb is left out: "killed 15 people in one town and seven in another"."""
    whole = _whole(number, hits)
    joined = number.i > number.sent.start and number.nbor(-1).dep_ == "cc"
    if whole is None or not joined or any(hit.counted.head == number.i for hit in hits) or whole.weak:
        return
    if number.doc[whole.trigger].i < number.i and number.nbor(1).dep_ == "prep":
        counted = count_phrase(number, words.people)
        if counted is not None and counted.who is None:
            yield Hit(counted, whole.trigger, whole.outcome, total=whole.total)


def _included(token: Token, hits: list[Hit], words: CountWords) -> Iterator[Hit]:
    whole = _whole(token, hits)
    if whole is None:
        return
    taken = {hit.counted.head for hit in hits}
    for child in token.children:
        if child.dep_ in {"pobj", "dobj"} and child.i > token.i:
            for counted in counted_people(child, words.people):
                if counted.head not in taken:
                    yield Hit(counted, whole.trigger, whole.outcome, subset=True, total=whole.total)


def _among(token: Token, words: CountWords) -> Iterator[Hit]:
    verb = token.head
    if verb.lemma_ != "be":
        return
    for child in token.children:
        trigger, outcome = named_outcome(child, words)
        if child.dep_ == "pobj" and outcome is not None:
            for other in verb.children:
                if other.dep_ in {"attr", "nsubj"}:
                    for counted in counted_people(other, words.people):
                        yield Hit(counted, trigger.i, outcome, subset=True)


def _of_them(number: Token, token: Token, hits: list[Hit], words: CountWords) -> Iterator[Hit]:
    if not number.like_num or any(hit.counted.head == number.i for hit in hits):
        return
    whole = _whole(number, hits)
    counted = count_phrase(number, words.people)
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if whole is None or counted is None or following is None:
        return
    if following.lower_ in words.lists["fatal"]:
        yield Hit(counted, following.i, "killed", subset=whole.outcome == "killed")
    elif is_human(following, words.people):
        counted = replace(counted, who=following.text, end=following.i + 1)
        yield Hit(counted, whole.trigger, whole.outcome, subset=True)


def is_sum(trigger: Token, words: CountWords) -> bool:
    """Whether the clause speaks of a war, of a time up to now or of several attacks."""
    for child in trigger.children:
        if child.dep_ == "advcl" and any(inner.lower_ in words.lists["running"] for inner in child.children):
            return True
        if child.dep_ in {"nsubj", "agent"} and _campaign(child, words):
            return True
        if child.lower_ in words.lists["running"] or child.lower_ in words.lists["sums"]:
            return True
        if child.dep_ in {"npadvmod", "advmod"} and _long(child, words):
            return True
        if child.dep_ == "prep" and any(
                _campaign(inner, words) or _several(inner, words) or _long(inner, words) for inner in child.children):
            return True
    return False


def _campaign(token: Token, words: CountWords) -> bool:
    inner = next((child for child in token.children if child.dep_ == "pobj"), token)
    return inner.lemma_.lower() in words.lists["campaigns"]


def _long(token: Token, words: CountWords) -> bool:
    """ "This year", "in this decade"."""
    return token.lemma_.lower() in words.lists["stretches"] and any(
        child.lower_ in words.lists["definite"] or child.tag_ == "JJ" for child in token.children)


def _several(token: Token, words: CountWords) -> bool:
    """ "Two attacks", "the last three years" after a preposition."""
    attacks = token.dep_ == "pobj" and token.tag_ in {"NNS", "NNPS"} and token.lemma_.lower() in words.lists["attacks"]
    return attacks and any(
        child.dep_ == "nummod" or (child.lower_,) in words.people.numbers.vague for child in token.children)
