"""Reads distances that lead on to another event: "it came five days after rebels raided Sur"."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from kg.extract.findings import Time
from kg.extract.frames import EVENT, OUTCOME, Frame
from kg.extract.syntax import Doc, Token


def turned_round(time: Time, frames: Iterable[Frame], doc: Doc, sequence: Collection[str]) -> Time:
    """A distance counted back from the event told last, where its words lead to an event not told before.

    "Five days after the raid" dates what came later by a known event; "after rebels raided Sur" dates the raid.
    """
    last = doc[time.end - 1]
    if time.onward or not time.shift or time.earliest is not None or last.lower_ not in sequence:
        return time
    led = [f for f in frames if f.sort in {EVENT, OUTCOME} and f.trigger >= time.end and _governs(last, doc[f.trigger])]
    new = any(f.form == "verb" or not f.definite for f in led)
    return replace(time, shift=-time.shift, onward=True) if new else time


def leads_to(time: Time, trigger: int, doc: Doc) -> bool:
    """Whether a trigger stands in what a distance leads on to."""
    return trigger >= time.end and (time.earliest is not None or _governs(doc[time.end - 1], doc[trigger]))


def _governs(word: Token, trigger: Token) -> bool:
    """Whether a trigger is below "after", or in the clause that it introduces."""
    clause = word.head if word.dep_ == "mark" else word
    return clause == trigger or clause.is_ancestor(trigger)
