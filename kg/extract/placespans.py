"""Reads words that lead to a place, or tell that one was just named: "between Sur and Dil", "Sur grenade attack"."""

from __future__ import annotations

from kg.extract.placewords import PlaceWords
from kg.extract.syntax import Doc

_REACH = 4  # tokens of the first of two names


def spans(doc: Doc, at: int, words: PlaceWords) -> bool:
    """Whether the "between" at a token leads to two places: "ambushed between Sur and Dil"."""
    return at >= 0 and doc[at].lower_ == "between" and doc[at].head.lemma_.lower() in words.spanning


def leads_to_place(doc: Doc, at: int, words: PlaceWords) -> bool:
    """Whether a token is a preposition of place, a "between" of two places or the "and" after the first of them."""
    token = doc[at]
    if token.lower_ == "between" and spans(doc, at, words):
        return True
    if token.text == "and":
        first = at - 1
        while first > max(0, at - _REACH) and doc[first].text[0].isupper():
            first -= 1
        return first < at - 1 and spans(doc, first, words)
    return token.lower_ in words.locative and token.pos_ in ("ADP", "SCONJ", "ADV")


def tells_where(doc: Doc, end: int, words: PlaceWords) -> bool:
    """Whether a word for a deed closes the phrase that goes on after a name: "Sur" + "grenade attack"."""
    for token in doc[end:end + 3]:
        if token.text in words.happenings:
            return True
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.text.istitle():
            return False
    return False
