"""The world's places, to be asked by name, by id, by what contains what, and for the names that stand in a text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from kg.placeforms import PlaceForms, digest, load_place_forms
from kg.settings import Settings

LEVELS = ("country", "region", "admin1", "admin2", "locality")
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[’'‘ʼ`](?!s\b)[^\W_]+)*")
_GAP = re.compile(r"[ \u00a0]|-|–|\. | ?’ ?|\n")
_LONGEST_NAME = 7


class Place(msgspec.Struct, frozen=True):
    """A place: `within` are the ids of what contains it, nearest first, ending at the country.

    `id` is `geonames:<number>`, or `place:<slug>` where GeoNames has none; `level` is one of `LEVELS`.
    """

    id: str
    name: str
    level: str
    country: str | None
    within: tuple[str, ...]
    lat: float | None
    lon: float | None
    population: int


class PlaceHit(NamedTuple):
    """A name that stands in a text: character offsets, and the ids of the places so called."""

    start: int
    end: int
    ids: tuple[str, ...]


class PlaceTable(msgspec.Struct, frozen=True):
    """The compiled index as columns of numbers; row numbers stand for places, -1 for none.

    `keys` are the sorted digests of all names; the rows called `keys[i]` are `rows[first[i]:first[i + 1]]`, those
    that bear the name as their own before those for which it is another name. Negative `ids` count down the `slugs`.
    """

    ids: bytes
    names: bytes
    name_ends: bytes
    levels: bytes
    countries: bytes
    parents: bytes
    coordinates: bytes
    populations: bytes
    keys: bytes
    first: bytes
    rows: bytes
    slugs: tuple[str, ...]
    codes: tuple[str, ...]
    more_parents: dict[int, tuple[int, ...]]
    demonyms: dict[str, str]


class PlaceIndex:
    """The compiled places; some 300,000 of them in about 50 MB, `Place` records made when asked for."""

    def __init__(self, table: PlaceTable, forms: PlaceForms) -> None:
        self._forms = forms
        self._slugs, self._codes, self._more = table.slugs, table.codes, table.more_parents
        self._demonyms = table.demonyms
        self._ids, self._parents = _numbers("q", table.ids), _numbers("i", table.parents)
        self._names, self._name_ends = table.names, _numbers("I", table.name_ends)
        self._levels, self._countries = table.levels, _numbers("h", table.countries)
        self._coordinates, self._populations = _numbers("f", table.coordinates), _numbers("I", table.populations)
        self._keys, self._first = _numbers("Q", table.keys), _numbers("I", table.first)
        self._rows = _numbers("I", table.rows)
        self._row_of = {number: row for row, number in enumerate(self._ids)}
        self._slug_numbers = {slug: -1 - place for place, slug in enumerate(self._slugs)}
        self._place = lru_cache(maxsize=16384)(self._make)
        self._key = lru_cache(maxsize=16384)(forms.key)
        self._called = lru_cache(maxsize=16384)(self._search)
        self._row = lru_cache(maxsize=16384)(self._numbered)

    def __len__(self) -> int:
        return len(self._ids)

    def get(self, place_id: str) -> Place | None:
        """The place of that id."""
        row = self._row(place_id)
        return None if row is None else self._place(row)

    def key(self, name: str) -> str:
        """The form in which spellings of one name are equal: "Saint-Denis" and "St. Denis"."""
        return self._key(name)

    def bare_key(self, name: str) -> str:
        """The key of a name without the word for its kind: the same for "Kech" and "Kech District"."""
        return self._forms.bare(self._key(name))

    def named(self, name: str) -> tuple[Place, ...]:
        """Every place so called, in whatever spelling; the bearers of the very name come first."""
        key = self._key(name)
        rows = self._called(key)
        if not rows and (bare := self._forms.bare(key)) != key:
            rows = self._called(bare)
        return tuple(self._place(row) for row in rows)

    def find(self, text: str) -> list[PlaceHit]:
        """The place names in a text: whole words, the first capitalised, the longest match at each place."""
        hits: list[PlaceHit] = []
        words = list(_WORD.finditer(text))
        free = 0
        for number, word in enumerate(words):
            if word.start() < free or not word.group()[0].isupper():
                continue
            for end in _ends(text, words, number):
                if rows := self._called(self._key(text[word.start():end])):
                    hits.append(PlaceHit(word.start(), end, tuple(self._id(row) for row in rows)))
                    free = end
                    break
        return hits

    def contains(self, outer_id: str, inner_id: str) -> bool:
        """Whether the second place lies in the first; no place contains itself."""
        inner = self.get(inner_id)
        return inner is not None and outer_id in inner.within

    def country_of(self, word: str) -> str | None:
        """The country a demonym, an adjective, a country's name or its capital's points to: "Pakistani" is "PK"."""
        return self._demonyms.get(self._key(word))

    def _search(self, key: str) -> array[int] | memoryview[int]:
        """The rows of the places of a key."""
        number = digest(key)
        place = bisect_left(self._keys, number)
        if place == len(self._keys) or self._keys[place] != number:
            return self._rows[:0]
        return self._rows[self._first[place]:self._first[place + 1]]

    def _numbered(self, place_id: str) -> int | None:
        """The row of the place of an id."""
        scheme, _, local = place_id.partition(":")
        if scheme == "geonames":
            return self._row_of.get(int(local)) if local.isdecimal() else None
        return self._row_of.get(self._slug_numbers.get(local, 0))

    def _id(self, row: int) -> str:
        number = self._ids[row]
        return f"geonames:{number}" if number >= 0 else f"place:{self._slugs[-1 - number]}"

    def _make(self, row: int) -> Place:
        start = self._name_ends[row - 1] if row else 0
        lat, lon = self._coordinates[2 * row:2 * row + 2]
        known = lat == lat
        code = self._countries[row]
        return Place(
            id=self._id(row),
            name=self._names[start:self._name_ends[row]].decode(),
            level=LEVELS[self._levels[row]],
            country=self._codes[code] if code >= 0 else None,
            within=tuple(self._id(outer) for outer in self._outer(row)),
            lat=round(lat, 5) if known else None,
            lon=round(lon, 5) if known else None,
            population=self._populations[row],
        )

    def _outer(self, row: int) -> list[int]:
        """The rows that contain a row, nearest first, each once, breadth first over all containers."""
        found: list[int] = []
        waiting = [row]
        while waiting:
            inner = waiting.pop(0)
            parent = self._parents[inner]
            nearest = (*self._more.get(inner, ()), *((parent,) if parent >= 0 else ()))
            fresh = [outer for outer in nearest if outer not in found and outer != row]
            found += fresh
            waiting += fresh
        return sorted(found, key=lambda outer: -self._depth(outer))

    def _depth(self, row: int) -> int:
        """How far a row is from the top: a finer level lies deeper; regions lie between admin1 and admin2 or above."""
        steps, parent = 0, self._parents[row]
        while parent >= 0 and steps < len(LEVELS) + 1:
            steps, parent = steps + 1, self._parents[parent]
        return steps


def load_places(settings: Settings) -> PlaceIndex:
    """Load the compiled index, building it first (some ten seconds) if it is missing, stale or damaged."""
    from kg.placefiles import compiled

    return PlaceIndex(compiled(settings), load_place_forms(settings.seeds / "placeforms.yaml"))


def _numbers(code: str, data: bytes) -> memoryview[int]:
    return memoryview(data).cast(code)  # type: ignore[call-overload,no-any-return]


def _ends(text: str, words: list[re.Match[str]], first: int) -> Iterator[int]:
    """The ends of the word sequences that may be one name, longest first."""
    ends = [words[first].end()]
    for last in range(first + 1, min(first + _LONGEST_NAME, len(words))):
        gap = text[words[last - 1].end():words[last].start()]
        if not _GAP.fullmatch(gap):
            break
        ends.append(words[last].end())
    return reversed(ends)
