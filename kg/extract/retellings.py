"""Tells which counts of an event tell once more of a person counted already."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.clauses import is_definite
from kg.extract.findings import Toll
from kg.extract.syntax import Doc, Token


def told_once(tolls: Sequence[Toll], doc: Doc) -> list[Toll]:
    """The counts without those of a person who is only taken up by a pronoun, and without wounds that killed.

    "A guard was hit. He died": one dead; "A teacher was killed on Monday. Ana Ruiz was shot at home": one dead, none
    wounded for sure. Two who are named, or told of in one sentence, stay two.
    """
    return [toll for toll in tolls if not any(
        _taken_up(toll, other, doc) or _fatal_wound(toll, other, doc) for other in tolls if other is not toll)]


def _taken_up(toll: Toll, other: Toll, doc: Doc) -> bool:
    """Whether a pronoun for one person repeats a count of the same outcome."""
    theirs = toll.side == "perpetrators" or other.side == "perpetrators"
    return (toll.max == 1 and not theirs and _is_pronoun(doc[toll.head]) and toll.outcome == other.outcome
            and not _is_pronoun(doc[other.head]) and other.max != 0)


def _fatal_wound(toll: Toll, other: Toll, doc: Doc) -> bool:
    """Whether a person who was shot, for all the text says, may be the one person who is told to be dead."""
    if not toll.weak or (toll.outcome, other.outcome) != ("injured", "killed") or not toll.max == other.max == 1:
        return False
    hurt, dead = doc[toll.head], doc[other.head]
    if hurt.pos_ == dead.pos_ == "PROPN":
        return bool(_name(hurt) & _name(dead))
    if hurt.sent == dead.sent or "perpetrators" in {toll.side, other.side}:
        return False
    return "PROPN" in {hurt.pos_, dead.pos_} or is_definite(hurt) or is_definite(dead) or _is_pronoun(dead)


def _is_pronoun(token: Token) -> bool:
    return token.tag_ == "PRP"


def _name(head: Token) -> set[str]:
    return {head.text, *(t.text for t in head.lefts if t.pos_ == "PROPN")}
