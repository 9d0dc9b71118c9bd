"""Names in a text of capitals that the tables know or that the text itself marks as names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.extract.case_run import Run
from kg.extract.case_words import CaseLexicon, Sort
from kg.gazetteer import Entry, Gazetteer, NameHit
from kg.placenames import Place, PlaceHit, PlaceIndex
from kg.records import Kind

_BRACKETED = re.compile(r"[(\[]([A-Z][A-Z\d.&/-]{1,11})[)\]]")
_QUOTED = re.compile(r"[\"“]([^\"“”\n]{2,50})[\"”]")
# An acronym's long form stands within so many characters before it; no bracketed word of more letters is one unproved.
_REACH, _SHORT = 120, 6
# A town of this size is known beyond its country.
_KNOWN_CITY = 200_000
_BEYOND = frozenset({"country", "region", "admin1"})
_INSIDE = frozenset({"admin2", "locality"})


class Spelled(NamedTuple):
    """The words `first` to `last` (exclusive) of a run are a name; `form` is its spelling if a table has one."""

    first: int
    last: int
    form: str | None = None


class NameSpotter:
    """Finds the names in runs of capitals."""

    def __init__(self, lexicon: CaseLexicon, gazetteer: Gazetteer, places: PlaceIndex) -> None:
        self._lexicon, self._gazetteer, self._places = lexicon, gazetteer, places

    def countries(self, runs: Iterable[Run]) -> Counter[str]:
        """How often the runs speak of each country, by its name, its people or its capital."""
        spoken: Counter[str] = Counter()
        for run in runs:
            for i in range(len(run)):
                pair = f"{run.lower(i)} {run.lower(i + 1)}".title()
                country = self._country(run.lower(i)) or (self._places.country_of(pair) if run.joined(i) else None)
                spoken.update([country] if country else [])
        return spoken

    def _country(self, word: str) -> str | None:
        if self._lexicon.function(word) or self._lexicon.sort(word) is Sort.COMMON:
            return None
        return self._places.country_of(word.title())

    def acronyms(self, runs: Iterable[Run]) -> set[str]:
        """The acronyms that the text gives in brackets after, or instead of, a long form."""
        found = set()
        for run in runs:
            for match in _BRACKETED.finditer(run.text, run.start, run.end):
                form = match.group(1).lower()
                if self._acronym(run, match, form):
                    found.add(form)
        return found

    def _acronym(self, run: Run, match: re.Match[str], form: str) -> bool:
        """Whether a bracketed word abbreviates what stands before it, and is no speaker's name or place."""
        sort = self._lexicon.sort(form)
        if len(form) < 2 or sort is Sort.COMMON or form in self._lexicon.words.months:
            return False
        before = run.text[max(run.start, match.start() - _REACH):match.start()]
        initials = [word[0] for word in re.findall(r"[^\W\d_]+", before) if not self._lexicon.function(word.lower())]
        short = match.group().startswith("(") and len(form) <= _SHORT and bool(initials)
        return _spells(initials, form.upper()) or (short and sort in {Sort.UNKNOWN, Sort.ACRONYM})

    def find(self, run: Run, countries: Counter[str]) -> list[Spelled]:
        """The names of a run, those of the tables first."""
        known = [name for hit in self._gazetteer.find(run.text[run.start:run.end])
                 if (name := self._known(run, hit, countries))]
        places = [name for hit in self._places.find(run.text[run.start:run.end])
                  if (name := self._place(run, hit, countries))]
        return [*known, *places, *self._introduced(run), *self._quoted(run), *self._bodies(run)]

    def _span(self, run: Run, start: int, end: int) -> tuple[int, int] | None:
        starts = [word.start for word in run.words]
        first = bisect_left(starts, start + run.start)
        last = bisect_left(starts, end + run.start)
        return (first, last) if first < last and starts[first] == start + run.start else None

    def _known(self, run: Run, hit: NameHit, countries: Counter[str]) -> Spelled | None:
        span = self._span(run, hit.start, hit.end)
        if span is None:
            return None
        entries = [self._gazetteer.entry(entry_id) for entry_id in hit.entries]
        form = _spelling(hit, entries)
        if form is None and entries[0].kind is Kind.WEAPON:
            return None
        word = run.lower(span[0])
        if span[1] - span[0] == 1 and (self._everyday(word) or self._elsewhere(word, form, entries, countries)):
            return None
        return Spelled(*span, form)

    def _elsewhere(self, word: str, form: str | None, entries: list[Entry], countries: Counter[str]) -> bool:
        """Whether an acronym that looks like a common or given name belongs to a country the text does not speak of."""
        likely = form is not None and form.isupper() and self._lexicon.sort(word) is Sort.NAME
        return likely and not any(country in countries for entry in entries for country in entry.countries)

    def _everyday(self, word: str) -> bool:
        titles = self._lexicon.words.short_titles
        return word in titles or self._lexicon.function(word) or self._lexicon.sort(word) is Sort.COMMON

    def _place(self, run: Run, hit: PlaceHit, countries: Counter[str]) -> Spelled | None:
        span = self._span(run, hit.start, hit.end)
        if span is None:
            return None
        places = [place for place_id in hit.ids if (place := self._places.get(place_id)) is not None]
        fits = any(_fits(place, countries) for place in places)
        sorts = [run.words[i].sort for i in range(*span)]
        known = any(place.level == "country" or place.population >= _KNOWN_CITY for place in places)
        if span[1] - span[0] == 1:
            return Spelled(*span) if self._single(run, span[0], sorts[0], fits, known) else None
        named = known or any(sort is not Sort.COMMON for sort in sorts) or (
            run.lower(span[0]) in self._lexicon.words.openers)
        small = self._lexicon.function(run.lower(span[0])) and run.lower(span[0]) not in self._lexicon.words.openers
        return Spelled(*span) if fits and named and not small else None

    def _single(self, run: Run, at: int, sort: Sort, fits: bool, known: bool) -> bool:
        """Whether one word that is a place's name is so here: a common word only where it stands like one."""
        words = self._lexicon.words
        before = run.lower(at - 1) if run.follows(at) else ""
        if sort is Sort.EITHER:
            return known or before in words.locative or (before == "of" and run.lower(at - 2) in words.place_kinds)
        if sort is Sort.COMMON:
            word = run.lower(at)
            plain = self._lexicon.noun(word) or self._lexicon.function(word)
            return fits and before in words.locative and not run.joined(at) and not plain
        return fits

    def _introduced(self, run: Run) -> Iterator[Spelled]:
        """The long forms before acronyms in brackets."""
        for match in _BRACKETED.finditer(run.text, run.start, run.end):
            span = self._span(run, match.start(1) - run.start, match.end(1) - run.start)
            if span is None or not span[0] or self._lexicon.sort(run.lower(span[0])) is Sort.COMMON:
                continue
            if not run.gap(span[0] - 1).rstrip("([\"").replace('"', "").isspace():
                continue
            first = self._long_form(run, span[0], match.group(1))
            if first < span[0] - 1:
                yield Spelled(first, span[0])

    def _long_form(self, run: Run, end: int, acronym: str) -> int:
        """The first word of the long form that ends before a word: as many words as letters, back to a small word."""
        letters = len([c for c in acronym if c.isalpha()])
        first, content, at = end, 0, end - 1
        while at >= 0 and content < letters + 1 and (at == end - 1 or run.joined(at) or run.gap(at) == "-"):
            word = run.lower(at)
            if word in self._lexicon.words.inner_particles:
                if content >= letters - 1:
                    break
            elif self._lexicon.function(word):
                break
            else:
                content, first = content + 1, at
                if content >= letters and word[0] == acronym[0].lower():
                    break
            at -= 1
        return self._trimmed(run, first, end, acronym)

    def _trimmed(self, run: Run, first: int, end: int, acronym: str) -> int:
        """Move past words before the one that begins with the acronym's first letter, or else past all common words."""
        initial = acronym[0].lower()
        starts = [i for i in range(first, end) if run.lower(i)[0] == initial]
        if starts:
            return starts[0]
        names = [i for i in range(first, end) if run.words[i].sort is not Sort.COMMON
                 or run.lower(i) in self._lexicon.words.name_modifiers]
        return names[0] if names else end

    def _quoted(self, run: Run) -> Iterator[Spelled]:
        """Short quotations that hold a word no lexicon has: names of farms, radio stations, columns."""
        for match in _QUOTED.finditer(run.text, run.start, run.end):
            span = self._span(run, match.start(1) - run.start, match.end(1) - run.start)
            if span is None or span[1] - span[0] > self._lexicon.words.longest_quoted_name:
                continue
            sorts = {run.words[i].sort for i in range(*span)}
            if not sorts.isdisjoint({Sort.UNKNOWN, Sort.NAME, Sort.EITHER}):
                yield Spelled(*span)

    def _bodies(self, run: Run) -> Iterator[Spelled]:
        """Modifiers and a head that are the name of a body: "the National Police"."""
        words = self._lexicon.words
        at = 0
        while at < len(run):
            end = at
            while run.lower(end) in words.name_modifiers and run.joined(end):
                end += 1
            if end > at and run.lower(end) in words.name_heads:
                while run.joined(end) and run.lower(end + 1) in words.name_heads:
                    end += 1
                if " ".join(run.lower(i) for i in range(at, end + 1)) not in words.not_names:
                    yield Spelled(at, end + 1)
            at = max(at, end) + 1


def _spelling(hit: NameHit, entries: Iterable[Entry]) -> str | None:
    """The form of a table that a hit in capitals is; None if it is a variant of one."""
    plain = hit.form.casefold()
    return next((form for entry in entries for form in entry.forms()
                 if form.casefold() == plain and len(form) == len(hit.form)), None)


def _fits(place: Place, countries: Counter[str]) -> bool:
    """Whether a place may be meant: it is known everywhere, or lies in a country the text speaks of."""
    if place.level in _BEYOND or place.population >= _KNOWN_CITY:
        return place.level != "admin1" or place.country in countries or place.population >= _KNOWN_CITY
    return place.country in countries and (place.level in _INSIDE)


def _spells(initials: list[str], acronym: str) -> bool:
    """Whether all letters of an acronym but one stand, in order, among the initials of the words just before it."""
    at = len(initials)
    found = 0
    for letter in reversed(acronym):
        near = [i for i in range(max(0, at - 3), at) if initials[i] == letter]
        if near:
            at, found = near[-1], found + 1
    return found >= max(2, len(acronym) - 1)
