"""The arithmetic of casualties within one document's account of an event.

Counts of one speaker with different words for the counted people are parts ("three soldiers", "two drivers"). In one
sentence they add up; from sentence to sentence they may be the same dead told again: at least the fullest sentence and
at most the sum of all. Counts of the same people, and those of different speakers, are rival reports: the range runs
from the lowest to the highest. An open bound stays open. What is told of "him" or "them" is told of people who were
counted before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.records import Casualties, Span
from kg.resolution import TollAccount
from kg.resolve.policy import policy
from kg.reviewkeys import sentence_at

Range = tuple[int | None, int | None]
Key = tuple[str, str]


def toll_accounts(counts: Sequence[Casualties], text: str, *, partisan: Collection[str],
                  properties: Mapping[tuple[str, str, str], str]) -> Iterator[TollAccount]:
    """The tolls of one event by one document.

    Sides that a property of the ontology sums up are one (`properties` as in `Ontology.toll_properties`). What the
    `partisan` speakers (ids of the groups that are its authors) say of a toll is left out where somebody else counts
    too: a group that boasts of its enemy's dead is no witness.
    """
    found: dict[Key, list[Casualties]] = defaultdict(list)
    sides = _sides(properties)
    for count in counts:
        found[sides.get((count.outcome, count.side), (count.outcome, count.side))].append(count)
    for (outcome, side), row in found.items():
        heard = [count for count in row if count.speaker not in partisan]
        low, high = span_of(heard or row, text)
        yield TollAccount(outcome=outcome, side=side, min=low, best=best_of(heard or row, text), max=high,
                          approximate=any(count.approximate for count in heard or row), partisan=not heard,
                          spans=tuple(Span(start=count.start, end=count.end) for count in heard or row))


def _sides(properties: Mapping[tuple[str, str, str], str]) -> dict[Key, Key]:
    """The first of the sides that one property sums up, for all of them."""
    first: dict[str, Key] = {}
    return {(outcome, side): first.setdefault(name, (outcome, side))
            for (outcome, side, bound), name in properties.items() if bound == "min"}


def span_of(counts: Sequence[Casualties], text: str) -> Range:
    """The lowest and highest number of people that the counts of a text allow; None is an open bound."""
    by_speaker: dict[str | None, list[Casualties]] = defaultdict(list)
    for count in _told_first(counts):
        by_speaker[count.speaker].append(count)
    return _rivals([(_fullest(row, text), _sum_of_parts(row)) for row in by_speaker.values()])


def _fullest(counts: Sequence[Casualties], text: str) -> int | None:
    lows = [count for count in counts if count.min is not None]
    return max(_sums(lows, text), default=None)


def _sum_of_parts(counts: Sequence[Casualties]) -> int | None:
    people: dict[str, list[Range]] = defaultdict(list)
    for count in counts:
        people[_people(count.who)].append((count.min, count.max))
    highs = [_rivals(ranges)[1] for ranges in people.values()]
    return None if None in highs else sum(high for high in highs if high is not None)


def best_of(counts: Sequence[Casualties], text: str) -> int | None:
    """The number that a document stands for: the fullest count of the speaker who counts first.

    Parts are told in one breath, so only those of one sentence are added up: the same dead told again further down in
    other words are no further dead. A first count that is open ("at least four") gives way to the fullest of all.
    """
    told = sorted((count for count in _told_first(counts) if _number(count) is not None), key=lambda c: c.start)
    if not told:
        return None
    first = [count for count in told if count.speaker == told[0].speaker]
    sentence = sentence_at(text, told[0].start)
    opening = [count for count in first if sentence_at(text, count.start) == sentence]
    return max(_sums(told if any(count.max is None for count in opening) else first, text))


def _sums(counts: Iterable[Casualties], text: str) -> list[int]:
    """What the counts of each sentence add up to; one without words for the people is a whole."""
    sentences: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for count in counts:
        people = sentences[sentence_at(text, count.start)]
        people[_people(count.who)] = max(people[_people(count.who)], _number(count) or 0)
    return [max(people.get("", 0), sum(number for who, number in people.items() if who))
            for people in sentences.values()]


def _number(count: Casualties) -> int | None:
    return count.max if count.min is None else count.min


def _told_first(counts: Sequence[Casualties]) -> Sequence[Casualties]:
    """The counts without those of people told of before, unless there are no others."""
    before = policy().told_before
    return [count for count in counts if _people(count.who) not in before] or counts


def _people(who: str | None) -> str:
    words = (who or "").casefold().split()
    return words[-1] if words else ""


def _rivals(ranges: list[Range]) -> Range:
    """From the lowest to the highest; one without any bound ("several") speaks against none."""
    ranges = [bounds for bounds in ranges if bounds != (None, None)] or ranges
    lows, highs = [low for low, _ in ranges if low is not None], [high for _, high in ranges if high is not None]
    return (min(lows) if len(lows) == len(ranges) else None, max(highs) if len(highs) == len(ranges) else None)
