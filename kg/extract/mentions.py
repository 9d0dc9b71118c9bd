"""Mentions while a document is being read: token spans with a kind, a head and, after coreference, a referent."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.records import Kind


@dataclass(slots=True, eq=False)
class Referent:
    """What mentions refer to within one document; becomes an `Entity`. `named` is False for "gunmen", "the convoy"."""

    kind: Kind
    name: str
    aliases: list[str] = field(default_factory=list)
    link: str | None = None
    named: bool = True


@dataclass(slots=True, eq=False)
class Found:
    """A mention: tokens `start` to `end` (exclusive) of the Doc, its head token, and what is known of it.

    `name` is the canonical name when the mention names something ("Baloch Liberation Army" for "BLA"), None when it
    only describes ("the gunmen", "a military convoy"). `link` is a seed row's id or `geonames:<id>`. `rule` says which
    rule found it.
    """

    start: int
    end: int
    head: int
    kind: Kind
    rule: str
    name: str | None = None
    link: str | None = None
    plural: bool = False
    referent: Referent | None = None

    @property
    def of_person(self) -> bool:
        """Whether it means a single person, by name or, where the name stands beside it, by description."""
        return Kind.PERSON in {self.kind, self.referent.kind if self.referent is not None else self.kind}


class Mentions:
    """Non-overlapping mentions in text order, to be asked by token index."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._all = sorted(found, key=lambda m: (m.start, -m.end))
        self._starts = [m.start for m in self._all]

    def __iter__(self) -> Iterator[Found]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def at(self, token: int) -> Found | None:
        """The mention that covers a token."""
        place = bisect_right(self._starts, token)
        if place:
            found = self._all[place - 1]
            if found.start <= token < found.end:
                return found
        return None

    def within(self, start: int, end: int, *kinds: Kind) -> list[Found]:
        """The mentions that lie inside the tokens `start` to `end`, of the given kinds (all, if none is given)."""
        first = bisect_right(self._starts, start - 1)
        last = bisect_right(self._starts, end - 1)
        return [m for m in self._all[first:last] if m.end <= end and (not kinds or m.kind in kinds)]


def without_overlaps(found: Iterable[Found]) -> Mentions:
    """Keep, of mentions that overlap, the longest, and of equally long ones the first given."""
    kept: list[Found] = []
    taken: set[int] = set()
    for mention in sorted(found, key=lambda m: m.start - m.end):
        if taken.isdisjoint(range(mention.start, mention.end)):
            taken.update(range(mention.start, mention.end))
            kept.append(mention)
    return Mentions(kept)
