"""Chooses, among places of one name, the one a text means: kind, neighbours, the document's countries, size."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.extract.countries import demonyms, home_of
from kg.extract.language import Parsed
from kg.extract.placewords import Candidate, PlaceWords
from kg.placenames import Place, PlaceIndex

_KM_PER_DEGREE = 111.2
# More than all weights together.
_MANY = 10_000_000  # people that a part of the world is taken to have
_GOVERNS = 1000.0
_POINTS = ("locality", "admin2")
_WHOLES = ("country", "admin1", "region")


class Placement:
    """Scores the places a document's names may mean; `chosen` maps a candidate's start token to its place.

    Unambiguous names speak first; what is chosen in one pass is context for the next. Names that recur mean the same
    place throughout ("one sense per document"). `texts` are the words of the document's tokens.
    """

    def __init__(
        self, parsed: Parsed, texts: Sequence[str], names: Sequence[Candidate], index: PlaceIndex, words: PlaceWords
    ) -> None:
        self.parsed, self.index, self.weights = parsed, index, words.resolution
        self.names = names
        self.places = {name.start: self._places(name) for name in names}
        self.surface = {name.start: self._surface(name) for name in names}
        self.base = {name.start: [self._base(place, name) for place in self.places[name.start]] for name in names}
        self.demonyms = demonyms(parsed, texts, names, index)
        self.chosen: dict[int, Place] = {}
        self.points: list[tuple[float, str, Place]] = []
        self.by_start = {name.start: name for name in names}
        self.held: dict[int, list[Candidate]] = defaultdict(list)
        for name in names:
            self.held[name.container].append(name)

    def _surface(self, name: Candidate) -> str:
        """What mentions of one place share: "Hakkari province" and "Hakkari"; "Boone County" is not "Boone"."""
        text = self.parsed.quote(name.start, name.end)
        return self.index.bare_key(text) if self.parsed.doc[name.head].is_lower else self.index.key(text)

    def run(self) -> dict[int, Place]:
        """The chosen place of every name that has one."""
        self.chosen = {start: places[0] for start, places in self.places.items() if len(places) == 1}
        for _ in range(int(self.weights["passes"])):
            self.chosen = self._pass()
        votes = _Votes(self.chosen, self.surface, self.demonyms, self.weights)
        return {start: place for start, place in self.chosen.items()
                if self._plausible(start, place, votes) and not self._strays(start, place)}

    def _strays(self, start: int, place: Place) -> bool:
        """Whether a lesser place lies in a country of which the document names no town of note: a namesake."""
        name, own = self.by_start[start], self.surface[start]
        whole = place.level in _WHOLES or self.index.country_of(place.name) == place.country
        if place.country is None or whole or "dateline" in name.signs or name.container >= 0:
            return False
        sole = not name.levels and len({other.country for other in self.places[start]}) == 1 and (
            place.population >= self.weights["foreign_sole"])
        if place.population >= self.weights["foreign_renown"] or sole or any(
                self._supports(at, other, name) for at, other in self.chosen.items()
                if other.country == place.country and self.surface[at] != own):
            return False
        others = [(self.by_start[at], other) for at, other in self.chosen.items() if self.surface[at] != own]
        return home_of(others, self.demonyms, self.index, self.weights) not in (None, place.country)

    def _supports(self, at: int, other: Place, name: Candidate) -> bool:
        """Whether a place tells that lesser ones of its country may be meant: a town of note, a country beside them."""
        if other.level == "country":
            return self.parsed.sentence_index(at) == self.parsed.sentence_index(name.start)
        return other.level == "admin1" or other.population >= self.weights["foreign_support"]

    def _plausible(self, start: int, place: Place, votes: _Votes) -> bool:
        """False for a mere namesake: a lesser place in a country of which the document's other names hardly speak."""
        weight, name = self.weights, self.by_start[start]
        capital = self.index.country_of(place.name) == place.country
        if place.level in _WHOLES or place.country is None or capital or "dateline" in name.signs:
            return True
        countries, _ = votes.without(self.surface[start])
        share = countries.get(place.country, 0.0)
        most = max(countries.values(), default=0.0)
        leans = most >= weight["lean"]
        if name.levels and place.level not in name.levels:
            return share >= weight["mismatch"] * most
        if share > (weight["hardly"] if leans else 0.0) or votes.total(self.surface[start]) < weight["evidence"]:
            return True
        own = self._bears(place, self.surface[start])
        if own and place.population >= weight["small"] and not name.levels:
            others = (other.population for other in self.places[start] if other.id not in (place.id, *place.within))
            leans = leans and place.population < weight["renown"] * max(others, default=0)
        return place.population >= weight["great" if leans or not own else "small"]

    def _pass(self) -> dict[int, Place]:
        votes = _Votes(self.chosen, self.surface, self.demonyms, self.weights)
        points = {(place.lat, self.surface[at], place) for at, place in self.chosen.items()
                  if place.level in _POINTS and place.lat is not None}
        self.points = sorted(points, key=_latitude)
        best: dict[str, tuple[float, Place]] = {}
        own: dict[int, tuple[float, Place]] = {}
        governed: dict[str, bool] = {}
        for name in self.names:
            if not self.places[name.start]:
                continue
            spoken = votes.without(self.surface[name.start])
            scores = [(base + self._context(place, name, *spoken), -rank, place) for rank, (place, base)
                      in enumerate(zip(self.places[name.start], self.base[name.start], strict=True))]
            score, _, place = max(scores, key=lambda row: row[:2])
            own[name.start] = score, place
            surface = self.surface[name.start]
            # A first mention that gives the kind governs the later ones, above any of them that gives none.
            governed.setdefault(surface, bool(name.levels))
            score += _GOVERNS * (governed[surface] and bool(name.levels))
            if surface not in best or score > best[surface][0]:
                best[surface] = score, place
        return {start: self._settled(start, own[start][1], best[self.surface[start]][1]) for start in own}

    def _settled(self, start: int, own: Place, shared: Place) -> Place:
        """The sense of the name elsewhere in the document, unless the words here say otherwise."""
        name = self.by_start[start]
        contradicts = bool(name.levels) and shared.level not in name.levels
        outer = self.chosen.get(name.container)
        return own if contradicts or (outer is not None and outer.id in own.within) else shared

    def _places(self, name: Candidate) -> list[Place]:
        found = [place for place_id in name.ids if (place := self.index.get(place_id)) is not None]
        fitting = [place for place in found if place.level in name.levels]
        return fitting or found

    def _base(self, place: Place, name: Candidate) -> float:
        weight = self.weights
        people = max(place.population, self._least(place))
        level = place.level
        if level == "region" and place.country is None:
            # "Africa", "the Middle East": a part of the world is as well known as a country.
            level, people = "country", _MANY
        score = weight[f"{level}_level"] + weight["people"] * math.log10(people)
        if name.levels:
            score += weight["level"] if place.level in name.levels else weight["wrong_level"]
        text = self.parsed.quote(name.start, name.end)
        own = self._bears(place, self.index.key(text))
        if own or (name.levels and self.index.bare_key(place.name) == self.index.bare_key(text)):
            score += weight["own_name"]
            if self._is_capital(place, name):
                score += weight["capital"]
            if place.country is not None and any(
                    other.level == "region" and other.country is None for other in self.places[name.start]):
                score += weight["spanned"]  # "The Sahel" is the region of many countries, not one country's part of it.
        if not name.levels and place.level in ("admin1", "admin2") and self._has_seat(place, name):
            score += weight["seat"]
        return score

    def _bears(self, place: Place, key: str) -> bool:
        """Whether a name is the place's own; "Arrasate / Mondragón" has two."""
        return any(self.index.key(name) == key for name in (place.name, *place.name.split(" / ")))

    def _least(self, place: Place) -> float:
        """The people a place is taken to have where the gazetteer gives none; seeded places are no hamlets."""
        return self.weights["least_people" if place.id.startswith("geonames:") else "least_people_own"]

    def _is_capital(self, place: Place, name: Candidate) -> bool:
        """Whether a town's name stands for its country; not where a country itself is so called."""
        named_country = any(other.level == "country" for other in self.places[name.start])
        return place.level == "locality" and not named_country and self.index.country_of(place.name) == place.country

    def _has_seat(self, area: Place, name: Candidate) -> bool:
        """Whether a town of the same name is a good part of an area: the bare name then means the town."""
        return any(town.level == "locality" and area.id in town.within and 4 * town.population > area.population
                   and self.index.key(town.name) == self.surface[name.start] for town in self.places[name.start])

    def _context(
        self, place: Place, name: Candidate, countries: Mapping[str, float], areas: Mapping[str, float]
    ) -> float:
        weight = self.weights
        score = weight["same_country"] * countries.get(place.country or "", 0.0)
        chain = (place.id, *place.within)
        score += weight["same_admin1"] * max((areas.get(outer, 0.0) for outer in chain), default=0.0)
        if name.container >= 0 and self._may_lie_in(place, name.container):
            score += weight["comma"]
        if any(self._may_hold(place, other) for other in self.held.get(name.start, ())):
            score += weight["comma"]
        if place.level in _POINTS and self._has_neighbour(place, name):
            score += weight["near"]
        return score

    def _has_neighbour(self, place: Place, name: Candidate) -> bool:
        """Whether another town or district of the document is near; whole countries and regions do not count."""
        own, limit = self.surface[name.start], self.weights["near_km"]
        if place.lat is None:
            return False
        reach = 1.01 * limit / _KM_PER_DEGREE
        first = bisect_left(self.points, place.lat - reach, key=_latitude)
        last = bisect_right(self.points, place.lat + reach, key=_latitude)
        return any(kilometres(place, other) <= limit for _, surface, other in self.points[first:last]
                   if surface != own and other.id != place.id)

    def _may_lie_in(self, place: Place, container: int) -> bool:
        return any(outer.id in place.within or (outer.level == "region" and outer.country == place.country is not None)
                   for outer in self.places.get(container, ()))

    def _may_hold(self, place: Place, inner: Candidate) -> bool:
        return any(place.id in one.within for one in self.places[inner.start])


