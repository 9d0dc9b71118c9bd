"""Tells which counts of an event tell once more of people counted already, and which sums are of the last event."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.cards import lemma
from kg.extract.clauses import is_definite
from kg.extract.drafts import Draft
from kg.extract.findings import Toll
from kg.extract.incident import Incident
from kg.extract.linking import Reading
from kg.extract.syntax import Doc, Token

_REACH_OF_TOTAL = 3  # sentences
_GROWTH = 10  # times the dead counted before: above, a sum is of more than one event


def take_total(reading: Reading, draft: Draft | None, number: int, tolls: Sequence[Toll]) -> None:
    """Give the sum in a sentence without an event to the attack told last: "Residents put the toll at 21"."""
    families, words = reading.families, reading.lexicon.incident
    if draft is None or draft.family not in {None, families.attack} or draft.number > 1 or (
            number - draft.last_sentence > _REACH_OF_TOTAL):
        return
    if any({lemma(t), t.lower_} & (words.wars | words.cumulative) for t in reading.parsed.sentences[number]):
        return
    for toll in (t for t in tolls if t.total and not t.subset and t.side != "perpetrators" and t.max):
        known = [t.max or t.min or 0 for t in draft.tolls if t.outcome == toll.outcome and t.side != "perpetrators"]
        if known and max(known) <= (toll.max or 0) <= _GROWTH * max(known):
            draft.incidents.append(Incident(number, tolls=[toll]))


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
