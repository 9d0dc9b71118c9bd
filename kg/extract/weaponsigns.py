"""Tells a weapon by what is done with it: "a mine killed two", "drove over a mine", "set off his vest"."""

from __future__ import annotations

from kg.extract.name_words import NameWords
from kg.extract.tokens import Tokens

_SUBJECTS, _OBJECTS = {"nsubj"}, {"dobj", "nsubjpass"}


def goes_off(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether a thing explodes or is made to."""
    governor = tokens.head[i]
    phrase = f"{tokens.lemma[governor]} {tokens.lower[governor + 1] if governor + 1 < len(tokens) else ''}"
    exploding = words.facilities.exploding
    return tokens.dep[i] in _SUBJECTS | _OBJECTS and (tokens.lemma[governor] in exploding or phrase in exploding)


def harms(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether a thing kills or is run into, as a mine that is no works is."""
    governor, lists = tokens.head[i], words.facilities
    if i and tokens.dep[i - 1] == "compound" and tokens.head[i - 1] == i:
        return False
    if tokens.dep[i] == "pobj":
        verb = tokens.lemma[tokens.head[governor]]
        return verb in lists.mined_over if tokens.lower[governor] in {"over", "on"} else (
            tokens.lower[governor] == "by" and verb in lists.mine_harms)
    verb = tokens.lemma[governor]
    return (tokens.dep[i] in _SUBJECTS and verb in lists.mine_harms) or (
        tokens.dep[i] in _OBJECTS and verb in lists.mine_met)
