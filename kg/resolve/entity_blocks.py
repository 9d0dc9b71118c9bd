"""The keys by which likely matches of an entity are found: the name, and what must agree beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from kg.records import Kind
from kg.resolution import EntityProfile
from kg.resolve.entity_bodies import short, written_out
from kg.resolve.entity_knowledge import weighing
from kg.resolve.entity_people import full_names
from kg.resolve.entity_profiles import SITES
from kg.resolve.entity_sites import telling_words
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.naming import Naming, Word, naming

# Reports of one event give days so far apart; a month's end may lie between.
_SLACK = 2


def blocks(profile: EntityProfile, knowledge: ResolutionKnowledge) -> frozenset[str]:
    """A key for each thing that may agree beside the name; of a rare name, the name itself."""
    names = naming(knowledge.gazetteer)
    if profile.kind == Kind.PERSON:
        return frozenset(_of_person(profile, names))
    if profile.kind in SITES:
        word = _joined(telling_words(profile, names))
        return frozenset(f"{profile.kind}|{word}|{around}" for around in _around(profile))
    return frozenset(_of_body(profile, names))


def _of_person(profile: EntityProfile, names: Naming) -> Iterator[str]:
    limits = weighing().limits
    for name in full_names(profile, names):
        for pair in combinations(name.words, 2):
            key = _joined(pair)
            rarity = sum(map(names.rarity, pair))
            if rarity >= limits["rare"]:
                yield f"person|{key}"
                continue
            yield from (f"person|{key}|{mark}" for mark in _marks(profile))
            if rarity >= limits["usual"]:
                yield from (f"person|{key}|{span}" for span in _spans(profile))
        for word in name.words if len(name.words) == 1 else (name.words[0], name.words[-1]):
            yield from (f"name|{word.far}|{mark}" for mark in _firm_marks(profile))


def _of_body(profile: EntityProfile, names: Naming) -> Iterator[str]:
    known = [_joined(name.words) for name in written_out(profile, names)]
    for word in (*known, *sorted(short(profile))):
        yield from (f"{profile.kind}|{word}|{mark}" for mark in (*_firm_marks(profile), *_country(profile)))


def _joined(words: tuple[Word, ...]) -> str:
    return " ".join(sorted(word.far for word in words))


def _country(profile: EntityProfile) -> tuple[str, ...]:
    return (profile.country,) if profile.country else ()


def _marks(profile: EntityProfile) -> Iterator[str]:
    """All that can agree on two bearers of a name that many bear."""
    yield from _firm_marks(profile)
    yield from profile.areas
    yield from profile.company
    yield from (f"{role} {profile.country}" for role in profile.roles)
    if profile.age is not None:
        yield f"age {profile.age}"
        born = int(profile.published[:4]) - profile.age if profile.published else 0
        yield from (f"born {born + shift}" for shift in (0, 1) if born)


def _spans(profile: EntityProfile) -> Iterator[str]:
    """The few days around, such that two within the limit share one."""
    limit = int(weighing().limits["same_days"])
    for day in {profile.published, *profile.days} - {None}:
        number = date.fromisoformat(str(day)).toordinal()
        yield from {f"days {(number + shift) // (2 * limit)}" for shift in (0, limit)}


def _firm_marks(profile: EntityProfile) -> Iterator[str]:
    """What little else is like: ties, and parts in events."""
    yield from (end for _, end in profile.ties)
    yield from profile.parents
    for part in profile.parts:
        if part.first and part.first == part.last:
            day = date.fromisoformat(part.first)
            months = {str(day + timedelta(shift))[:7] for shift in (-_SLACK, _SLACK)}
            yield from (f"{month} {link}" for month in sorted(months) for link in part.area[:2])


def _around(profile: EntityProfile) -> tuple[str, ...]:
    return (*profile.within[-3:], *profile.areas, *_country(profile))
