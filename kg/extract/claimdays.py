"""Tells the day on which an attack was claimed from that of the attack: "claimed on Friday a raid", "Monday's raid"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract import grammar
from kg.extract.claims import Claim
from kg.extract.findings import Time
from kg.extract.frames import Frame
from kg.extract.syntax import Doc


def without_claim_days(times: Iterable[Time], claims: Sequence[Claim], frames: Sequence[Frame], doc: Doc) -> list[Time]:
    """The times of a sentence that do not date one of its claims."""
    return [time for time in times if not any(_dates_claim(time, claim, frames, doc) for claim in claims)]


def _dates_claim(time: Time, claim: Claim, frames: Sequence[Frame], doc: Doc) -> bool:
    """Whether a time stands with the verb of claiming, before what is claimed or beside what is known already."""
    if time.basis == "anaphoric":
        return False  # "Claimed on Friday the burning of a truck two days earlier."
    if doc[claim.trigger].pos_ == "AUX":
        return False  # "It was behind the raid on 11 June": nothing is done by being.
    claimed = [f for f in frames if f.trigger in claim.about]
    head = doc[time.start:time.end].root
    if not claimed or grammar.clause_head(head) != doc[claim.trigger] or owns_date(time, claimed, doc):
        return False
    others = (doc[f.trigger] for f in frames if f not in claimed)
    if any(other.is_ancestor(head) and not other.is_ancestor(doc[claim.trigger]) for other in others):
        return False  # "The planner of a raid in May claimed the attack."
    return claim.trigger not in {f.trigger for f in frames} and all(
        f.form == "noun" and (f.definite or time.start < f.trigger) for f in claimed)


def owns_date(time: Time, frames: Sequence[Frame], doc: Doc) -> bool:
    """Whether a date is part of the noun: "Monday's attack", "the 4 March attack", "the attack of 4 March"."""
    head = doc[time.start:time.end].root
    said_of = doc[time.start].lower_ == "of" or head.head.lower_ == "of"
    return any(doc[f.trigger].is_ancestor(head) and (head.i < f.trigger or said_of) for f in frames)
