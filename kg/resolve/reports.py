"""Whole reports: what they are about, and whether two of them tell the same story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path

from kg.records import Entity, Extraction, Kind
from kg.resolution import Comparison, ReportProfile
from kg.resolve.blocking import names_of_bodies, near_times, rarest_names, rarest_words
from kg.resolve.datafiles import read_knowledge
from kg.resolve.features import report_features
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.places import place_accounts
from kg.resolve.scoring import scored
from kg.resolve.words import rarity, sketch, weights, words

_PATTERNS = Path(__file__).parent / "patterns.yaml"
# Two or more capitalised words in a row: a person, a street, a school, a band.
_NAME = re.compile(r"\b[A-Z][\w'’]+(?:[- ](?:[A-Z]\.? )?[A-Z][\w'’]+)+")
_LEAD = 700
_MOST_NAMES, _MOST_NUMBERS = 60, 40
_MOST_TOWNS, _MOST_AGES, _MOST_AGED, _MOST_PAIRED = 4, 6, 12, 7
# How many days apart reports that share a name, a rare word, a town, or two things that few share may be and still be
# compared.
_NAME_DAYS, _WORD_DAYS, _TOWN_DAYS, _YEAR = 60, 7, 14, 366


def profile(extraction: Extraction, names: Mapping[str, str], knowledge: ResolutionKnowledge) -> ReportProfile:
    """A document as a report; `names["story"]` is its id."""
    document = extraction.document
    text = f"{document.title}\n{document.text}" if document.title else document.text
    mentioned = {mention.entity for mention in extraction.mentions}
    places = [e for e in extraction.entities if e.kind == Kind.PLACE and e.link and e.id in mentioned]
    dates = [e.date for e in extraction.events if e.date and e.salience == "main"]
    accounts = place_accounts(places, knowledge)
    geographic = {word for place in accounts for word in words(place.name)}
    return ReportProfile(
        id=names["story"], document=document.id, title=document.title, published=document.published,
        publisher=document.publisher,
        first=min((date.earliest for date in dates), default=None),
        last=max((date.latest for date in dates), default=None),
        words=weights(text), lead=weights(text[:_LEAD]),
        names=tuple(sorted(_names(text, geographic) - names_of_bodies(knowledge.gazetteer)))[:_MOST_NAMES],
        numbers=tuple(sorted(set(_numbers(text))))[:_MOST_NUMBERS], places=accounts,
        countries=_countries(extraction.entities, knowledge), sketch=sketch(document.text))


def _countries(entities: Iterable[Entity], knowledge: ResolutionKnowledge) -> tuple[str, ...]:
    """The two countries that most of the named places lie in, groups and forces of one country included."""
    found = (knowledge.places.get(entity.link) for entity in entities if entity.kind == Kind.PLACE and entity.link)
    counts = Counter(place.country for place in found if place and place.country)
    counts.update(country for entity in entities if (country := _home(entity, knowledge)))
    return tuple(sorted(counts, key=lambda country: (-counts[country], country))[:2])


def _home(entity: Entity, knowledge: ResolutionKnowledge) -> str | None:
    """The country of a group or force that the tables know to act in one only."""
    if entity.kind not in (Kind.GROUP, Kind.FORCE) or not entity.link:
        return None
    try:
        countries = knowledge.gazetteer.entry(entity.link).countries
    except KeyError:
        return None
    return countries[0] if len(countries) == 1 else None


def _names(text: str, geographic: set[str]) -> set[str]:
    """Pairs of capitalised words that follow each other and are not the names of places, folded."""
    pairs: set[str] = set()
    for match in _NAME.finditer(text):
        row = words(match.group())
        pairs.update(f"{one} {other}" for one, other in pairwise(row)
                     if not {one, other} <= geographic and min(rarity(one), rarity(other)) > 0)
    return pairs


def _numbers(text: str) -> Iterator[str]:
    for kind, patterns in _number_patterns().items():
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield f"{kind}:{' '.join(words(next(group for group in match.groups() if group)))}"


@lru_cache(maxsize=1)
def _number_patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    table = read_knowledge(_PATTERNS, dict[str, list[str]])
    return {kind: tuple(re.compile(pattern) for pattern in patterns) for kind, patterns in table.items()}


def blocks(report: ReportProfile, knowledge: ResolutionKnowledge) -> frozenset[str]:
    """The keys of a report: its rarest names, words and towns, each near its day; within a year two of its names, a
    name with an age, a town with a street.
    """
    names, towns = rarest_names(report.names), [p.link for p in report.places if p.level == "locality"][:_MOST_TOWNS]
    geographic = {word for place in report.places for word in words(place.name)}
    telling = rarest_words(report.lead.keys() - geographic - names_of_bodies(knowledge.gazetteer))
    ages, streets = ([n for n in report.numbers if n.startswith(f"{kind}:")] for kind in ("age", "street"))
    year = near_times(report.published or report.first, _YEAR)
    keys = list[tuple[str, ...]]()
    keys += [("name", name, time) for name in names for time in near_times(report.published, _NAME_DAYS)]
    keys += [("town", str(town), time) for time in near_times(report.published, _TOWN_DAYS) for town in towns]
    keys += [("word", word, time) for word in telling for time in near_times(report.published, _WORD_DAYS)]
    keys += [("two", *pair, time) for pair in combinations(sorted(names[:_MOST_PAIRED]), 2) for time in year]
    keys += [("age", name, age, time) for name in names[:_MOST_AGED] for age in ages[:_MOST_AGES] for time in year]
    keys += [("street", street, str(town), time) for street in streets for town in towns for time in year]
    return frozenset("story|" + "|".join(key) for key in keys)


def compare(one: ReportProfile, other: ReportProfile, knowledge: ResolutionKnowledge) -> Comparison | None:
    """How probable it is that two reports tell one story."""
    return scored(one.id, other.id, report_features(one, other), "story")
