"""What people decided about a graph, in words that outlive every extraction.

A review never changes and is never deleted: one that was wrong is undone by another that points to it. What it is about
is named by the words of the texts (`kg.reviewkeys`), so that it finds its way back into a graph that was built anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import json
from msgspec.structs import replace

from kg.records import Kind, Record, content_hash


class Verb(StrEnum):
    """What a review does."""

    MERGE = "merge"
    SPLIT = "split"
    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    UNDO = "undo"


class Reference(Record, frozen=True, kw_only=True):
    """One thing of one document that a review is about, or one thing that the tables know.

    `keys` are review keys, best first; `document` (an id) and `source` tell equal sentences apart, `turn` counts
    things of equal keys in one document. What tables know has an `iri` instead. `what` and `words` say to people what
    is meant.
    """

    what: str
    words: str = ""
    keys: tuple[str, ...] = ()
    document: str | None = None
    source: str | None = None
    turn: int = 0
    iri: str | None = None


class NewValue(Record, frozen=True, kw_only=True):
    """What a statement should say: the words of a literal, or the name, kind and link of a thing."""

    text: str
    kind: Kind | None = None
    link: str | None = None


class Review(Record, frozen=True, kw_only=True):
    """A person's decision; `time` is ISO 8601 in UTC, `by` a name.

    A merge makes one of all its `groups`, a split keeps each of them apart from the others; the other verbs speak of
    statements, in one group. `value` belongs to a correction, `undoes` is the id of the review that an undo takes back.
    """

    id: str = ""
    time: str
    by: str
    verb: Verb
    reason: str | None = None
    groups: tuple[tuple[Reference, ...], ...] = ()
    value: NewValue | None = None
    undoes: str | None = None

    @property
    def references(self) -> tuple[Reference, ...]:
        """Everything that it is about."""
        return tuple(reference for group in self.groups for reference in group)


def sealed(review: Review) -> Review:
    """The review with the id that its contents give it."""
    return replace(review, id=content_hash("review", json.encode(replace(review, id="")).decode()))


def in_force(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The reviews that nothing takes back, in the order of time; an undo that was itself undone takes nothing back."""
    ordered = sorted(reviews, key=lambda review: (review.time, review.id))
    undone: set[str] = set()
    for review in reversed(ordered):
        if review.undoes and review.id not in undone:
            undone.add(review.undoes)
    return tuple(review for review in ordered if review.verb is not Verb.UNDO and review.id not in undone)


def undoing(reviews: Iterable[Review]) -> list[Review]:
    """The undos that are in force."""
    undone: set[str] = set()
    for review in sorted(reviews, key=lambda one: (one.time, one.id), reverse=True):
        if review.undoes and review.id not in undone:
            undone.add(review.undoes)
    return [one for one in reviews if one.verb is Verb.UNDO and one.id not in undone]


def in_words(review: Review) -> str:
    """What a review decides, with the words of what it is about."""
    groups = ["; ".join(dict.fromkeys(f"“{one.words}”" for one in group)) for group in review.groups]
    between = {Verb.MERGE: " is ", Verb.SPLIT: " is not "}.get(review.verb, ", ")
    value = f" to {review.value.text}" if review.value else ""
    slots = "" if review.verb in (Verb.MERGE, Verb.SPLIT, Verb.UNDO) else f"{review.groups[0][0].what} "
    return f"{review.verb} {slots}{between.join(groups)}{value}"


def described(review: Review) -> str:
    """A review in a few words."""
    return f"{review.verb} of {review.time[:10]} by {review.by} ({review.id[:8]})"
