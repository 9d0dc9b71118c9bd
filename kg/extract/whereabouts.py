"""Compares where two tellings put an event: in the same place, one inside the other, or where the other cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract.cards import IncidentWords, lemma
from kg.extract.drafts import identity
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions
from kg.extract.placement import kilometres
from kg.extract.placenesting import containers
from kg.placenames import PlaceIndex
from kg.records import Kind

# How far apart what is told to be near one place may be from another.
NEAR_KM = 50
_NEAR_ARCS = 3
_AREAS = {"country", "admin1", "admin2", "region"}
SAME, INSIDE, QUARTER, APART = "same", "inside", "quarter", "apart"


class Whereabouts:
    """Knows what lies in what, from the gazetteer and, for places that it lacks, from the words of the document."""

    def __init__(self, parsed: Parsed, mentions: Mentions, index: PlaceIndex, words: IncidentWords) -> None:
        self.index, self.parsed, self.words = index, parsed, words
        places = [mention for mention in mentions if mention.kind is Kind.PLACE]
        outer = containers(parsed, places, index) if any(place.link is None for place in places) else {}
        self.outer = {identity(place): identity(outer[place.start]) for place in places
                      if place.link is None and place.start in outer}

    def compare(self, a: Iterable[Found], b: Iterable[Found]) -> str | None:
        """How two sets of places stand to each other; None where one of them is empty or only says what was near.

        `APART`: known on both sides, none in or equal to another; `QUARTER`: two parts of one town, of which no
        gazetteer tells whether they are one.
        """
        a, b = list(a), list(b)
        x, y = self._inmost(a), self._inmost(b)
        if not x or not y:
            return None
        if set(x) & set(y):
            return SAME
        if any(self.inside(p, q) or self.inside(q, p) for p in x for q in y):
            return INSIDE
        if self._perhaps_inside(x, y) or self._perhaps_inside(y, x):
            return INSIDE
        near = {identity(p) for p in (*a, *b) if p.kind is Kind.PLACE and self._roughly(p)}
        if any(self._neighbours(p, q, near) for p in x for q in y):
            return None
        return QUARTER if any(self._of_one_town(p, q) for p in x for q in y) else APART

    def apart(self, a: Iterable[Found], b: Iterable[Found]) -> bool:
        """Whether two sets of places exclude each other."""
        return self.compare(a, b) == APART

    def inside(self, inner: object, outer: object) -> bool:
        """Whether one place lies in another, by the gazetteer or by what the text says of an unknown place."""
        for _ in range(4):
            if isinstance(inner, str) and inner not in self.outer:
                break
            inner = self.outer.get(inner)
            if inner is None or inner == outer:
                return inner is not None
        return isinstance(inner, str) and isinstance(outer, str) and self.index.contains(outer, inner)

    def _roughly(self, place: Found) -> bool:
        """Whether it happened but near a place: "near Bilbao", "30 km from Gao", "on the outskirts of Kabul"."""
        words, noun = self.words.nearness, self.parsed.doc[place.head]
        while noun.dep_ in {"conj", "appos", "compound", "nmod"} and noun.head != noun:
            noun = noun.head
        if noun.dep_ != "pobj":
            return False
        above = (noun.head, *noun.head.ancestors)[:_NEAR_ARCS]
        signs = words["measures"] | words["prepositions"]
        return noun.head.lower_ in words["prepositions"] or (noun.head.lower_ in words["links"] and any(
            {t.lower_, lemma(t), *(c.lower_ for c in t.lefts)} & signs for t in above))

    def _neighbours(self, one: object, other: object, near: set[object]) -> bool:
        """Whether a place may be the one that is told to be near another: not far from it, or in no gazetteer."""
        p, q = (self.index.get(x) if isinstance(x, str) else None for x in (one, other))
        if p is not None and q is not None:
            return bool(near & {one, other}) and kilometres(p, q) <= NEAR_KM
        return (p is not None and one in near) or (q is not None and other in near)

    def _inmost(self, places: Iterable[Found]) -> list[object]:
        """Those of some places that hold no other of them."""
        towns = list(dict.fromkeys(identity(place) for place in places if place.kind is Kind.PLACE))
        return [town for town in towns if not any(self.inside(inner, town) for inner in towns if inner != town)]

    def _perhaps_inside(self, inner: Sequence[object], outer: Sequence[object]) -> bool:
        """Whether a place that no gazetteer has may lie in what else is only an area: nothing is known against it."""
        unknown = [place for place in inner if self._level(place) is None]
        return all(self._level(place) in _AREAS for place in outer) and any(
            self._may_hold(area, place) for area in outer for place in unknown)

    def _may_hold(self, area: object, place: object) -> bool:
        """Whether the text does not put an unknown place into another area."""
        said = self.outer.get(place)
        return said is None or said == area or self.inside(said, area) or self.inside(area, said)

    def _of_one_town(self, one: object, other: object) -> bool:
        shared = self.outer.get(one)
        return shared is not None and shared == self.outer.get(other) and self._level(shared) not in _AREAS

    def _level(self, place: object) -> str | None:
        known = self.index.get(place) if isinstance(place, str) else None
        return known.level if known is not None else None