class _Votes:
    """How much of a document speaks of each country and each admin1 area; each name speaks once, louder if repeated."""

    def __init__(
        self, chosen: Mapping[int, Place], surface: Mapping[int, str], demonyms: Mapping[str, int],
        weights: Mapping[str, float],
    ) -> None:
        said = Counter((surface[start], place) for start, place in chosen.items())
        self.demonyms = {code: weights["demonym"] * count ** weights["repetition"] for code, count in demonyms.items()}
        self.names: dict[str, list[tuple[Place, float]]] = defaultdict(list)
        for (name, place), count in said.items():
            self.names[name].append((place, count ** weights["repetition"]))
        self.countries: dict[str, float] = defaultdict(float, self.demonyms)
        self.areas: dict[str, float] = defaultdict(float)
        for own in self.names.values():
            self._add(own, self.countries, self.areas, 1)

    def without(self, name: str) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """Shares of one of the countries and areas that the other names of the document speak of."""
        own = self.names.get(name)
        if own is None:
            return _shares(self.countries), _shares(self.areas)
        countries, areas = dict(self.countries), dict(self.areas)
        self._add(own, countries, areas, -1)
        return _shares(countries), _shares(areas)

    def total(self, name: str) -> float:
        """How much other names and demonyms tell of countries at all."""
        return sum(self.countries.values()) - sum(weight for place, weight in self.names.get(name, ()) if place.country)

    @staticmethod
    def _add(
        own: Sequence[tuple[Place, float]], countries: dict[str, float], areas: dict[str, float], sign: int
    ) -> None:
        for place, weight in own:
            if place.country:
                countries[place.country] = countries.get(place.country, 0.0) + sign * weight
            for area in (place.id, *place.within)[-2:-1] if place.level in ("locality", "admin2", "admin1") else ():
                areas[area] = areas.get(area, 0.0) + sign * weight


def _shares(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {key: count / total for key, count in counts.items() if count > 1e-9} if total > 1e-9 else {}


def _latitude(point: tuple[float, str, Place]) -> float:
    return point[0]


def kilometres(one: Place, other: Place) -> float:
    """Kilometres between two places on a flat map, good enough for neighbours; infinite where one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    width = math.cos(math.radians((one.lat + other.lat) / 2))
    return _KM_PER_DEGREE * math.hypot(one.lat - other.lat, (one.lon - other.lon) * width)
